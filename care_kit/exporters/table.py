"""A sheet of the workbook as plain values: columns with their width, rows of texts and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

Row: TypeAlias = Sequence[str | int | float | Decimal | None]


@dataclass(frozen=True)
class Column:
    """A heading and the width of its column, in characters."""

    title: str
    width: int


@dataclass(frozen=True)
class Sheet:
    """One sheet; every row has as many values as there are columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def columns(*pairs: tuple[str, int]) -> tuple[Column, ...]:
    """Headings with their widths."""
    return tuple(Column(title, width) for title, width in pairs)
