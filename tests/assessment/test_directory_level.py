from care_kit.assessment.directory_level import levels
from care_kit.model.assessment import DirectoryLevel, Interval
from care_kit.model.check import ControlPoint, ControlPoints
from care_kit.model.finding import Finding
from care_kit.model.vocabulary import Provenance, Verdict
from tests.assessment.builders import TODAY, finding

POINTS = ControlPoints(
    "test",
    TODAY,
    Provenance.SECONDARY,
    (
        ControlPoint("one", (1,), "Un"),
        ControlPoint("two", (2,), "Deux"),
        ControlPoint("many", (1, 3), "Plusieurs"),
    ),
)


def level(*findings: Finding) -> DirectoryLevel:
    (found,) = levels(findings, POINTS)
    return found


def test_everything_passing_is_the_best_level() -> None:
    found = level(*(finding(name, Verdict.PASS) for name in ("one", "two", "many")))
    assert (found.level, found.decided, found.undecided) == (Interval(5, 5), 3, ())


def test_the_lowest_failing_level_gates() -> None:
    found = level(
        finding("one", Verdict.PASS),
        finding("two", Verdict.FAIL, level=2),
        finding("many", Verdict.FAIL, level=3),
    )
    assert (found.level, found.blocking) == (Interval(2, 2), ("two",))


def test_an_undecided_point_opens_the_interval_down_to_its_lowest_level() -> None:
    found = level(
        finding("one", Verdict.PASS),
        finding("two", Verdict.FAIL, level=2),
        finding("many", Verdict.NOT_TESTED),
    )
    assert (found.level, found.undecided, found.decided) == (Interval(1, 2), ("many",), 2)


def test_a_point_never_looked_at_is_undecided_not_passed() -> None:
    assert level(finding("two", Verdict.PASS)).level == Interval(1, 5)


def test_each_forest_has_its_own_level() -> None:
    here = finding("one", Verdict.PASS)
    there = Finding("one", "autre.lan", Verdict.FAIL, "raison", level=1)
    assert [one.forest for one in levels((here, there), POINTS)] == ["autre.lan", "foret.lan"]
