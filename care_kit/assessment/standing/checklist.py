"""The situation of a dossier as a sheet to tick before the file is sent."""

from care_kit.assessment.examiner.precheck import ready
from care_kit.assessment.programme import pieces
from care_kit.assessment.standing.situation import Situation
from care_kit.model.content.programme import Piece, Programme
from care_kit.model.dossier.state import Evidence
from care_kit.model.results.checklist import (
    CheckedObjective,
    CheckedPiece,
    CheckedProgramme,
    Checklist,
    Tick,
)


def checklist(now: Situation) -> Checklist:
    """Every followed programme, objective by objective, with the remarks of the pre-check."""
    programmes = tuple(_programme(one, now) for one in now.followed.values())
    return Checklist(programmes, now.remarks, ready(now.remarks, now.followed, now.today))


def _programme(programme: Programme, now: Situation) -> CheckedProgramme:
    return CheckedProgramme(
        programme,
        tuple(
            CheckedObjective(
                one,
                now.objectives[programme.id][one.id],
                tuple(_piece(programme.id, piece, now) for piece in one.pieces),
            )
            for one in programme.objectives
        ),
    )


def _piece(programme: str, piece: Piece, now: Situation) -> CheckedPiece:
    best = _best(programme, piece, now)
    gap = pieces.gap(programme, piece, now.state, now.today)
    if best is None:
        none = Tick.NOT_ASKED
        return CheckedPiece(piece, None, Tick.NO, none, none, none, none, gap)
    why = now.unreadable.get(best.id, "")
    return CheckedPiece(
        piece,
        best,
        Tick.YES,
        _tick(best.effective is not None),
        _valid(programme, piece, best, now),
        _tick(not why),
        _tick(bool(best.signed_by)) if piece.signed else Tick.NOT_ASKED,
        gap or (f"« {best.name} » {why}." if why else ""),
    )


def _best(programme: str, piece: Piece, now: Situation) -> Evidence | None:
    """The latest accepted document that opens, else the latest accepted, else the latest."""
    attached = now.state.evidence_for(piece.id)
    accepted = pieces.accepted(programme, piece, now.state, now.today)
    opened = [one for one in accepted if one.id not in now.unreadable]
    return next((group[-1] for group in (opened, accepted, attached) if group), None)


def _valid(programme: str, piece: Piece, best: Evidence, now: Situation) -> Tick:
    period = now.state.period(programme, piece.within) if piece.within else None
    if pieces.misdated(best, piece, period, now.today):
        return Tick.NO
    unknown = best.effective is None or (piece.within is not None and period is None)
    return Tick.UNKNOWN if unknown else Tick.YES


def _tick(holds: bool) -> Tick:
    return Tick.YES if holds else Tick.NO
