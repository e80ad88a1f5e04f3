"""An expected piece against the documents attached to it: present, dated, valid, signed."""

from collections.abc import Iterable, Iterator
from datetime import date

from care_kit.model.content.programme import Piece
from care_kit.model.dossier.money import Period
from care_kit.model.dossier.state import DossierState, Evidence
from care_kit.model.words.french import TO_COMPLETE
from care_kit.model.words.months import add_months


def accepted(
    programme: str, piece: Piece, state: DossierState, today: date
) -> tuple[Evidence, ...]:
    """Documents attached to a piece that nothing known refuses on `today`, oldest first."""
    period = _period(programme, piece, state)
    return tuple(
        one for one in state.evidence_for(piece.id) if not refusal(one, piece, period, today)
    )


def gap(programme: str, piece: Piece, state: DossierState, today: date) -> str:
    """What is wrong with an expected piece, as a French sentence; empty when nothing is.

    One attached document that is accepted is enough.
    """
    attached = state.evidence_for(piece.id)
    if not attached:
        return f"Pièce à joindre : {piece.title}." if piece.mandatory else ""
    if accepted(programme, piece, state, today):
        return ""
    period = _period(programme, piece, state)
    latest = max(attached, key=lambda one: (one.effective or date.min, one.at))
    wanted = " ; elle doit ".join(_wanted(piece, period))
    return (
        f"« {piece.title} » doit {wanted} : "
        f"« {latest.name} » {refusal(latest, piece, period, today)}."
    )


def unknown(programme: str, pieces: Iterable[Piece], state: DossierState) -> Iterator[str]:
    """Periods these pieces must fall in that nobody typed yet, as French sentences."""
    kinds = {piece.within for piece in pieces if piece.within is not None}
    for kind in sorted(kinds):
        if state.period(programme, kind) is None:
            yield f"{kind.label[:1].upper()}{kind.label[1:]} : {TO_COMPLETE}."


def refusal(document: Evidence, piece: Piece, period: Period | None, today: date) -> str:
    """Why a document is not accepted, as the end of a French sentence; empty when it is."""
    if why := misdated(document, piece, period, today):
        return why
    return "n'est pas dite signée" if piece.signed and not document.signed_by else ""


def misdated(document: Evidence, piece: Piece, period: Period | None, today: date) -> str:
    """What is wrong with the date a document bears, worded as `refusal`; empty when nothing is."""
    day = document.effective
    if day is None:
        dated = piece.not_before or piece.validity_months or piece.within
        return "ne porte pas de date" if dated else ""
    if day > today:
        return f"porte une date à venir ({day:%d/%m/%Y})"
    if piece.not_before and day < piece.not_before:
        return f"porte une date trop ancienne ({day:%d/%m/%Y})"
    if period and not period.starts <= day <= period.ends:
        return f"porte une date hors de cette période ({day:%d/%m/%Y})"
    end = last_day(document, piece)
    if end and end < today:
        return f"n'était valable que jusqu'au {end:%d/%m/%Y}"
    return ""


def last_day(document: Evidence, piece: Piece) -> date | None:
    """The last day a dated document is worth something for this piece, None when it has no end."""
    if document.effective is None or not piece.validity_months:
        return None
    return add_months(document.effective, piece.validity_months)


def _wanted(piece: Piece, period: Period | None) -> Iterator[str]:
    limits = []
    if piece.not_before:
        limits.append(f"à partir du {piece.not_before:%d/%m/%Y}")
    if piece.validity_months:
        limits.append(f"de moins de {piece.validity_months} mois")
    if period:
        limits.append(f"du {period.starts:%d/%m/%Y} au {period.ends:%d/%m/%Y}")
    yield f"porter une date {' et '.join(limits) or 'passée'}"
    if piece.signed:
        yield "être signée ou validée par le représentant légal"


def _period(programme: str, piece: Piece, state: DossierState) -> Period | None:
    return state.period(programme, piece.within) if piece.within else None
