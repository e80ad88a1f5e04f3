"""What is funded: objectives, pieces to provide, time rules, windows and what is not known."""

from dataclasses import dataclass
from datetime import date

from care_kit.model.strict import Strict
from care_kit.model.vocabulary import ProbeKind, Provenance


@dataclass(frozen=True)
class ReadingRule(Strict):
    """Two successive complete readings of `probe`, `min_days` to `max_days` apart."""

    probe: ProbeKind
    count: int = 1
    min_days: int = 0
    max_days: int = 0


@dataclass(frozen=True)
class Piece(Strict):
    """A document to provide with the application."""

    id: str
    title: str
    mandatory: bool
    provenance: Provenance
    source: str


@dataclass(frozen=True)
class Objective(Strict):
    """One objective: `official_id` is empty when no source shows it; `gap` says what is unknown."""

    id: str
    title: str
    target: str
    who: str
    provenance: Provenance
    source: str
    official_id: str = ""
    gap: str = ""
    ght_only: bool = False
    pieces: tuple[Piece, ...] = ()
    readings: tuple[ReadingRule, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Milestone(Strict):
    """A dated step of the programme."""

    title: str
    provenance: Provenance
    source: str
    opens: date | None = None
    closes: date | None = None


@dataclass(frozen=True)
class Programme(Strict):
    """A funding programme: text, counter, objectives, milestones."""

    id: str
    version: int
    title: str
    text: str
    counter: str
    notice: str
    provenance: Provenance
    source: str
    objectives: tuple[Objective, ...]
    milestones: tuple[Milestone, ...] = ()
