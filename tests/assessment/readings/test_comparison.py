"""What became of each weakness between two readings."""

import pytest

from care_kit.assessment.readings.comparison import compare
from care_kit.model.facts.finding import Finding
from care_kit.model.results.comparison import Change
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import ProbeKind, Severity, Verdict
from tests.assessment.readings.samples import HOST, found, judged

FAIL, PASS, INFO, ERROR = Verdict.FAIL, Verdict.PASS, Verdict.INFO, Verdict.ERROR
UNTESTED = Verdict.NOT_TESTED


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (PASS, FAIL, Change.NEW),
        (UNTESTED, FAIL, Change.NEW),
        (None, FAIL, Change.NEW),
        (FAIL, FAIL, Change.PERSISTENT),
        (FAIL, PASS, Change.FIXED),
        (FAIL, INFO, Change.FIXED),
        (FAIL, UNTESTED, Change.UNSEEN),
        (FAIL, ERROR, Change.UNSEEN),
        (FAIL, None, Change.UNSEEN),
    ],
)
def test_only_a_proof_of_the_contrary_is_a_correction(
    before: Verdict | None, after: Verdict | None, change: Change
) -> None:
    old = judged(0, *([found(before)] if before else []))
    new = judged(30, *([found(after)] if after else []))
    (difference,) = compare(old, new).differences
    assert (difference.change, difference.before, difference.after) == (change, before, after)


def test_what_never_failed_is_not_a_difference() -> None:
    assert compare(judged(0, found(PASS)), judged(30, found(UNTESTED))).differences == ()


def test_objects_are_told_apart() -> None:
    old = judged(0, found(FAIL, "EXP-RDP", "a", "b"))
    new = judged(30, found(FAIL, "EXP-RDP", "b", "c"))
    (difference,) = compare(old, new).differences
    assert (difference.appeared, difference.kept, difference.gone) == (("c",), ("b",), ("a",))


def test_ports_and_targets_are_told_apart() -> None:
    old = judged(0, found(FAIL, port=3389))
    new = judged(30, found(FAIL, port=3390), found(PASS, port=3389))
    changes = {(one.port, one.change) for one in compare(old, new).differences}
    assert changes == {(3390, Change.NEW), (3389, Change.FIXED)}


def test_a_service_found_nowhere_is_a_proof_for_each_of_its_ports() -> None:
    """A service on several ports, all closed, is told once, without a port."""
    old = judged(0, found(FAIL, "EXP-SMB", port=445))
    (fixed,) = compare(old, judged(30, found(PASS, "EXP-SMB", port=0))).differences
    assert (fixed.change, fixed.port, fixed.after) == (Change.FIXED, 445, PASS)
    (unseen,) = compare(old, judged(30, found(UNTESTED, "EXP-SMB", port=0))).differences
    assert unseen.change is Change.UNSEEN
    (new,) = compare(
        judged(0, found(PASS, "EXP-SMB", port=0)), judged(30, *old.findings)
    ).differences
    assert (new.change, new.before) == (Change.NEW, PASS)


def test_a_failure_of_the_whole_target_is_not_one_of_each_port() -> None:
    old = judged(0, found(FAIL, "EXP-SMB", port=445))
    changes = compare(old, judged(30, found(FAIL, "EXP-SMB", port=0))).differences
    assert {(one.port, one.change) for one in changes} == {(445, Change.UNSEEN), (0, Change.NEW)}


def test_the_older_reading_comes_first_whatever_the_order_typed() -> None:
    result = compare(judged(30, found(FAIL)), judged(0))
    assert (result.before, result.after) == ("r-0", "r-30")
    assert result.of(Change.NEW)


def test_two_findings_at_one_place_count_as_the_worst() -> None:
    old = judged(0, found(PASS), found(FAIL, "EXP-RDP", "a"))
    assert compare(old, judged(30, found(PASS))).differences[0].change is Change.FIXED


def test_new_weaknesses_come_first_and_the_gravest_before_the_others() -> None:
    medium = Finding("M", HOST, FAIL, "r", severity=Severity.MEDIUM)
    high = Finding("Z", HOST, FAIL, "r", severity=Severity.HIGH)
    result = compare(judged(0, found(FAIL)), judged(30, medium, high, found(PASS)))
    assert [one.check for one in result.differences] == ["Z", "M", "EXP-RDP"]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"complete": False}, "incomplet"),
        ({"replayed": True}, "rejoué"),
        ({"target": "autre.example"}, "cible"),
        ({"view": "interne"}, "points de vue"),
        ({"scope_sha256": "cd" * 32}, "périmètre"),
    ],
)
def test_readings_that_do_not_compare_well_say_so(changes: dict[str, object], word: str) -> None:
    cautions = compare(judged(0), judged(30, **changes)).cautions
    assert len(cautions) == 1
    assert word in cautions[0]


def test_two_probes_are_not_compared() -> None:
    directory = judged(1, probe=ProbeKind.DIRECTORY)
    with pytest.raises(InputError, match="deux sondes"):
        compare(judged(0), directory)
