"""What a paper is made of, before it becomes Word or PDF: sections, texts, tables, figures.

Any text that begins with « à compléter » is a gap; both renderings highlight it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from care_kit.model.words.french import NBSP, TO_COMPLETE
from care_kit.model.words.text import printable


@dataclass(frozen=True)
class Table:
    """A table, titled when its section has several.

    `widths` are relative; `numbers` is how many of the last columns are figures.
    """

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int = 0


@dataclass(frozen=True)
class Figure:
    """A picture as SVG text, and what it says for those who cannot see it."""

    svg: str
    told: str


@dataclass(frozen=True)
class Section:
    """A heading, paragraphs, tables, then figures."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A whole paper; `made_on` is a French date."""

    title: str
    subtitle: str
    establishment: str
    tlp: str
    made_on: str
    sections: tuple[Section, ...]


def gap(what: str) -> str:
    """A visible gap that says what is awaited."""
    return f"{TO_COMPLETE}{NBSP}: {what}"


def table(
    columns: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    numbers: int = 0,
) -> Table:
    """A table whose texts hold no control character."""
    clean = tuple(tuple(printable(cell) for cell in row) for row in rows)
    return Table(title, tuple(columns), tuple(widths), clean, numbers)
