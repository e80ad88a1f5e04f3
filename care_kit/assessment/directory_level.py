"""The 1-5 directory level from findings, as an interval: unknown points fail, or pass.

The level is gated: it is the lowest level at which a point fails, 5 when none does. It follows
ANSSI's published points and is never ANSSI's own result.
"""

from collections.abc import Iterable

from care_kit.model.assessment import DirectoryLevel, Interval
from care_kit.model.check import ControlPoints
from care_kit.model.finding import Finding
from care_kit.model.vocabulary import Verdict

BEST = 5


def levels(findings: Iterable[Finding], points: ControlPoints) -> tuple[DirectoryLevel, ...]:
    """One level per forest named by the findings, in name order."""
    forests: dict[str, list[Finding]] = {}
    for finding in findings:
        forests.setdefault(finding.target, []).append(finding)
    return tuple(_level(name, forests[name], points) for name in sorted(forests))


def _level(forest: str, findings: list[Finding], points: ControlPoints) -> DirectoryLevel:
    failed = {one.check: one.level for one in findings if one.verdict is Verdict.FAIL}
    passed = {one.check for one in findings if one.verdict is Verdict.PASS}
    undecided = [point for point in points.points if point.id not in failed.keys() | passed]
    ceiling = min(failed.values(), default=BEST)
    floor = min((point.levels[0] for point in undecided), default=BEST)
    return DirectoryLevel(
        forest=forest,
        level=Interval(min(floor, ceiling), ceiling),
        decided=len(points.points) - len(undecided),
        total=len(points.points),
        blocking=tuple(sorted(check for check, level in failed.items() if level == ceiling)),
        undecided=tuple(point.id for point in undecided),
    )
