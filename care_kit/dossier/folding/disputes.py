"""Last words kept by key: which stand side by side, and which counts until one is chosen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from care_kit.dossier.folding import registers
from care_kit.dossier.folding.registers import Key
from care_kit.dossier.folding.told import told
from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.events import (
    AnswerGiven,
    CeilingNotified,
    Event,
    HeadcountRecorded,
    PeriodNotified,
    ProgrammeFollowed,
    ReviewMarked,
    SpendingRecorded,
    SpendingWithdrawn,
)
from care_kit.dossier.journal.graph import Ancestry
from care_kit.model.dossier.state import Answer, Candidate, Dispute
from care_kit.model.words.vocabulary import AnswerState


@dataclass(frozen=True)
class Word:
    """A last word: the record that says it, who, when, what, and what tells it from another."""

    record: str
    author: str
    at: datetime
    event: Event
    effect: bytes


class LastWords:
    """Every key with the words on it that no later one knew of; records come parents first."""

    def __init__(self) -> None:
        self._ancestry = Ancestry()
        self._words: dict[Key, list[Word]] = {}
        self._disputed: dict[Key, None] = {}
        self._lines: dict[str, tuple[Key, ...]] = {}

    def meet(self, record: Record) -> None:
        """Know a record and what it follows; asked before anything else about it."""
        self._ancestry.add(record)

    def add(self, record: Record, event: Event, author: str, at: datetime) -> None:
        """Take the words of a record, in place of those it knew."""
        word = Word(record.hash, author, at, event, registers.effect(event, record.withheld))
        keys = registers.keys(event)
        if isinstance(event, SpendingRecorded):
            inherited = self._lines.get(event.replaces, ())
            keys = tuple(dict.fromkeys((*keys, *(one for one in inherited if one[0] != "invoice"))))
            self._lines[event.spending_id] = keys[1:]
            self._forget_line(record.hash, event.replaces)
        elif isinstance(event, SpendingWithdrawn):
            self._forget_line(record.hash, event.spending_id)
        for key in keys:
            self._put(key, [*self._unknown_to(record.hash, key), word])

    def follows(self, later: str, key: Key) -> bool:
        """True when the record knew every word on a key."""
        return not self._unknown_to(later, key)

    def disputed(self) -> Iterator[tuple[Key, tuple[Word, ...], Word]]:
        """Keys in conflict: the words, oldest first, and the one that helps the least."""
        for key in self._disputed:
            words = tuple(self._words[key])
            yield key, words, _least(key[0], words)

    def _unknown_to(self, later: str, key: Key) -> list[Word]:
        follows = self._ancestry.follows
        return [one for one in self._words.get(key, ()) if not follows(later, one.record)]

    def _forget_line(self, later: str, spending_id: str) -> None:
        """A line taken away in full knowledge no longer disputes what it replaced or repeated."""
        for key in self._lines.get(spending_id, ()):
            kept = [
                one
                for one in self._words[key]
                if not _is_line(one.event, spending_id)
                or not self._ancestry.follows(later, one.record)
            ]
            self._put(key, kept)

    def _put(self, key: Key, words: list[Word]) -> None:
        self._words[key] = words
        if len(words) > 1 and len({one.effect for one in words}) > 1:
            self._disputed[key] = None
        else:
            self._disputed.pop(key, None)


def dispute(key: Key, words: Sequence[Word], standing: Word, answer_of: "AnswerOf") -> Dispute:
    """A conflict as the state shows it."""
    candidates = tuple(
        Candidate(one.record, one.author, one.at, told(one.event), answer_of(one))
        for one in sorted(words, key=lambda one: (one.at, one.record))
    )
    return Dispute(key[0], key[1:], candidates, standing.record)


AnswerOf = Callable[[Word], Answer | None]


def _is_line(event: Event, spending_id: str) -> bool:
    return isinstance(event, SpendingRecorded) and event.spending_id == spending_id


def _least(family: str, words: Sequence[Word]) -> Word:
    """The word that helps the file the least; the last one where none helps more than another."""
    rank = _HELP.get(family)
    return min(words, key=lambda one: rank(one.event)) if rank else words[-1]


def _answer_help(event: Event) -> tuple[int, int]:
    """No answer, then « ne sais pas », then levels, then what leaves the sum."""
    if not isinstance(event, AnswerGiven):
        return (0, 0)
    if event.state is AnswerState.NOT_APPLICABLE:
        return (3, 0)
    return (2, event.level or 0) if event.state.levelled else (1, 0)


def _amount(event: Event) -> tuple[int, Decimal]:
    """Nothing asked, then the smallest amount."""
    return (1, event.amount) if isinstance(event, SpendingRecorded) else (0, Decimal(0))


_HELP: Mapping[str, Callable[[Event], Any]] = {
    "answer": _answer_help,
    "spending": _amount,
    "invoice": _amount,
    "ceiling": lambda one: one.amount if isinstance(one, CeilingNotified) else 0,
    "headcount": lambda one: (
        one.employees + one.self_employed if isinstance(one, HeadcountRecorded) else 0
    ),
    "period": lambda one: (
        one.ends - one.starts if isinstance(one, PeriodNotified) else timedelta(0)
    ),
    "programme": lambda one: isinstance(one, ProgrammeFollowed) and not one.followed,
    "mark": lambda one: isinstance(one, ReviewMarked) and not one.marked,
}
