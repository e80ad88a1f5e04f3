"""Rows of text out of a workbook, a CSV file or a pasted table, all of them hostile."""

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from care_kit.catalog.toml_file import MAX_BYTES
from care_kit.catalog.workbook import MAX_COLUMNS, first_sheet
from care_kit.model.words.errors import InputError
from care_kit.model.words.text import printable

MAX_ROWS = 2_000
MAX_CELL = 10_000
_ZIP = b"PK\x03\x04"
_MARKUP = re.compile(r"<[A-Za-z!/?]")
_FORMULA = ("=", "+", "@")
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
Row = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """Rows of trimmed texts; `read_as` tells the user how the bytes were understood."""

    rows: tuple[Row, ...]
    read_as: str


def read(raw: bytes, name: str) -> Sheet:
    """The rows of those bytes; InputError when they are no table, or not an innocent one."""
    if len(raw) > MAX_BYTES:
        raise InputError(
            f"« {name} » dépasse {MAX_BYTES // 1_000_000} Mo.",
            "Une annexe est petite : vérifiez que c'est le bon fichier.",
        )
    if raw.startswith(_ZIP):
        rows = first_sheet(raw, name, _value, max_rows=MAX_ROWS + 1, formulas=True)
        read_as = "classeur XLSX, première feuille"
    else:
        rows, read_as = _text(raw, name)
    return Sheet(tuple(_clean(row, number) for number, row in enumerate(rows, start=1)), read_as)


def _value(cell: Any) -> str:
    return "" if cell.value is None else str(cell.value)


def _text(raw: bytes, name: str) -> tuple[list[list[str]], str]:
    text, encoding = _decoded(raw, name)
    separator, spoken = _separator(text)
    csv.field_size_limit(MAX_BYTES)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as cause:
        raise InputError(
            f"« {name} » n'est pas un tableau CSV lisible.",
            "Enregistrez-le à nouveau au format CSV (UTF-8) depuis votre tableur.",
        ) from cause
    return rows, f"texte {encoding}, colonnes séparées par {spoken}"


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    mark = next((codec for bom, codec in _BOMS.items() if raw.startswith(bom)), "utf-8")
    try:
        return printable(raw.decode(mark)), mark.removesuffix("-sig").upper()
    except UnicodeDecodeError:
        pass
    try:
        return printable(raw.decode("cp1252")), "Windows-1252"
    except UnicodeDecodeError as cause:
        raise InputError(
            f"« {name} » n'est ni en UTF-8 ni en Windows-1252 (octet {cause.start}).",
            "Donnez un classeur XLSX, ou un fichier CSV enregistré en UTF-8.",
        ) from cause


def _separator(text: str) -> tuple[str, str]:
    """The separator that splits the most the line naming the columns, else the first line."""
    lines = text.splitlines()
    header = next((line for line in lines if "identifiant" in line.casefold()), text[:1000])
    spoken = {"\t": "des tabulations", ";": "des points-virgules", ",": "des virgules"}
    spoken["|"] = "des barres verticales"
    best = max(spoken, key=header.count)
    return best, spoken[best]


def _clean(row: list[str], number: int) -> Row:
    if number > MAX_ROWS or len(row) > MAX_COLUMNS:
        raise InputError(
            f"Le tableau dépasse {MAX_ROWS} lignes ou {MAX_COLUMNS} colonnes.",
            "Ne gardez que le tableau de l'annexe, avec ses quatre colonnes.",
        )
    return tuple(_cell(one, number) for one in row)


def _cell(text: str, number: int) -> str:
    clean = printable(text).strip()
    what = ""
    if clean.startswith(_FORMULA):
        what = "commence par une formule de tableur"
    elif _MARKUP.search(clean):
        what = "contient du balisage"
    elif len(clean) > MAX_CELL:
        what = f"dépasse {MAX_CELL} caractères"
    if what:
        raise InputError(
            f"Ligne {number} : une cellule {what} (« {clean[:40]} »).",
            "Recopiez le texte officiel seul, sans calcul ni mise en forme.",
        )
    return clean
