"""The first sheet of a workbook somebody else wrote: bounded, and refused when unreadable."""

import io
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from care_kit.catalog.outside import read_bounded
from care_kit.model.words.errors import InputError
from care_kit.model.words.text import printable

MAX_BYTES = 20_000_000
MAX_UNZIPPED = 60_000_000
MAX_COLUMNS = 50
_FORMULA = "="
_FORMULA_ELEMENT = re.compile(rb"<(?:\w+:)?f[ >/]")


def filled_sheet(path: Path, *, max_rows: int, decimals: int = 6) -> list[list[str]]:
    """Rows of the first sheet of a workbook file as their reader sees them (`shown`).

    InputError as `first_sheet`, when the file is absent or too large, when it has more than
    `max_rows` rows (none is left out in silence), and when a formula has no stored value or gives
    an error: the line is named.
    """
    raw = read_bounded(path, MAX_BYTES, "Un tel classeur est petit : vérifiez que c'est le bon.")
    cells = partial(shown, decimals=decimals)
    rows = first_sheet(raw, path.name, cells, max_rows=max_rows + 1, formulas=False)
    if any(map(any, rows[max_rows:])):
        raise InputError(
            f"« {path.name} » a plus de {max_rows} lignes.",
            "Partagez-le en plusieurs classeurs.",
        )
    if _holds_formulas(raw):
        read = partial(first_sheet, raw, path.name, max_rows=max_rows)
        formulas = read(text=_formula, formulas=True)
        _refuse_unknown_values(path.name, rows, formulas, read(text=_text_given, formulas=False))
    return rows[:max_rows]


def shown(cell: Any, *, decimals: int = 6) -> str:
    """The text of an openpyxl cell as its reader sees it, accents composed.

    A spreadsheet keeps 100 % as 1, which may also be a level, and 2 as 2.0; a date is written
    JJ/MM/AAAA, a number with at most `decimals` decimals; control characters come escaped.
    """
    from openpyxl.utils.escape import unescape

    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float):
        if "%" in str(cell.number_format):
            return f"{_plain(value * 100, decimals).replace('.', ',')} %"
        return _plain(value, decimals)
    return unicodedata.normalize("NFC", printable(unescape(str(value)))).strip()


def _plain(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _formula(cell: Any) -> str:
    return _FORMULA if cell.data_type == "f" else ""


def _holds_formulas(raw: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheets = (one for one in archive.namelist() if "worksheets/" in one)
        return any(_FORMULA_ELEMENT.search(archive.read(one)) for one in sheets)


def _text_given(cell: Any) -> str:
    return "texte" if cell.data_type == "s" else ""


def _refuse_unknown_values(name: str, *sheets: list[list[str]]) -> None:
    """What a formula is worth is never guessed: empty would read as an answer withdrawn.

    `sheets` are values, formulas, and whether the value is a text (which may be empty).
    """
    for number, rows in enumerate(zip(*sheets, strict=False), start=1):
        for column, (value, formula, text) in enumerate(zip(*rows, strict=False), start=1):
            if formula and (value.startswith("#") or not (value or text)):
                why = f"donne l'erreur {value}" if value else "n'a pas de valeur enregistrée"
                raise InputError(
                    f"{name}, ligne {number}, colonne {column} : la formule {why}.",
                    "Enregistrez le classeur depuis un tableur, ou tapez la valeur elle-même.",
                )


def first_sheet(
    raw: bytes, name: str, text: Callable[[Any], str], *, max_rows: int, formulas: bool
) -> list[list[str]]:
    """Rows of texts of the first sheet; `text` reads one openpyxl cell.

    With `formulas` a formula is read as such (so that it can be refused: its stored value may have
    been tampered with), else by its stored value. InputError when the bytes are no readable
    workbook, or would take more than MAX_UNZIPPED bytes once open.
    """
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            total = sum(entry.file_size for entry in archive.infolist())
        rows = _rows(raw, text, max_rows, formulas) if total <= MAX_UNZIPPED else None
    # openpyxl answers a damaged or hostile workbook with whatever its reading ran into.
    except (
        InvalidFileException, zipfile.BadZipFile, zlib.error, OSError, KeyError, ValueError,
        IndexError, TypeError, AttributeError, SyntaxError, EOFError, RuntimeError, OverflowError,
    ) as cause:  # fmt: skip
        raise InputError(
            f"« {name} » n'est pas un classeur XLSX lisible.",
            "Enregistrez-le à nouveau au format XLSX depuis votre tableur.",
        ) from cause
    if rows is None:
        raise InputError(
            f"« {name} » prendrait plus de {MAX_UNZIPPED // 1_000_000} Mo une fois ouvert.",
            "Un tel classeur est petit : vérifiez que c'est le bon fichier.",
        )
    return rows


def _rows(raw: bytes, text: Callable[[Any], str], max_rows: int, formulas: bool) -> list[list[str]]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out is not what is read here
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=not formulas)
        found = book.worksheets[0].iter_rows(max_row=max_rows, max_col=MAX_COLUMNS)
        rows = [[text(cell) for cell in row] for row in found]
    book.close()
    return rows
