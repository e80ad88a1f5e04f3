"""What to mend first so that the directory level rises, and how much work it is.

The kind of work of each point, and the bounds below, are proposed by care-kit.
"""

from collections.abc import Iterable, Mapping

from care_kit.model.content.check import Check
from care_kit.model.facts.finding import Finding
from care_kit.model.results.assessment import DirectoryAction
from care_kit.model.words.vocabulary import Effort, Verdict, Work

MOST = 10  # actions per forest
_EFFORTS = tuple(Effort)
_FEW, _MANY = 10, 100  # objects mended one by one: a little work up to ten, a lot past a hundred


def actions(
    findings: Iterable[Finding], checks: Mapping[str, Check], most: int = MOST
) -> tuple[DirectoryAction, ...]:
    """At most `most` actions per forest, forests in name order.

    The lowest level comes first, since it holds all the others back; within a level, the fewest
    objects, then the least effort. Failures without a level are observations: they raise nothing.
    An accepted risk still fails, so its point stays.
    """
    forests: dict[str, dict[str, list[Finding]]] = {}
    for one in findings:
        if one.verdict is Verdict.FAIL and one.level:
            forests.setdefault(one.target, {}).setdefault(one.check, []).append(one)
    return tuple(
        action
        for forest in sorted(forests)
        for action in sorted(
            (_action(forest, found, checks) for found in forests[forest].values()), key=_first
        )[:most]
    )


def effort(check: Check | None, objects: int) -> Effort:
    """How much work a point is; unknown kinds of work count by their objects."""
    work = check.work if check else None
    if work is Work.PROJECT:
        return Effort.HIGH
    if work is Work.SETTING or objects <= _FEW:
        return Effort.LOW
    return Effort.MEDIUM if objects <= _MANY else Effort.HIGH


def _action(forest: str, found: list[Finding], checks: Mapping[str, Check]) -> DirectoryAction:
    """One point, whichever domains of the forest it fails in."""
    point, objects = found[0].check, sum(len(one.objects) for one in found)
    level = min(one.level for one in found)
    return DirectoryAction(forest, point, level, objects, effort(checks.get(point), objects))


def _first(action: DirectoryAction) -> tuple[int, int, int, str]:
    return action.level, action.objects, _EFFORTS.index(action.effort), action.point
