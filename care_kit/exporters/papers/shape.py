"""What a paper is made of, before it becomes Word or PDF: sections, texts, tables, figures.

Any text that begins with « à compléter » is a gap; both renderings highlight it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from care_kit.model.words.french import NBSP, TO_COMPLETE
from care_kit.model.words.spacing import spaced
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
    """A heading, paragraphs, tables, then figures; a `whole` one never breaks between pages."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    whole: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole paper; `made_on` is a French date, `warnings` are told above everything."""

    title: str
    subtitle: str
    establishment: str
    tlp: str
    made_on: str
    sections: tuple[Section, ...]
    warnings: tuple[str, ...] = ()


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


def as_printed(paper: Paper) -> Paper:
    """The paper with the spaces French prints: non-breaking before high signs and in quotes."""
    return replace(
        paper,
        title=spaced(paper.title),
        subtitle=spaced(paper.subtitle),
        sections=tuple(_spaced(one) for one in paper.sections),
        warnings=tuple(map(spaced, paper.warnings)),
    )


def _spaced(section: Section) -> Section:
    return replace(
        section,
        title=spaced(section.title),
        paragraphs=tuple(map(spaced, section.paragraphs)),
        tables=tuple(
            replace(
                one,
                title=spaced(one.title),
                columns=tuple(map(spaced, one.columns)),
                rows=tuple(tuple(map(spaced, row)) for row in one.rows),
            )
            for one in section.tables
        ),
    )
