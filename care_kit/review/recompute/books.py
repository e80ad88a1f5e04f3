"""Compares a workbook with the one made again: which sheet, which cell."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from care_kit.review.codes import Code
from care_kit.review.recompute.figures import told
from care_kit.review.verification import Problem

_ROOM = 1_000_000
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    SyntaxError,
    IndexError,
    RecursionError,
    RuntimeError,
)


def differences(file: str, printed: bytes, again: bytes) -> Iterator[Problem]:
    """Each cell that is not the one made again; the file as a whole when no cell shows it."""
    try:
        found = list(_cells(file, printed, again))
    except _UNREADABLE:
        yield Problem(file, f"« {file} » n'est pas un classeur que care-kit écrit.", Code.DOCUMENT)
        return
    yield from found or (
        Problem(
            file,
            f"« {file} » n'est pas le classeur que care-kit refait : ses cellules sont les mêmes, "
            "le reste (feuille masquée, style, macro) a été changé.",
            Code.DOCUMENT,
        ),
    )


def _cells(file: str, printed: bytes, again: bytes) -> Iterator[Problem]:
    left, right = _sheets(printed, 2 * len(again) + _ROOM), _sheets(again, len(again))
    for name in sorted(left.keys() | right.keys()):
        if name not in left or name not in right:
            says, finds = ("présente", "absente") if name in left else ("absente", "présente")
            sentence = f"feuille « {name} » : imprimée {says}, recalculée {finds}."
            yield Problem(file, sentence, Code.FIGURE, f"feuille « {name} »", says, finds)
            continue
        rows = zip_longest(left[name], right[name], fillvalue=())
        for rank, (row, other) in enumerate(rows, 1):
            yield from _row(file, name, rank, row, other, right[name][0])


def _row(
    file: str, sheet: str, rank: int, row: tuple[Any, ...], other: tuple[Any, ...], heads: Any
) -> Iterator[Problem]:
    for column, (one, two) in enumerate(zip_longest(row, other)):
        if one != two:
            head = heads[column] if column < len(heads) else str(column + 1)
            subject = other[0] if other else row[0]
            where = f"feuille « {sheet} », ligne {rank} ({told(subject)}), colonne « {head} »"
            says, finds = told(one), told(two)
            sentence = f"{where} : imprimé {says}, recalculé {finds}."
            yield Problem(file, sentence, Code.FIGURE, where, says, finds)


def _sheets(raw: bytes, most: int) -> dict[str, list[tuple[Any, ...]]]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(one.file_size for one in archive.infolist()) > most:
            raise ValueError("larger than what care-kit writes")
    book = load_workbook(io.BytesIO(raw), read_only=True)
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}


def foreign_figures(file: str, printed: bytes, again: bytes) -> Iterator[Problem]:
    """Numbers printed by another version that the workbook made here prints nowhere."""
    try:
        left, right = _sheets(printed, 2 * len(again) + _ROOM), _sheets(again, len(again))
    except _UNREADABLE:
        yield Problem(file, f"« {file} » n'est pas un classeur que care-kit écrit.", Code.DOCUMENT)
        return
    for name in sorted(left.keys() & right.keys()):
        known = {cell for row in right[name] for cell in row}
        for rank, row in enumerate(left[name], 1):
            for cell in row:
                if isinstance(cell, int | float) and cell not in known:
                    where = f"feuille « {name} », ligne {rank}"
                    sentence = f"{where} : le chiffre {told(cell)} n'est pas retrouvé."
                    yield Problem(file, sentence, Code.FIGURE, where, told(cell), "absent")
