"""The ten actions that raise the level: by level, then by number of objects."""

from dataclasses import replace

import pytest

from care_kit.assessment.plan.directory_actions import actions, effort
from care_kit.catalog.content import load
from care_kit.model.content.check import Check
from care_kit.model.facts.finding import Finding
from care_kit.model.results.assessment import DirectoryAction
from care_kit.model.words.vocabulary import Effort, ProbeKind, Verdict, Work

CHECKS = load().checks
GUEST = CHECKS["vuln_guest"]


def failing(check: str, level: int, objects: int, forest: str = "chu.lan") -> Finding:
    names = tuple(f"objet{rank}" for rank in range(objects))
    return Finding(check, forest, Verdict.FAIL, "raison", objects=names, level=level)


def test_the_lowest_level_comes_first_then_the_fewest_objects() -> None:
    found = actions(
        (
            failing("vuln_guest", 2, 1),
            failing("vuln_spn_priv", 1, 12),
            failing("vuln_dc_obsolete", 1, 2),
        ),
        CHECKS,
    )
    assert found == (
        DirectoryAction("chu.lan", "vuln_dc_obsolete", 1, 2, Effort.HIGH),
        DirectoryAction("chu.lan", "vuln_spn_priv", 1, 12, Effort.MEDIUM),
        DirectoryAction("chu.lan", "vuln_guest", 2, 1, Effort.LOW),
    )


def test_of_two_points_alike_the_one_that_is_less_work_comes_first() -> None:
    found = actions((failing("vuln_dc_obsolete", 1, 1), failing("vuln_spn_priv", 1, 1)), CHECKS)
    assert [one.point for one in found] == ["vuln_spn_priv", "vuln_dc_obsolete"]


def test_only_failures_of_a_level_are_actions() -> None:
    passing = replace(failing("vuln_guest", 0, 0), verdict=Verdict.PASS)
    unknown = replace(failing("vuln_krbtgt", 0, 0), verdict=Verdict.NOT_TESTED)
    assert actions((passing, unknown, failing("obs_control_paths", 0, 3)), CHECKS) == ()


def test_each_forest_has_its_own_ten() -> None:
    many = [failing(f"vuln_{rank:02d}", 1, 1, name) for name in "ba" for rank in range(12)]
    found = actions(many, {})
    assert [one.forest for one in found] == ["a"] * 10 + ["b"] * 10
    assert found[0].point == "vuln_00"


def test_a_point_failing_in_two_domains_is_one_action() -> None:
    found = actions((failing("vuln_spn_priv", 2, 8), failing("vuln_spn_priv", 1, 4)), CHECKS)
    assert found == (DirectoryAction("chu.lan", "vuln_spn_priv", 1, 12, Effort.MEDIUM),)


@pytest.mark.parametrize(
    ("work", "objects", "expected"),
    [
        (Work.SETTING, 500, Effort.LOW),
        (Work.PROJECT, 1, Effort.HIGH),
        (Work.EACH, 10, Effort.LOW),
        (Work.EACH, 11, Effort.MEDIUM),
        (Work.EACH, 101, Effort.HIGH),
        (None, 101, Effort.HIGH),
    ],
)
def test_effort_follows_the_kind_of_work_and_the_objects(
    work: Work | None, objects: int, expected: Effort
) -> None:
    assert effort(replace(GUEST, work=work), objects) is expected


@pytest.mark.parametrize(
    "check", [one for one in CHECKS.values() if one.levels], ids=lambda one: one.id
)
def test_every_point_says_which_work_it_is(check: Check) -> None:
    assert check.family is ProbeKind.DIRECTORY
    assert check.work is not None
