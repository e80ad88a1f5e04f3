"""A poorer reading never takes the place of a richer one; what it is silent about is not mended."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.assessment.standing.choosing import choose
from care_kit.model.dossier.state import ReadingRecord
from care_kit.model.facts.finding import Finding
from care_kit.model.results.choices import Choice
from care_kit.model.words.vocabulary import ProbeKind, Verdict

TODAY = date(2026, 11, 21)
FIRST = datetime(2026, 11, 1, tzinfo=UTC)
CHECKS = ("EXP-RDP", "TLS-13", "WEB-CSP")
HOSTS = ("203.0.113.8", "203.0.113.9:443")


def reading(name: str, days: int = 0, *, complete: bool = True) -> ReadingRecord:
    at = FIRST + timedelta(days=days)
    return ReadingRecord(name, ProbeKind.EXPOSURE, at, at, complete, "", "")


def found(*said: tuple[str, str, Verdict]) -> tuple[Finding, ...]:
    return tuple(Finding(check, target, verdict, "Raison.") for check, target, verdict in said)


def chosen(
    readings: Sequence[tuple[ReadingRecord, tuple[Finding, ...]]], by_hand: Sequence[str] = ()
) -> Choice:
    judged = {one.id: findings for one, findings in readings}
    records = [one for one, _ in readings]
    return choose("cible", records, lambda one: judged[one.id], by_hand, TODAY)


FAULT = found(("EXP-RDP", HOSTS[0], Verdict.FAIL), ("TLS-13", HOSTS[1], Verdict.PASS))
MENDED = found(("EXP-RDP", HOSTS[0], Verdict.PASS), ("TLS-13", HOSTS[1], Verdict.PASS))
NOTHING = found(("EXP-RDP", HOSTS[0], Verdict.NOT_TESTED), ("TLS-13", HOSTS[1], Verdict.ERROR))


def test_a_complete_reading_that_sees_as_much_is_judged() -> None:
    choice = chosen([(reading("a"), FAULT), (reading("b", 1), MENDED)])
    assert (choice.judged.id, choice.passed_over) == ("b", ())


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("poorer", [NOTHING, ()])
def test_one_that_saw_nothing_is_passed_over_and_told(
    complete: bool, poorer: tuple[Finding, ...]
) -> None:
    choice = chosen([(reading("a"), FAULT), (reading("b", 1, complete=complete), poorer)])
    assert choice.judged.id == "a"
    (over,) = choice.passed_over
    assert "ne dit rien d" in over.why
    assert "EXP-RDP" in over.why
    assert "care readings use" in over.why


def test_an_interrupted_reading_that_sees_less_is_passed_over() -> None:
    less = found(("EXP-RDP", HOSTS[0], Verdict.PASS))
    choice = chosen([(reading("a"), MENDED), (reading("b", 1, complete=False), less)])
    assert choice.judged.id == "a"
    assert "Incomplet" in choice.passed_over[0].why


def test_an_interrupted_reading_that_says_more_is_judged() -> None:
    more = (*MENDED, *found(("WEB-CSP", HOSTS[1], Verdict.FAIL)))
    choice = chosen([(reading("a"), FAULT), (reading("b", 1, complete=False), more)])
    assert choice.judged.id == "b"


def test_a_closed_port_takes_its_findings_away() -> None:
    before = found(("TLS-13", HOSTS[1], Verdict.FAIL), ("EXP-RDP", "203.0.113.9", Verdict.PASS))
    after = found(("EXP-RDP", "203.0.113.9", Verdict.PASS))
    assert chosen([(reading("a"), before), (reading("b", 1), after)]).judged.id == "b"


def test_a_person_decides_otherwise() -> None:
    both = [(reading("a"), FAULT), (reading("b", 1), NOTHING)]
    choice = chosen(both, by_hand=["b"])
    assert (choice.judged.id, choice.by_hand) == ("b", True)
    assert chosen(both, by_hand=["b", "a"]).judged.id == "a"


def test_a_reading_from_the_future_waits() -> None:
    choice = chosen([(reading("a"), FAULT), (reading("b", 60), MENDED)])
    assert choice.judged.id == "a"
    assert "futur" in choice.passed_over[0].why


SAID = st.dictionaries(
    st.tuples(st.sampled_from(CHECKS), st.sampled_from(HOSTS)), st.sampled_from(Verdict)
)


@given(richer=SAID, poorer=SAID, complete=st.booleans())
def test_adding_a_poorer_reading_changes_no_proven_fault(
    richer: dict[tuple[str, str], Verdict], poorer: dict[tuple[str, str], Verdict], complete: bool
) -> None:
    """Whatever is added later, a proven fault goes only by what was read of it, or of its host."""
    before = found(*((*key, verdict) for key, verdict in richer.items()))
    after = found(*((*key, verdict) for key, verdict in poorer.items()))
    choice = chosen([(reading("a"), before), (reading("b", 1, complete=complete), after)])
    if choice.judged.id == "a":
        return
    for one in before:
        if one.verdict is Verdict.FAIL:
            said = poorer.get((one.check, one.target))
            assert said not in (Verdict.NOT_TESTED, Verdict.ERROR)
            host = one.target.partition(":")[0]
            seen = [
                key
                for key, verdict in poorer.items()
                if key[1].partition(":")[0] == host
                and verdict not in (Verdict.NOT_TESTED, Verdict.ERROR)
            ]
            assert seen
