"""The 1-5 directory level from findings, as an interval: unknown points fail, or pass.

The level is gated: it is the lowest level at which a point fails, 5 when none does. It follows
ANSSI's published points and is never ANSSI's own result.
"""

from collections.abc import Iterable, Iterator

from care_kit.model.content.check import ControlPoint, ControlPoints
from care_kit.model.facts.finding import Finding
from care_kit.model.results.assessment import DirectoryLevel, Interval, PointLeft
from care_kit.model.words.vocabulary import Verdict

BEST = 5


def levels(findings: Iterable[Finding], points: ControlPoints) -> tuple[DirectoryLevel, ...]:
    """One level per forest named by the findings, in name order."""
    forests: dict[str, list[Finding]] = {}
    for finding in findings:
        forests.setdefault(finding.target, []).append(finding)
    return tuple(_level(name, forests[name], points) for name in sorted(forests))


def _level(forest: str, findings: list[Finding], points: ControlPoints) -> DirectoryLevel:
    failed: dict[str, int] = {}
    for one in findings:
        if one.verdict is Verdict.FAIL:
            failed[one.check] = min(one.level, failed.get(one.check, BEST))
    unsure = {one.check for one in findings if one.verdict in (Verdict.NOT_TESTED, Verdict.ERROR)}
    passed = {one.check for one in findings if one.verdict is Verdict.PASS} - unsure
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
        next_level=min(ceiling, BEST - 1) + 1 if ceiling < BEST or undecided else None,
        left=tuple(sorted(_left(findings, undecided, ceiling), key=_quickest)),
    )


def _left(
    findings: list[Finding], undecided: list[ControlPoint], ceiling: int
) -> Iterator[PointLeft]:
    """Points that fail at the present level, then those without a verdict that could."""
    for one in findings:
        if one.verdict is Verdict.FAIL and one.level == ceiling:
            yield PointLeft(one.check, len(one.objects))
    for point in undecided:
        if point.levels[0] <= ceiling:
            yield PointLeft(point.id, 0, decided=False)


def _quickest(left: PointLeft) -> tuple[bool, int, str]:
    """Fewest objects first; what must only be looked at comes last."""
    return not left.decided, left.objects, left.point
