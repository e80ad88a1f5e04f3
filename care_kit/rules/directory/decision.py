"""What a rule answers, and the two ways most of them reach it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.directory.view import View
from care_kit.rules.registry import Registry

Rule = Callable[[View, Check], "Outcome"]
RULES: Registry[Rule] = Registry()


@dataclass(frozen=True)
class Outcome:
    """Verdict of one rule; `reason` holds counts and thresholds, `level` is 0 unless it fails."""

    verdict: Verdict
    reason: str
    objects: tuple[str, ...] = ()
    level: int = 0


def passed(reason: str) -> Outcome:
    """The point holds on everything it is about."""
    return Outcome(Verdict.PASS, reason)


def failed(reason: str, objects: Iterable[str], level: int) -> Outcome:
    """The point fails; `objects` are the offending names, `level` the lowest level crossed."""
    return Outcome(Verdict.FAIL, reason, tuple(sorted(set(objects))), level)


def noted(reason: str, objects: Iterable[str]) -> Outcome:
    """Something worth looking at that may be quite in order."""
    return Outcome(Verdict.INFO, reason, tuple(sorted(set(objects))))


def untested(reason: str) -> Outcome:
    """What was read does not decide."""
    return Outcome(Verdict.NOT_TESTED, reason)


def names(entries: Iterable[DirectoryEntry]) -> tuple[str, ...]:
    """Names shown to people."""
    return tuple(entry.name for entry in entries)


def lowest(check: Check) -> int:
    """The level of a point that has only one, or the worst of several."""
    return min(check.levels)


def each(
    subject: str,
    entries: Sequence[DirectoryEntry],
    offends: Callable[[DirectoryEntry], bool | None],
    level: int,
    *,
    unread: int = 0,
    innocent: int = 0,
    tolerated_percent: float = 0.0,
) -> Outcome:
    """Judge entries one by one: one offender fails the point, an unknown one prevents a pass.

    `offends` answers None when the entry does not say. `unread` counts entries known to exist but
    not read, `innocent` those known not to offend; up to `tolerated_percent` of unknowns do not
    prevent a pass.
    """
    answers = [offends(entry) for entry in entries]
    total = len(entries) + unread + innocent
    guilty = list(compress(entries, answers))
    if guilty:
        return failed(f"{subject} : {len(guilty)} sur {total}.", names(guilty), level)
    unknown = answers.count(None) + unread
    if unknown and unknown * 100 > tolerated_percent * total:
        return untested(f"{subject} : attribut illisible ou ambigu pour {unknown} sur {total}.")
    return passed(f"{subject} : aucun sur {total}.")


def share(
    subject: str,
    entries: Sequence[DirectoryEntry],
    offends: Callable[[DirectoryEntry], bool | None],
    check: Check,
    *,
    unread: int,
) -> Outcome:
    """Judge a proportion against `max_percent`; unknowns and `unread` count as innocent to fail.

    More than `max_unreadable_percent` of unknowns prevents a pass.
    """
    answers = [offends(entry) for entry in entries]
    guilty = list(compress(entries, answers))
    total = len(entries) + unread
    if not total:
        return untested(f"{subject} : aucun compte lu.")
    limit, percent = check.threshold("max_percent"), len(guilty) * 100 / total
    counts = f"{subject} : {len(guilty)} sur {total} ({_number(percent)} %"
    if percent > limit:
        return failed(f"{counts}, maximum {_number(limit)} %).", names(guilty), lowest(check))
    unknown = answers.count(None) + unread
    if unknown * 100 > check.threshold("max_unreadable_percent") * total:
        return untested(f"{subject} : attribut illisible pour {unknown} sur {total}.")
    return passed(f"{counts}, maximum {_number(limit)} %).")


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")
