"""The first sheet of a workbook somebody else wrote: bounded, and refused when unreadable."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from care_kit.catalog.outside import read_bounded
from care_kit.model.words.errors import InputError

MAX_BYTES = 20_000_000
MAX_UNZIPPED = 60_000_000
MAX_COLUMNS = 50


def filled_sheet(path: Path, text: Callable[[Any], str], *, max_rows: int) -> list[list[str]]:
    """Rows of the first sheet of a workbook file, formulas by their stored value.

    InputError as `first_sheet`, when the file is absent or too large, and when it has more than
    `max_rows` rows: none is left out in silence.
    """
    raw = read_bounded(path, MAX_BYTES, "Un tel classeur est petit : vérifiez que c'est le bon.")
    rows = first_sheet(raw, path.name, text, max_rows=max_rows + 1, formulas=False)
    if any(map(any, rows[max_rows:])):
        raise InputError(
            f"« {path.name} » a plus de {max_rows} lignes.",
            "Partagez-le en plusieurs classeurs.",
        )
    return rows[:max_rows]


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
