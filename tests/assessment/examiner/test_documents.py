"""What is said of the documents themselves: they open, they agree, they fit the counter."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from care_kit.assessment.examiner import documents
from care_kit.assessment.examiner.documents import remarks
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_evidence
from care_kit.dossier.journal.events import EvidenceAdded
from care_kit.model.content.programme import Programme
from care_kit.model.dossier.state import DossierState, Evidence
from care_kit.model.formats.codec import sha512
from care_kit.model.results.assessment import Gravity, Remark
from tests.assessment.builders import TODAY
from tests.assessment.groups import A, covering, dossier_of, expected, group, objective, programme
from tests.dossier.papers import pdf

MANDATORY = programme(objective(expected(mandatory=True)))
LIMITED = replace(MANDATORY, file_types=("application/pdf",), file_bytes=1000)


def said(state: DossierState, followed: Programme = LIMITED, **unreadable: str) -> list[Remark]:
    return list(remarks(state, {"p": followed}, unreadable, TODAY))


def of(*pieces: Evidence) -> DossierState:
    return dossier_of(group(A), *pieces)


def test_a_sound_document_calls_for_nothing() -> None:
    assert said(of(covering())) == []


def test_the_only_mandatory_document_that_does_not_open_blocks_and_one_of_two_warns() -> None:
    bad, good = covering(effective=date(2026, 1, 1)), covering()
    told = {bad.id: "est abîmée"}
    (alone,) = remarks(of(bad), {"p": LIMITED}, told, TODAY)
    assert alone.gravity is Gravity.BLOCKING
    assert "est abîmée" in alone.sentence
    assert "care evidence withdraw" in alone.next_step
    refused = replace(good, effective=TODAY + timedelta(days=1))
    (neither,) = remarks(of(bad, refused), {"p": LIMITED}, told, TODAY)
    assert neither.gravity is Gravity.BLOCKING
    (beside,) = remarks(of(bad, good), {"p": LIMITED}, told, TODAY)
    assert beside.gravity is Gravity.WARNING


def test_the_limits_of_the_counter_hold_and_unknown_ones_are_a_visible_gap() -> None:
    large = replace(covering(), size=1001)
    (one,) = said(of(large))
    assert (one.gravity, "dépasse la taille" in one.sentence) == (Gravity.BLOCKING, True)
    picture = replace(covering(), media_type="image/png")
    (one,) = said(of(picture))
    assert (one.gravity, "image/png" in one.sentence) == (Gravity.BLOCKING, True)
    (one,) = said(of(large), MANDATORY)
    assert (one.gravity, "à compléter" in one.sentence) == (Gravity.WARNING, True)
    assert said(of(), MANDATORY) == []


def test_a_document_without_a_date_is_told_where_none_is_asked() -> None:
    (one,) = said(of(replace(covering(), effective=None)))
    assert (one.gravity, "ne porte pas de date" in one.sentence) == (Gravity.WARNING, True)


def test_an_entity_that_is_not_in_the_tree_blocks() -> None:
    (one,) = said(of(covering("990000051")))
    assert one.gravity is Gravity.BLOCKING
    assert "990000051" in one.sentence


@pytest.mark.parametrize(
    ("change", "gravity", "words"),
    [
        ({"effective": date(2025, 1, 1)}, Gravity.BLOCKING, "pour deux dates"),
        ({"title": "Autre titre"}, Gravity.WARNING, "sous deux titres"),
    ],
)
def test_the_same_bytes_given_twice_are_questioned(
    change: dict[str, object], gravity: Gravity, words: str
) -> None:
    first = covering()
    second = replace(first, id="second", **change)  # type: ignore[arg-type]
    (one,) = said(of(first, second))
    assert (one.gravity, words in one.sentence) == (gravity, True)


def test_the_same_document_for_two_pieces_is_no_matter() -> None:
    first = covering()
    assert said(of(first, replace(first, id="second", subjects=("Q",)))) == []


def attached(dossier: Dossier, content: bytes, media_type: str = "application/pdf") -> str:
    """A document as an older version, which did not open it, would have kept it."""
    event = EvidenceAdded(
        f"id-{sha512(content)[:6]}",
        "p.pdf",
        "p",
        media_type,
        len(content),
        sha512(content),
        TODAY,
        ("P",),
    )
    dossier.append(event, content)
    return event.evidence_id


def test_documents_already_in_are_opened_again(dossier: Dossier, tmp_path: Path) -> None:
    bad = attached(dossier, b"%PDF-1.7 nothing more")
    (tmp_path / "bon.pdf").write_bytes(pdf("Bonjour"))
    add_evidence(dossier, tmp_path / "bon.pdf", ["P"], TODAY)
    add_evidence(dossier, tmp_path / "bon.pdf", ["AUTRE"], TODAY)
    found = documents.faults(dossier, {"p": MANDATORY}, thorough=False)
    assert found == {bad: "est abîmée : elle ne s'ouvre pas"}


def test_a_document_is_opened_once(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    attached(dossier, pdf("Une seule fois"))
    opened: list[str] = []

    def counting(_content: bytes, media_type: str) -> str:
        opened.append(media_type)
        return ""

    monkeypatch.setattr(documents, "fault", counting)
    for _ in range(3):
        assert documents.faults(dossier, {"p": MANDATORY}, thorough=False) == {}
    assert len(opened) == 1


def test_documents_that_no_programme_asks_for_are_opened_when_asked(dossier: Dossier) -> None:
    attached(dossier, b"%PDF-1.7 broken")
    assert documents.faults(dossier, {}, thorough=False) == {}
    faults = documents.faults(dossier, {}, thorough=True)
    (remark,) = documents.remarks(dossier.state, {}, faults, TODAY)
    assert (remark.gravity, "s'ouvre pas" in remark.sentence) == (Gravity.WARNING, True)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.html", b"x"), ("a.txt", b"<html><script>"), ("a.docm", b"x"), ("a.pdf", b"MZ\x90")],
)
def test_what_acts_and_is_already_there_is_told(
    dossier: Dossier, name: str, content: bytes
) -> None:
    event = EvidenceAdded(
        "e", name, name, "text/plain", len(content), sha512(content), None, ("CK-GOV-02",)
    )
    dossier.append(event, content)
    faults = documents.faults(dossier, {}, thorough=True)
    (remark,) = documents.remarks(dossier.state, {}, faults, TODAY)
    assert f"« {name} »" in remark.sentence


def test_optional_pieces_are_only_opened_when_asked(dossier: Dossier) -> None:
    bad = attached(dossier, b"%PDF-1.7 optional")
    optional = {"p": programme(objective(expected()))}
    assert documents.faults(dossier, optional, thorough=False) == {}
    assert [*documents.faults(dossier, optional, thorough=True)] == [bad]
