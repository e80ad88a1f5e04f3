"""The official four-column annex of a programme: identifiant, libellé, cible, pièces à fournir."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from care_kit.catalog.authoring.annex_cells import Row, Sheet
from care_kit.model.words.errors import InputError

_COLUMNS = {"id": "identifiant", "title": "libelle", "target": "cible", "pieces": "piece"}
_HEADER_WITHIN = 30
_ID = re.compile(r"[^\W_][\w .()/-]{0,39}")
_BULLET = re.compile(r"^[-–—•·*▪◦]\s*")
_EMPTY_TARGET = {"", "-", "–", "—", "/"}


@dataclass(frozen=True)
class AnnexRow:
    """One row, as read: nothing is added to it. `target` and `pieces` may be empty."""

    id: str
    title: str
    target: str
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """The rows with an identifier, and the lines set aside because they have a single text."""

    rows: tuple[AnnexRow, ...]
    headings: tuple[str, ...]


def rows_of(sheet: Sheet) -> Annex:
    """The annex in those rows; InputError names the first line that is not what it should be."""
    start, columns = _header(sheet.rows)
    rows: dict[str, AnnexRow] = {}
    headings: list[str] = []
    for number, row in enumerate(sheet.rows[start + 1 :], start=start + 2):
        filled = [cell for cell in row if cell]
        if len(filled) == 1:
            headings.append(_one_line(filled[0]))
        elif filled:
            one = _row(row, columns, number)
            if one.id.upper() in rows:
                raise _wrong(number, f"l'identifiant « {one.id} » est déjà pris plus haut")
            rows[one.id.upper()] = one
    if not rows:
        raise InputError(
            "Le tableau ne contient aucune ligne avec un identifiant et un libellé.",
            "Vérifiez que c'est bien l'annexe, et que ses lignes suivent les titres de colonnes.",
        )
    return Annex(tuple(rows.values()), tuple(headings))


def _header(rows: Sequence[Row]) -> tuple[int, dict[str, int]]:
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        plain = [_plain(cell) for cell in row]
        columns = {
            field: rank
            for field, name in _COLUMNS.items()
            for rank, cell in enumerate(plain)
            if name in cell
        }
        if len(columns) == len(_COLUMNS) == len(set(columns.values())):
            return number, columns
    raise InputError(
        "Les quatre colonnes de l'annexe n'ont pas été trouvées.",
        "La ligne de titres contient : Identifiant, Libellé, Cible, Pièces à fournir.",
    )


def _row(row: Row, columns: dict[str, int], number: int) -> AnnexRow:
    cells = {field: row[rank] if rank < len(row) else "" for field, rank in columns.items()}
    read_id = _one_line(cells["id"])
    if not read_id:
        raise _wrong(number, "l'identifiant manque")
    if not _ID.fullmatch(read_id):
        raise _wrong(number, f"« {read_id[:40]} » n'a pas la forme d'un identifiant")
    if not cells["title"]:
        raise _wrong(number, f"le libellé de « {read_id} » manque")
    target = _one_line(cells["target"])
    return AnnexRow(
        id=read_id,
        title=_one_line(cells["title"]),
        target="" if target in _EMPTY_TARGET else target,
        pieces=tuple(_pieces(cells["pieces"])),
    )


def _pieces(cell: str) -> Iterator[str]:
    """One piece per bullet when the cell has bullets, else one per line."""
    lines = [line.strip() for line in cell.splitlines() if line.strip()]
    bulleted = any(_BULLET.match(line) for line in lines)
    kept: list[str] = []
    for line in lines:
        if bulleted and kept and not _BULLET.match(line):
            kept[-1] += f" {line}"
        else:
            kept.append(_BULLET.sub("", line))
    for one in kept:
        text = _one_line(one).rstrip(";").rstrip()
        if text not in _EMPTY_TARGET:
            yield text


def _plain(text: str) -> str:
    """Lower case without accents, to recognise the name of a column."""
    split = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in split if not unicodedata.combining(one))


def _one_line(text: str) -> str:
    """Lines joined; the non-breaking spaces inside a line stay."""
    return re.sub(r"[ \t\n]+", " ", text).strip()


def _wrong(number: int, what: str) -> InputError:
    return InputError(
        f"Ligne {number} du tableau : {what}.", "Corrigez cette ligne dans votre fichier."
    )
