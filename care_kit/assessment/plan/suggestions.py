"""Actions proposed from what is low or failing, grouped so that one action closes many points."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import uuid4

from care_kit.assessment.plan.simulation import FAILED, gain, simulated
from care_kit.assessment.standing.situation import Situation
from care_kit.dossier.journal.events import ActionPlanned
from care_kit.model.content.questionnaire import Indicator
from care_kit.model.dossier.money import Action
from care_kit.model.results.plan import Gain
from care_kit.model.words.french import counted

TARGET = 3


@dataclass(frozen=True)
class Suggestion:
    """An action nobody wrote yet: what it would bring and what it would close."""

    title: str
    levels: tuple[tuple[str, int], ...]
    checks: tuple[str, ...]


def suggestions(now: Situation, target: int = TARGET) -> tuple[Suggestion, ...]:
    """Low indicators by failing checks they share, the directory level by level, other checks.

    Questions without an answer nor a measure are left out: answering comes before acting. Checks
    and indicators an action of the plan already holds are left out too.
    """
    planned_checks = {check for one in now.state.actions.values() for check in one.checks}
    planned = {key for one in now.state.actions.values() for key, _ in one.levels}
    failing = _failing(now) - planned_checks
    low = [
        one
        for one in now.questionnaire.indicators
        if one.id not in planned and _is_low(now, one, target)
    ]
    forest = [one for one in low if one.measured is not None and one.measured.directory_level]
    held = {one.id: _checks_of(one, failing) for one in low if one not in forest}
    groups = tuple(_grouped(held))
    by_level = tuple(_of_directory(now, forest, failing, target))
    closed = {check for _, checks in groups for check in checks}
    closed |= {check for one in by_level for check in one.checks}
    return (
        *(_of_indicators(now, names, checks, target) for names, checks in groups),
        *by_level,
        *_of_checks(now, failing - closed),
    )


def taken(one: Suggestion) -> ActionPlanned:
    """The event that makes a new action of a suggestion."""
    return ActionPlanned(str(uuid4()), one.title, one.levels, one.checks)


def gained(now: Situation, one: Suggestion) -> Gain:
    """What a suggestion would change, alone."""
    at = datetime.combine(now.today, time(), UTC)
    action = Action("", one.title, "", at, one.levels, one.checks)
    return gain(now, simulated(now, [action]))


def _failing(now: Situation) -> set[str]:
    return {one.check for one in now.findings if one.verdict in FAILED}


def _is_low(now: Situation, indicator: Indicator, target: int) -> bool:
    found = now.assessment.indicators[indicator.id]
    if found.retained is None or (found.state is None and found.measured is None):
        return False
    return found.retained.low < target


def _checks_of(indicator: Indicator, failing: set[str]) -> frozenset[str]:
    """Failing checks that hold the indicator down."""
    rule = indicator.measured
    return frozenset() if rule is None else frozenset(failing & {one.check for one in rule.checks})


def _of_directory(
    now: Situation, forest: Iterable[Indicator], failing: set[str], target: int
) -> Iterator[Suggestion]:
    """One suggestion per ANSSI level: its failing points ended, the indicator may reach it.

    An indicator of level n asks for a forest of level n + 1, so for every point of levels 1 to n.
    """
    names = tuple(one.id for one in forest)
    for level in range(1, target + 1) if names else ():
        points = {one.check for one in now.findings if one.level == level} & failing
        if points:
            title = f"Annuaire : corriger les points de niveau {level}"
            yield Suggestion(title, tuple((name, level) for name in names), tuple(sorted(points)))


def _grouped(
    held: dict[str, frozenset[str]],
) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    """Indicators joined when they share a check, in the order of the questionnaire."""
    groups: list[tuple[list[str], set[str]]] = []
    for key, checks in held.items():
        joined = [one for one in groups if one[1] & checks]
        names = [name for one in joined for name in one[0]] + [key]
        merged = set(checks).union(*(one[1] for one in joined))
        groups = [one for one in groups if one not in joined] + [(names, merged)]
    return ((tuple(names), frozenset(checks)) for names, checks in groups)


def _of_indicators(
    now: Situation, names: tuple[str, ...], checks: frozenset[str], target: int
) -> Suggestion:
    titles = {one.id: one.title for one in now.questionnaire.indicators}
    more = counted(len(names) - 1, "autre indicateur", "autres indicateurs")
    others = f" et {more}" if len(names) > 1 else ""
    title = f"Porter « {titles[names[0]]} »{others} au niveau {target}"
    return Suggestion(title, tuple((name, target) for name in names), tuple(sorted(checks)))


def _of_checks(now: Situation, checks: Iterable[str]) -> Iterator[Suggestion]:
    """One suggestion per remediation: checks mended by the same words are one action."""
    by_words: dict[str, list[str]] = {}
    for check in sorted(checks):
        words = now.content.checks[check].remediation if check in now.content.checks else check
        by_words.setdefault(words, []).append(check)
    for same in by_words.values():
        known = now.content.checks.get(same[0])
        title = f"Corriger : {known.title if known else same[0]}"
        yield Suggestion(title, (), tuple(same))
