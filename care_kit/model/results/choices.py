"""Which reading of each target is judged, and why the others are not."""

from dataclasses import dataclass

from care_kit.model.dossier.state import ReadingRecord


@dataclass(frozen=True)
class PassedOver:
    """A reading later than the one judged, and the French sentence that says why it is not."""

    reading: ReadingRecord
    why: str


@dataclass(frozen=True)
class Choice:
    """The reading judged for one target; `by_hand` when a person chose it."""

    target: str
    judged: ReadingRecord
    passed_over: tuple[PassedOver, ...] = ()
    by_hand: bool = False
