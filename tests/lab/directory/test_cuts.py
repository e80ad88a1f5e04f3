"""A reading that is cut: what was read is kept, what is missing is said, and nothing passes."""

import pytest

from care_kit.demo.samba import LabDomain
from care_kit.model.facts import directory_codec
from care_kit.model.words.vocabulary import Verdict
from care_kit.probes.directory import Target, collect
from care_kit.rules.directory import evaluate
from tests.lab.directory.relay import relaying
from tests.lab.directory.test_collect import target_of
from tests.rules.directory.domain import CHECKS

pytestmark = pytest.mark.lab

NEVER = 1 << 40


def through(lab: LabDomain, port: int) -> Target:
    return Target(
        "127.0.0.1", lab.user_upn, port, ca_file=lab.ca_file, certificate_name=lab.host_name
    )


@pytest.fixture(scope="module")
def whole(hopital: LabDomain) -> int:
    """Bytes that the controller sends for a whole reading."""
    with relaying(hopital.address, 636, NEVER, cut=True) as relay:
        _, statement = collect(through(hopital, relay.port), hopital.password)
    assert statement.complete
    return relay.forwarded


@pytest.mark.parametrize("percent", [4, 15, 30, 45, 60, 75, 90, 96, 99])
def test_a_cut_at_any_moment_keeps_what_was_read_and_passes_nothing(
    hopital: LabDomain, whole: int, percent: int
) -> None:
    with relaying(hopital.address, 636, whole * percent // 100, cut=True) as relay:
        data, statement = collect(through(hopital, relay.port), hopital.password)
    assert not statement.complete
    assert any("lecture interrompue" in one for one in statement.limits)
    assert any("(connexion coupée)" in one for one in statement.limits)
    facts = directory_codec.decode(data)
    complete, _ = collect(target_of(hopital), hopital.password)
    known = {one.dn for one in directory_codec.decode(complete).entries}
    assert {one.dn for one in facts.entries} <= known
    assert facts.entries
    # Every point fails on this domain: whatever passes after a cut would be a lie.
    verdicts = {one.verdict for one in evaluate(facts, CHECKS)}
    assert Verdict.PASS not in verdicts
    assert Verdict.ERROR not in verdicts
    assert Verdict.NOT_TESTED in verdicts


def test_the_objects_of_the_page_that_was_cut_are_kept(hopital: LabDomain, whole: int) -> None:
    with relaying(hopital.address, 636, whole * 99 // 100, cut=True) as relay:
        data, statement = collect(through(hopital, relay.port), hopital.password)
    facts = directory_codec.decode(data)
    (said,) = (one for one in statement.limits if one.startswith("Comptes, groupes et machines"))
    read = int(said.partition("après ")[2].partition(" ")[0])
    assert read > 100
    assert sum(1 for one in facts.entries if one.text("sAMAccountName")) > 100


def test_a_cut_during_the_opening_is_one_clear_sentence(hopital: LabDomain) -> None:
    from care_kit.model.words.errors import ProbeError

    with (
        relaying(hopital.address, 636, 500, cut=True) as relay,
        pytest.raises(ProbeError) as caught,
    ):
        collect(through(hopital, relay.port), hopital.password)
    assert hopital.password not in caught.value.sentence
