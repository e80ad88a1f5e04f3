"""Days to keep: what ends, what is due, when a window opens and closes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DeadlineKind(StrEnum):
    """What a deadline is about."""

    PIECE = "piece"
    READING = "reading"
    RISK = "risk"
    ACTION = "action"
    PERIOD = "period"
    MILESTONE = "milestone"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return _KINDS[self]

    @property
    def asks(self) -> bool:
        """True when something is left undone once the day has passed."""
        return self not in (DeadlineKind.PERIOD, DeadlineKind.MILESTONE)


class DeadlineState(StrEnum):
    """Where a deadline stands on a day."""

    OVERDUE = "overdue"
    RUNNING = "running"
    AHEAD = "ahead"
    OVER = "over"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "overdue": "échu",
            "running": "en cours",
            "ahead": "à venir",
            "over": "passé",
        }[self.value]


@dataclass(frozen=True)
class Deadline:
    """From `starts` to `ends`, both included; the same day when there is only one.

    `ends` is None when it begins then and no source tells its end. `uid` stays the same as long as
    it is the same thing, whatever its dates; `subject` are the ids it is about; `next_step` is
    French, empty when there is nothing to do. `known` says in French what is known of the date when
    the day itself is not.
    """

    uid: str
    kind: DeadlineKind
    title: str
    subject: str
    starts: date
    ends: date | None
    next_step: str = ""
    known: str = ""

    @property
    def last(self) -> date:
        """The last day known of it."""
        return self.ends or self.starts

    @property
    def when(self) -> str:
        """Its days, in French."""
        if self.known:
            return self.known
        if self.ends is None:
            return f"dès le {self.starts:%d/%m/%Y}, fin non connue"
        if self.starts == self.ends:
            return f"{self.ends:%d/%m/%Y}"
        return f"{self.starts:%d/%m/%Y} au {self.ends:%d/%m/%Y}"

    def state(self, today: date) -> DeadlineState:
        """Where it stands on `today`."""
        if self.ends is not None and self.ends < today:
            return DeadlineState.OVERDUE if self.kind.asks else DeadlineState.OVER
        return DeadlineState.RUNNING if self.starts <= today else DeadlineState.AHEAD


_KINDS = {
    DeadlineKind.PIECE: "fin de validité",
    DeadlineKind.READING: "relevé à faire",
    DeadlineKind.RISK: "risque accepté",
    DeadlineKind.ACTION: "action",
    DeadlineKind.PERIOD: "période",
    DeadlineKind.MILESTONE: "étape",
}
