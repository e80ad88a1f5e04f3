"""Failures by severity, one column per exposure reading, readable in shades of grey."""

from collections.abc import Sequence

from markupsafe import Markup

from care_kit.exporters.charts import figure, hatching, text_of
from care_kit.model.comparison import ReadingCounts
from care_kit.model.french import day
from care_kit.model.vocabulary import Severity

SHOWN = 12
"""Columns that stay readable on a page; the table beside the figure gives every reading."""

_HATCHES = "hachures-evolution"
_FILLS = {
    Severity.CRITICAL: "#16202a",
    Severity.HIGH: "#6b7f8f",
    Severity.MEDIUM: f"url(#{_HATCHES})",
    Severity.LOW: "#e3e9ee",
    Severity.INFO: "#fff",
}
_LEFT, _TOP, _COLUMN, _BAR, _HEIGHT, _LEGEND = 40, 20, 80, 36, 220, 170
_LINE = "#1f3344"


def history_chart(history: Sequence[ReadingCounts], title: str) -> Markup:
    """Stacked columns of the last `SHOWN` readings, oldest first; ValueError below two."""
    if len(history) < 2:
        raise ValueError("an evolution needs two readings")
    shown = sorted(history, key=lambda one: one.ended)[-SHOWN:]
    highest = max(1, *(sum(one.failures.values()) for one in shown))
    width = _LEFT + _COLUMN * len(shown) + _LEGEND
    marks = [
        hatching(_HATCHES),
        _axis(len(shown), highest),
        *(_column(one, rank, highest) for rank, one in enumerate(shown)),
        *(_key(severity, rank, width) for rank, severity in enumerate(Severity)),
    ]
    return figure(width, _TOP + _HEIGHT + 44, "evolution", title, _told(shown), marks)


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


def _column(one: ReadingCounts, rank: int, highest: int) -> str:
    left = _LEFT + _COLUMN * rank + (_COLUMN - _BAR) / 2
    middle, floor = left + _BAR / 2, float(_TOP + _HEIGHT)
    marks, total = [], sum(one.failures.values())
    for severity in Severity:
        tall = _HEIGHT * one.failures[severity] / highest
        floor -= tall
        if tall:
            marks.append(
                f'<rect x="{left:.1f}" y="{floor:.1f}" width="{_BAR}" height="{tall:.1f}" '
                f'fill="{_FILLS[severity]}" stroke="{_LINE}"/>'
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


def _key(severity: Severity, rank: int, width: int) -> str:
    left, top = width - _LEGEND + 20, _TOP + 24 * rank
    return (
        f'<rect x="{left}" y="{top}" width="16" height="16" fill="{_FILLS[severity]}" '
        f'stroke="{_LINE}"/><text x="{left + 24}" y="{top + 13}">{text_of(severity.label)}</text>'
    )
