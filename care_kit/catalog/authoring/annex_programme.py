"""An annex turned into a programme: what was read, and nothing else."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from care_kit.catalog.authoring.annex import Annex, AnnexRow
from care_kit.catalog.content import Content
from care_kit.model.content.programme import Objective, Piece, Programme
from care_kit.model.words.errors import InputError
from care_kit.model.words.french import NBSP, day
from care_kit.model.words.vocabulary import Provenance

_UNKNOWN = "À compléter"
_ID = "abcdefghijklmnopqrstuvwxyz0123456789-"


@dataclass(frozen=True)
class Origin:
    """What the user said of the text the annex was read in; official only when dated."""

    file: str
    text: str
    dated: date | None
    today: date

    @property
    def provenance(self) -> Provenance:
        """Official when the user named the text and its date, secondary otherwise."""
        named = self.text.strip() and self.dated
        return Provenance.OFFICIAL if named else Provenance.SECONDARY

    @property
    def source(self) -> str:
        """The sentence kept in every `source`: the text, its date, how it came here."""
        named = self.text.strip() or "Texte d'origine non précisé"
        dated = f" (texte du {day(self.dated)})" if self.dated else " (date non précisée)"
        return f"{named}{dated}, importé de {_quoted(self.file)} le {day(self.today)}"


@dataclass(frozen=True)
class Imported:
    """The programme to write, the file name it must bear, and the objectives it drops."""

    programme: Programme
    file_name: str
    dropped: tuple[str, ...]


def programme_of(annex: Annex, programme_id: str, origin: Origin, content: Content) -> Imported:
    """The programme with the objectives of the annex in place of those known until now.

    Of a programme already there, the head and the milestones stay, and each objective with the
    same identifier keeps its links to indicators, which no annex gives. InputError when
    `programme_id` cannot name a file.
    """
    wanted = programme_id.strip().lower()
    if not wanted or not set(wanted) <= set(_ID):
        raise InputError(
            f"« {programme_id} » ne peut pas nommer un programme.",
            "Écrivez par exemple --programme d2.",
        )
    known = content.programmes.get(wanted)
    base = known or _blank(wanted, origin)
    before = {one.official_id.upper(): one for one in base.objectives if one.official_id}
    objectives = tuple(_objective(row, origin, before.get(row.id.upper())) for row in annex.rows)
    kept = {one.official_id.upper() for one in objectives}
    programme = replace(
        base,
        version=base.version + 1 if known else 1,
        notice=_notice(origin),
        provenance=origin.provenance,
        source=origin.source,
        objectives=objectives,
    )
    dropped = tuple(one.id for one in base.objectives if one.official_id.upper() not in kept)
    # An overlay file replaces the shipped one of the same name, not of the same id.
    file_name = Path(content.origins[wanted]).name if known else f"{wanted}.toml"
    return Imported(programme, file_name, dropped)


def _blank(programme_id: str, origin: Origin) -> Programme:
    return Programme(
        id=programme_id,
        version=1,
        title=_UNKNOWN,
        text=origin.text.strip() or _UNKNOWN,
        counter=_UNKNOWN,
        notice="",
        provenance=origin.provenance,
        source=origin.source,
        objectives=(),
    )


def _notice(origin: Origin) -> str:
    standing = (
        "présentés comme ceux du texte officiel par la personne qui les a importés"
        if origin.provenance is Provenance.OFFICIAL
        else "sans que le texte officiel ait été nommé et daté"
    )
    return (
        f"Objectifs, cibles et pièces repris tels quels de {_quoted(origin.file)}, {standing}. "
        "care-kit ne les a pas relus. Reportez-vous au texte officiel avant tout dépôt."
    )


def _quoted(text: str) -> str:
    """Between French quotes; a content file keeps its non-breaking spaces."""
    return f"«{NBSP}{text}{NBSP}»"


def _objective(row: AnnexRow, origin: Origin, known: Objective | None) -> Objective:
    base = _kept(row, origin, known)
    return replace(
        base,
        title=row.title,
        target=row.target or "Aucune cible n'est donnée par le tableau importé.",
        provenance=origin.provenance,
        source=origin.source,
        official_id=row.id,
        gap="" if row.target else "La cible n'est pas donnée par le tableau importé.",
        pieces=tuple(
            Piece(
                id=f"{row.id}-PIECE-{number}",
                title=title,
                # A document nobody dated the official text of cannot be called mandatory.
                mandatory=origin.provenance is Provenance.OFFICIAL,
                provenance=origin.provenance,
                source=origin.source,
            )
            for number, title in enumerate(row.pieces, start=1)
        ),
    )


def _kept(row: AnnexRow, origin: Origin, known: Objective | None) -> Objective:
    """What the annex does not say: all of it when it stands as high, else our links alone."""
    if known and known.provenance in (Provenance.OFFICIAL, origin.provenance):
        return known
    return Objective(
        id=known.id if known else row.id,
        title=row.title,
        target="",
        who="Non précisé par le tableau importé",
        provenance=origin.provenance,
        source=origin.source,
        indicators=known.indicators if known else (),
    )
