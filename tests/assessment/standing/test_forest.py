"""The domains of one forest share one level; several forests stand side by side."""

from dataclasses import replace
from datetime import date

import pytest

from care_kit.assessment.scores.directory_level import levels
from care_kit.assessment.standing.situation import judged, statement_of
from care_kit.catalog.content import load
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_reading
from care_kit.model.facts import directory_codec
from care_kit.model.facts.directory import DirectoryFacts
from care_kit.model.facts.reading import Statement
from care_kit.model.formats.codec import sha512
from care_kit.model.results.assessment import DirectoryLevel
from care_kit.model.words.vocabulary import ProbeKind, Verdict
from tests.rules.directory.domain import NOW
from tests.rules.directory.forest import as_child, two_domains

TODAY = date(2026, 11, 21)


def keep(dossier: Dossier, facts: DirectoryFacts) -> None:
    data = directory_codec.encode(facts)
    statement = Statement(
        probe=ProbeKind.DIRECTORY,
        tool="test",
        target=facts.domain_dn,
        account="",
        started=NOW,
        ended=NOW,
        facts_sha512=sha512(data),
        complete=True,
    )
    add_reading(dossier, data, statement)


def found(dossier: Dossier) -> dict[str, DirectoryLevel]:
    content = load()
    statements = {one.id: statement_of(dossier, one) for one in dossier.state.readings}
    findings = judged(dossier, content, statements, TODAY)
    return {one.forest: one for one in levels(findings, content.points)}


@pytest.fixture
def forest() -> tuple[DirectoryFacts, DirectoryFacts]:
    root, child = two_domains()
    return root.facts(), as_child(child.facts())


def test_the_domains_of_a_forest_share_one_level(
    dossier: Dossier, forest: tuple[DirectoryFacts, DirectoryFacts]
) -> None:
    keep(dossier, forest[0])
    alone = found(dossier)["test.lan"]
    keep(dossier, forest[1])
    together = found(dossier)
    assert list(together) == ["test.lan"]
    assert together["test.lan"].decided > alone.decided


def test_a_domain_that_was_not_read_keeps_the_floor_down(
    dossier: Dossier, forest: tuple[DirectoryFacts, DirectoryFacts]
) -> None:
    keep(dossier, forest[0])
    level = found(dossier)["test.lan"].level
    assert (level.low, level.high) == (1, 5)


def test_the_worst_domain_makes_the_level_of_the_forest(dossier: Dossier) -> None:
    root, child = two_domains()
    child.change("Guest", userAccountControl=0x200)
    keep(dossier, root.facts())
    keep(dossier, as_child(child.facts()))
    assert "vuln_guest" in found(dossier)["test.lan"].blocking


def test_several_forests_have_their_level_side_by_side(
    dossier: Dossier, forest: tuple[DirectoryFacts, DirectoryFacts]
) -> None:
    keep(dossier, forest[0])
    keep(dossier, replace(forest[0], forest_dns="autre.lan", domain_dn="DC=autre,DC=lan"))
    assert list(found(dossier)) == ["autre.lan", "test.lan"]


def test_a_later_reading_of_a_domain_replaces_the_former_one(dossier: Dossier) -> None:
    root, child = two_domains()
    child.change("Guest", userAccountControl=0x200)
    keep(dossier, root.facts())
    keep(dossier, as_child(child.facts()))
    child.change("Guest", userAccountControl=0x202)
    keep(dossier, as_child(child.facts()))
    content = load()
    statements = {one.id: statement_of(dossier, one) for one in dossier.state.readings}
    (guest,) = (
        one for one in judged(dossier, content, statements, TODAY) if one.check == "vuln_guest"
    )
    assert guest.verdict is Verdict.PASS
