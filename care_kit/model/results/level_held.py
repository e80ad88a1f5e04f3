"""The « level held between two audits » statement, under a threshold that is a hypothesis."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from care_kit.model.content.strict import Strict
from care_kit.model.results.comparison import Comparison, ReadingCounts
from care_kit.model.words.vocabulary import Provenance


@dataclass(frozen=True)
class HeldThreshold(Strict):
    """The most failures tolerated in each of the two readings; None: no bound on that severity."""

    label: str
    max_critical: int
    provenance: Provenance
    source: str
    source_date: date
    max_high: int | None = None


class Held(StrEnum):
    """What two readings show; only `HELD` says that nothing went unseen."""

    HELD = "held"
    RESERVED = "reserved"
    NOT_HELD = "not_held"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "held": "tenu sous cette hypothèse",
            "reserved": "aucun dépassement constaté, sous réserve",
            "not_held": "non tenu",
        }[self.value]


@dataclass(frozen=True)
class HeldWindow:
    """The gap in days (bounds included) that a programme asks for, and where it says so."""

    objective: str
    min_days: int
    max_days: int
    source: str


@dataclass(frozen=True)
class LevelHeld:
    """The statement: two readings, their gap in days, and why the verdict is what it is.

    `between` are the complete readings taken in the meantime; they do not count for the gap but
    one above the threshold is a reserve. `reasons` and `reserves` are French sentences.
    """

    before: ReadingCounts
    after: ReadingCounts
    between: tuple[ReadingCounts, ...]
    gap_days: int
    window: HeldWindow
    threshold: HeldThreshold
    verdict: Held
    reasons: tuple[str, ...] = ()
    reserves: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExposureProgress:
    """Exposure over the readings of a dossier.

    `history` counts every reading, oldest first; `comparisons` are the last two readings of each
    target read twice; `unheld` says in French why there is no `held` statement.
    """

    history: tuple[ReadingCounts, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    held: LevelHeld | None = None
    unheld: str = ""
