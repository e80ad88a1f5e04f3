"""What an examiner would say of the documents themselves: do they open, do they agree."""

from collections.abc import Iterator, Mapping
from datetime import date

from care_kit.assessment.programme.pieces import accepted
from care_kit.assessment.short_ids import SHORT
from care_kit.dossier.entry.active import active
from care_kit.dossier.entry.readable import fault
from care_kit.dossier.kept import Kept
from care_kit.model.content.programme import Piece, Programme
from care_kit.model.dossier.state import DossierState, Evidence
from care_kit.model.results.assessment import Gravity, Remark
from care_kit.model.words.errors import DossierError
from care_kit.model.words.french import TO_COMPLETE, day, octets

LOOKED_INTO = 24_000_000
ALTERED = "ne correspond plus à son empreinte"

_looked_at: dict[tuple[str, str, str], str] = {}
"""What is wrong with bytes already looked at, by hash, media type and name: they cannot change."""


def faults(
    dossier: Kept, programmes: Mapping[str, Programme], *, thorough: bool
) -> Mapping[str, str]:
    """Why the documents attached to these programmes would not open, by id; sound ones are absent.

    Those of mandatory pieces only, unless `thorough`, which opens every document of the dossier:
    it may hold gigabytes. Each is opened once for the life of the process.
    """
    attached = looked_at(dossier.state, programmes, thorough=thorough)
    told = {one.id: _told(dossier, one) for one in attached}
    return {key: why for key, why in told.items() if why}


def looked_at(
    state: DossierState, programmes: Mapping[str, Programme], *, thorough: bool
) -> tuple[Evidence, ...]:
    """Documents attached to a mandatory piece of these programmes; every document, `thorough`."""
    if thorough:
        return tuple(state.evidence.values())
    every = (piece for one in programmes.values() for piece in _pieces(one))
    wanted = {piece.id for piece in every if piece.mandatory}
    return tuple(one for one in state.evidence.values() if wanted & {*one.subjects})


def _told(dossier: Kept, document: Evidence) -> str:
    key = (document.sha512, document.media_type, document.name)
    if key not in _looked_at:
        try:
            content = b"" if document.size > LOOKED_INTO else dossier.blob(document.sha512)
        except DossierError:
            return ALTERED
        _looked_at[key] = wrong(document, content)
    return _looked_at[key]


def wrong(document: Evidence, content: bytes) -> str:
    """What an examiner would say of these bytes, as the end of a French sentence; empty for none.

    A document past `LOOKED_INTO` was looked into the day it was added, and only its name is now.
    """
    if document.size > LOOKED_INTO:
        return active(document.name, b"")
    return active(document.name, content) or fault(content, document.media_type)


def remarks(
    state: DossierState,
    programmes: Mapping[str, Programme],
    unreadable: Mapping[str, str],
    today: date,
) -> Iterator[Remark]:
    """Remarks about the documents; `unreadable` are the `faults` of those that do not open."""
    for programme in programmes.values():
        yield from _limits_unknown(programme, state)
        for piece in _pieces(programme):
            attached = state.evidence_for(piece.id)
            sound = any(
                one.id not in unreadable for one in accepted(programme.id, piece, state, today)
            )
            yield from _unreadable(piece, attached, unreadable, sound)
            yield from _undated(piece, attached)
            yield from (one for doc in attached for one in _refused(programme, piece, doc))
    yield from _elsewhere(state, programmes, unreadable)
    yield from _strangers(state)
    yield from _twice(state)


def _unreadable(
    piece: Piece, attached: tuple[Evidence, ...], unreadable: Mapping[str, str], sound: bool
) -> Iterator[Remark]:
    """`sound` when another document is accepted and opens."""
    for one in attached:
        if one.id in unreadable:
            yield Remark(
                Gravity.BLOCKING if piece.mandatory and not sound else Gravity.WARNING,
                piece.id,
                f"La pièce « {one.name} » {unreadable[one.id]}.",
                f"Joignez un document sain, en PDF, puis {_withdraw(one)}.",
            )


def _elsewhere(
    state: DossierState, programmes: Mapping[str, Programme], unreadable: Mapping[str, str]
) -> Iterator[Remark]:
    """Documents that no piece asks for, and that leave in the package all the same."""
    told = {piece.id for one in programmes.values() for piece in _pieces(one)}
    for one in state.evidence.values():
        if one.id in unreadable and not told & {*one.subjects}:
            yield Remark(
                Gravity.WARNING,
                one.subjects[0],
                f"La pièce « {one.name} » {unreadable[one.id]}.",
                f"Joignez un document sain, en PDF, puis {_withdraw(one)}.",
            )


def _undated(piece: Piece, attached: tuple[Evidence, ...]) -> Iterator[Remark]:
    """Where a date is asked for, its absence is told with the piece itself."""
    asked = piece.not_before or piece.validity_months or piece.within
    if attached and not asked and not any(one.effective for one in attached):
        yield Remark(
            Gravity.WARNING,
            piece.id,
            f"« {piece.title} » : le document joint ne porte pas de date.",
            "Joignez-le avec la date qu'il porte (--date).",
        )


def _refused(programme: Programme, piece: Piece, one: Evidence) -> Iterator[Remark]:
    if programme.file_bytes and one.size > programme.file_bytes:
        yield Remark(
            Gravity.BLOCKING,
            piece.id,
            f"La pièce « {one.name} » ({octets(one.size)}) dépasse la taille que prend "
            f"{programme.counter} ({octets(programme.file_bytes)}).",
            f"Découpez-la ou réduisez-la, puis {_withdraw(one)}.",
        )
    if programme.file_types and one.media_type not in programme.file_types:
        yield Remark(
            Gravity.BLOCKING,
            piece.id,
            f"{programme.counter} ne prend pas le type de la pièce « {one.name} » "
            f"({one.media_type}).",
            f"Convertissez-la en PDF, puis {_withdraw(one)}.",
        )


def _limits_unknown(programme: Programme, state: DossierState) -> Iterator[Remark]:
    known = programme.file_bytes and programme.file_types
    if not known and any(state.evidence_for(piece.id) for piece in _pieces(programme)):
        yield Remark(
            Gravity.WARNING,
            programme.id,
            f"Taille et types de fichiers que prend {programme.counter} : {TO_COMPLETE}.",
            "Aucune source lue ne les donne : vérifiez-les sur le guichet avant l'envoi.",
        )


def _strangers(state: DossierState) -> Iterator[Remark]:
    known = state.establishment.names
    for one in state.evidence.values():
        strangers = [number for number in one.entities if number not in known]
        if strangers:
            yield Remark(
                Gravity.BLOCKING,
                one.subjects[0],
                f"La pièce « {one.name} » dit couvrir {', '.join(strangers)}, qui n'est ni une "
                "entité ni un site de ce dossier.",
                f"Joignez-la avec les bons numéros, puis {_withdraw(one)}.",
            )


def _twice(state: DossierState) -> Iterator[Remark]:
    """The same bytes given for two different dates contradict each other; two titles puzzle."""
    same: dict[str, list[Evidence]] = {}
    for one in state.evidence.values():
        same.setdefault(one.sha512, []).append(one)
    for group in same.values():
        first, *others = group
        for second in others:
            if first.effective != second.effective:
                yield Remark(
                    Gravity.BLOCKING,
                    second.subjects[0],
                    f"Le même document est donné pour deux dates : « {first.title} » "
                    f"({day(first.effective)}) et « {second.title} » ({day(second.effective)}).",
                    f"Gardez la vraie date, et {_withdraw(second)} ou {first.id[:SHORT]}.",
                )
            elif first.title != second.title:
                yield Remark(
                    Gravity.WARNING,
                    second.subjects[0],
                    f"Le même document est joint sous deux titres : « {first.title} » et "
                    f"« {second.title} ».",
                    f"N'en gardez qu'un : {_withdraw(second)} ou {first.id[:SHORT]}.",
                )


def _withdraw(one: Evidence) -> str:
    return f"retirez celle-ci avec « care evidence withdraw {one.id[:SHORT]} »"


def _pieces(programme: Programme) -> Iterator[Piece]:
    return (piece for objective in programme.objectives for piece in objective.pieces)
