"""Deadlines on a line of months, readable in shades of grey.

A bar is a window, hatched when its end is not known; a diamond is a single day; the dashed line is
the day of the report. The table beside the figure gives every deadline.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from care_kit.exporters.charts import figure, hatching, text_of
from care_kit.model.results.calendar import Deadline, DeadlineState
from care_kit.model.words.french import cut
from care_kit.model.words.months import add_days, add_months
from care_kit.model.words.text import printable

SHOWN = 16
"""Rows that stay readable on a page."""

_LEFT, _SPAN, _RIGHT, _TOP, _ROW = 300, 380, 90, 34, 24
_LABEL = 44
_MOST_MARKS = 7
_STEPS = (1, 2, 3, 6, 12, 24, 60)
_LINE, _STRONG, _SOFT = "#1f3344", "#3c5a73", "#9aa5ae"
_FILLS = {DeadlineState.OVERDUE: "#16202a", DeadlineState.RUNNING: _STRONG}
_AHEAD = "#c9d3dc"
_HATCHES = "hachures-echeances"


def shown(deadlines: Sequence[Deadline], today: date) -> tuple[Deadline, ...]:
    """The deadlines worth drawing: what is left undone, what runs, what comes next."""
    kept = [one for one in deadlines if one.state(today) is not DeadlineState.OVER]
    return tuple(kept[:SHOWN])


def timeline(deadlines: Sequence[Deadline], today: date, title: str) -> Markup:
    """One row per deadline, in the order given; ValueError when there is none."""
    if not deadlines:
        raise ValueError("a timeline needs a deadline")
    first = _month(min(today, *(one.starts for one in deadlines)))
    last = _month(add_days(max(today, *(one.last for one in deadlines)), 31))
    scale = _Scale(first, last)
    height = _TOP + _ROW * len(deadlines) + 8
    marks = [
        hatching(_HATCHES),
        *_months(scale, height),
        _today(scale, today, height),
        *(_row(one, rank, scale, today) for rank, one in enumerate(deadlines)),
    ]
    return figure(
        _LEFT + _SPAN + _RIGHT, height, "echeances", title, _told(deadlines, today), marks
    )


class _Scale:
    """Days to pixels."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._days = max((last - first).days, 1)

    def at(self, day: date) -> float:
        return _LEFT + _SPAN * (day - self.first).days / self._days


def _told(deadlines: Sequence[Deadline], today: date) -> str:
    sentences = (
        f"{one.when} : {cut(one.title, 200)} ({one.state(today).label})" for one in deadlines
    )
    return " ; ".join(sentences) + "."


def _month(day: date) -> date:
    return day.replace(day=1)


def _months(scale: _Scale, height: int) -> Iterator[str]:
    """Marks on the first of a month, few enough to be read."""
    total = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    step = next((one for one in _STEPS if total / one <= _MOST_MARKS), _STEPS[-1])
    for months in range(0, total + 1, step):
        day = add_months(scale.first, months)
        x = scale.at(day)
        yield (
            f'<line x1="{x:.1f}" y1="{_TOP - 6}" x2="{x:.1f}" y2="{height}" stroke="#e3e9ee"/>'
            f'<text x="{x:.1f}" y="{_TOP - 12}" text-anchor="middle" font-size="11">'
            f"{day:%m/%Y}</text>"
        )


def _today(scale: _Scale, today: date, height: int) -> str:
    x = scale.at(today)
    return (
        f'<line x1="{x:.1f}" y1="{_TOP - 6}" x2="{x:.1f}" y2="{height}" stroke="{_LINE}" '
        'stroke-width="1.5" stroke-dasharray="5 3"/>'
    )


def _row(one: Deadline, rank: int, scale: _Scale, today: date) -> str:
    middle = _TOP + _ROW * rank + _ROW / 2
    label = cut(printable(one.title).replace("\n", " "), _LABEL)
    fill = _FILLS.get(one.state(today), _AHEAD)
    end = f"{one.ends:%d/%m/%Y}" if one.ends else "fin non connue"
    return (
        f'<text x="{_LEFT - 10}" y="{middle + 4:.1f}" text-anchor="end" font-size="12">'
        f"{text_of(label)}</text>"
        f"{_mark(one, middle, scale, fill)}"
        f'<text x="{_LEFT + _SPAN + 8}" y="{middle + 4:.1f}" font-size="11">{text_of(end)}</text>'
    )


def _mark(one: Deadline, middle: float, scale: _Scale, fill: str) -> str:
    left, right = scale.at(one.starts), scale.at(one.ends or scale.last)
    if one.starts == one.ends:
        points = f"{left},{middle - 7} {left + 7},{middle} {left},{middle + 7} {left - 7},{middle}"
        return f'<polygon points="{points}" fill="{fill}" stroke="{_LINE}"/>'
    if one.ends is None:
        fill = f"url(#{_HATCHES})"
    return (
        f'<rect x="{left:.1f}" y="{middle - 6:.1f}" width="{max(right - left, 3):.1f}" height="12" '
        f'fill="{fill}" stroke="{_LINE}"/>'
    )
