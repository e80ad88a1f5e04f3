"""The pre-check as a sheet to tick: each programme, each objective, each piece."""

from dataclasses import dataclass
from enum import StrEnum

from care_kit.model.content.programme import Objective, Piece, Programme
from care_kit.model.dossier.state import Evidence
from care_kit.model.results.assessment import ObjectiveResult, Remark


class Tick(StrEnum):
    """Answer to one question about a piece."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"

    @property
    def mark(self) -> str:
        """What is printed in the box; a box to tick by hand when nothing is known."""
        return {"yes": "☑ oui", "no": "☒ non", "unknown": "☐ à compléter", "not_asked": "–"}[
            self.value
        ]


@dataclass(frozen=True)
class CheckedPiece:
    """One expected piece, the document that speaks best for it (None: not attached), and why not.

    `gap` is what an examiner would refuse, a French sentence, empty when nothing is.
    """

    piece: Piece
    document: Evidence | None
    present: Tick
    dated: Tick
    valid: Tick
    readable: Tick
    signed: Tick
    gap: str


@dataclass(frozen=True)
class CheckedObjective:
    """One objective with its result and its pieces."""

    objective: Objective
    result: ObjectiveResult
    pieces: tuple[CheckedPiece, ...]


@dataclass(frozen=True)
class CheckedProgramme:
    """One followed programme, objective by objective."""

    programme: Programme
    objectives: tuple[CheckedObjective, ...]


@dataclass(frozen=True)
class Checklist:
    """What is ready and what is not, and everything an examiner would say."""

    programmes: tuple[CheckedProgramme, ...]
    remarks: tuple[Remark, ...]
    ready: bool
