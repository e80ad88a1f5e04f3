"""Findings narrowed down, sorted and grouped; pure, so that it may run away from the screen."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted, level_label
from care_kit.model.words.vocabulary import ProbeKind, Severity, Verdict
from care_kit.tui.views.view import View
from care_kit.tui.wording import VERDICTS

SLICE = 2000
"""Findings looked at between two looks at whether the work is still wanted."""
_VERDICTS = {one: rank for rank, one in enumerate(VERDICTS)}
_SEVERITIES = {one: rank for rank, one in enumerate(Severity)}
_LAST = len(_SEVERITIES) + 10


class Order(StrEnum):
    """How findings are sorted."""

    GRAVITY = "gravité"
    CHECK = "contrôle"
    TARGET = "cible"


class Group(StrEnum):
    """Under what headings."""

    NONE = "aucun"
    CHECK = "contrôle"
    TARGET = "cible"


@dataclass(frozen=True)
class Wanted:
    """What is kept; None and "" keep everything."""

    words: str = ""
    verdict: Verdict | None = None
    severity: Severity | None = None
    family: ProbeKind | None = None
    order: Order = Order.GRAVITY
    group: Group = Group.NONE

    @property
    def sentence(self) -> str:
        """The filters as they are told."""
        parts = [
            f"« {self.words} »" if self.words else "",
            self.verdict.label if self.verdict else "",
            f"gravité {self.severity.label}" if self.severity else "",
            self.family.label if self.family else "",
        ]
        return ", ".join(part for part in parts if part) or "tous"


@dataclass(frozen=True)
class Heading:
    """The title of a group."""

    title: str
    count: int

    @property
    def text(self) -> str:
        """How it is listed."""
        return f"── {self.title} ({counted(self.count, 'constat')})"


Row = Finding | Heading


def sifted(view: View, wanted: Wanted, stopped: Callable[[], bool]) -> list[Row] | None:
    """The rows to list, None when `stopped` says that nobody waits for them any more."""
    kept: list[Finding] = []
    findings, haystacks = view.now.findings, view.haystacks
    words = wanted.words.casefold().split()
    for start in range(0, len(findings), SLICE):
        if stopped():
            return None
        end = start + SLICE
        pairs = zip(findings[start:end], haystacks[start:end], strict=True)
        kept += _kept(view, wanted, words, pairs)
    kept.sort(key=_KEYS[wanted.order])
    return list(_grouped(view, kept, wanted.group))


def _kept(
    view: View, wanted: Wanted, words: Sequence[str], pairs: Iterable[tuple[Finding, str]]
) -> Iterator[Finding]:
    checks = view.now.content.checks
    for one, text in pairs:
        if wanted.verdict not in (None, one.verdict) or wanted.severity not in (None, one.severity):
            continue
        if wanted.family not in (None, checks[one.check].family):
            continue
        if all(word in text for word in words):
            yield one


def _gravity(one: Finding) -> tuple[int, int, int, str, str]:
    severity = _SEVERITIES[one.severity] if one.severity else _LAST
    return (_VERDICTS[one.verdict], severity, one.level or _LAST, one.check, one.target)


_KEYS: dict[Order, Callable[[Finding], tuple[object, ...]]] = {
    Order.GRAVITY: _gravity,
    Order.CHECK: lambda one: (one.check, *_gravity(one)),
    Order.TARGET: lambda one: (one.target, one.port, *_gravity(one)),
}


def _grouped(view: View, kept: list[Finding], group: Group) -> Iterator[Row]:
    """Headings keep the order of their first finding within a stable sort by title."""
    if group is Group.NONE:
        yield from kept
        return
    kept.sort(key=lambda one: _title(view, one, group))
    for title, found in groupby(kept, key=lambda one: _title(view, one, group)):
        mine = list(found)
        yield Heading(title, len(mine))
        yield from mine


def _title(view: View, one: Finding, group: Group) -> str:
    if group is Group.TARGET:
        return one.target
    return f"{one.check} {view.now.content.checks[one.check].title}"


def line(view: View, row: Row) -> str:
    """One line of the list."""
    if isinstance(row, Heading):
        return row.text
    rank = row.severity.label if row.severity else level_label(row.level)
    title = view.now.content.checks[row.check].title
    return f"{VERDICTS[row.verdict]} {rank:<11} {where(row)} · {title} · {row.check}"


def where(one: Finding) -> str:
    """The target, with its port when it has one."""
    return f"{one.target}:{one.port}" if one.port else one.target
