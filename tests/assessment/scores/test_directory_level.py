from care_kit.assessment.scores.assess import results_of
from care_kit.assessment.scores.directory_level import levels
from care_kit.model.content.check import ControlPoint, ControlPoints
from care_kit.model.facts.finding import Finding
from care_kit.model.results.assessment import DirectoryLevel, Interval, PointLeft
from care_kit.model.words.vocabulary import Provenance, Verdict
from tests.assessment.builders import TODAY, finding, state

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


def failing(check: str, level: int, *objects: str) -> Finding:
    return Finding(check, "foret.lan", Verdict.FAIL, "raison", objects=objects, level=level)


def test_the_route_to_the_next_level_starts_with_the_quickest_point() -> None:
    found = level(failing("many", 1, "a", "b"), failing("one", 1, "c"), failing("two", 2, "d"))
    assert found.next_level == 2
    assert found.left == (PointLeft("one", 1), PointLeft("many", 2))


def test_points_without_a_verdict_that_could_hold_the_level_back_come_last() -> None:
    found = level(finding("one", Verdict.NOT_TESTED), failing("two", 2, "d", "e"))
    assert found.left == (
        PointLeft("two", 2),
        PointLeft("many", 0, decided=False),
        PointLeft("one", 0, decided=False),
    )


def test_the_best_level_has_no_next_one_until_a_point_is_undecided() -> None:
    best = level(*(finding(name, Verdict.PASS) for name in ("one", "two", "many")))
    assert (best.next_level, best.left) == (None, ())
    unsure = level(finding("one", Verdict.PASS), finding("two", Verdict.PASS))
    assert (unsure.next_level, unsure.left) == (5, (PointLeft("many", 0, decided=False),))


def test_observations_never_change_the_level() -> None:
    points = tuple(finding(name, Verdict.PASS) for name in ("one", "two", "many"))
    worse = (*points, failing("obs_control_paths", 0, "un chemin"))
    alone, with_it = (results_of((), state({}), one, POINTS, TODAY)[1] for one in (points, worse))
    assert alone == with_it
    assert with_it[0].level == Interval(5, 5)
