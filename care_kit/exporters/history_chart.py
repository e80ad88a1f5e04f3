"""Failures by severity, one column per exposure reading, readable in shades of grey."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from care_kit.exporters.charts import figure, hatching, text_of
from care_kit.model.results.comparison import ReadingCounts
from care_kit.model.words.french import day
from care_kit.model.words.vocabulary import Severity

SHOWN = 12
"""Columns that stay readable on a page; the table beside the figure gives every reading."""

_FILLS = {
    Severity.CRITICAL: "#16202a",
    Severity.HIGH: "#6b7f8f",
    Severity.LOW: "#e3e9ee",
    Severity.INFO: "#fff",
}
_LEFT, _TOP, _COLUMN, _BAR, _HEIGHT, _LEGEND = 40, 20, 80, 36, 220, 170
_LINE = "#1f3344"


def history_chart(history: Sequence[ReadingCounts], title: str, name: str) -> Markup:
    """Stacked columns of the last `SHOWN` readings, oldest first; ValueError below two.

    `name` makes the figure's ids and must be unique in the page.
    """
    if len(history) < 2:
        raise ValueError("an evolution needs two readings")
    shown = sorted(history, key=lambda one: one.ended)[-SHOWN:]
    highest = max(1, *(sum(one.failures.values()) for one in shown))
    width = _LEFT + _COLUMN * len(shown) + _LEGEND
    fills = {**_FILLS, Severity.MEDIUM: f"url(#{_hatches(name)})"}
    marks = [
        hatching(_hatches(name)),
        _axis(len(shown), highest),
        *(_column(one, rank, highest, fills) for rank, one in enumerate(shown)),
        *(_key(severity, rank, width, fills) for rank, severity in enumerate(Severity)),
    ]
    return figure(width, _TOP + _HEIGHT + 44, name, title, _told(shown), marks)


def _told(shown: Sequence[ReadingCounts]) -> str:
    sentences = (
        f"{day(one.ended.date())} : "
        + ", ".join(f"{severity.label} {one.failures[severity]}" for severity in Severity)
        for one in shown
    )
    return " ; ".join(sentences) + "."


def _axis(columns: int, highest: int) -> str:
    floor, right = _TOP + _HEIGHT, _LEFT + _COLUMN * columns
    return (
        f'<line x1="{_LEFT}" y1="{floor}" x2="{right}" y2="{floor}" stroke="{_LINE}"/>'
        f'<line x1="{_LEFT}" y1="{_TOP}" x2="{_LEFT}" y2="{floor}" stroke="{_LINE}"/>'
        f'<text x="{_LEFT - 6}" y="{_TOP + 5}" text-anchor="end">{highest}</text>'
        f'<text x="{_LEFT - 6}" y="{floor + 4}" text-anchor="end">0</text>'
    )


def _column(one: ReadingCounts, rank: int, highest: int, fills: Mapping[Severity, str]) -> str:
    left = _LEFT + _COLUMN * rank + (_COLUMN - _BAR) / 2
    middle, floor = left + _BAR / 2, float(_TOP + _HEIGHT)
    marks, total = [], sum(one.failures.values())
    for severity in Severity:
        tall = _HEIGHT * one.failures[severity] / highest
        floor -= tall
        if tall:
            marks.append(
                f'<rect x="{left:.1f}" y="{floor:.1f}" width="{_BAR}" height="{tall:.1f}" '
                f'fill="{fills[severity]}" stroke="{_LINE}"/>'
            )
    marks.append(f'<text x="{middle:.1f}" y="{floor - 5:.1f}" text-anchor="middle">{total}</text>')
    labels = [day(one.ended.date()), _label(one)]
    marks += [
        f'<text x="{middle:.1f}" y="{_TOP + _HEIGHT + 17 + 15 * row}" text-anchor="middle" '
        f'font-size="11">{text_of(label)}</text>'
        for row, label in enumerate(labels)
    ]
    return "".join(marks)


def _label(one: ReadingCounts) -> str:
    if not one.complete:
        return "incomplet"
    return f"vue {one.view}" if one.view else ""


def _hatches(name: str) -> str:
    return f"hachures-{name}"


def _key(severity: Severity, rank: int, width: int, fills: Mapping[Severity, str]) -> str:
    left, top = width - _LEGEND + 20, _TOP + 24 * rank
    return (
        f'<rect x="{left}" y="{top}" width="16" height="16" fill="{fills[severity]}" '
        f'stroke="{_LINE}"/><text x="{left + 24}" y="{top + 13}">{text_of(severity.label)}</text>'
    )
