"""Charts as SVG text: pure functions, every text escaped, readable in shades of grey.

Each figure carries a title and a description for screen readers; the page that shows it also
gives the same numbers as a table.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from markupsafe import Markup, escape

from care_kit.model.results.assessment import Interval
from care_kit.model.results.wording import interval as in_words
from care_kit.model.words.french import cut
from care_kit.model.words.text import printable

FULL = 100.0
_WIDTH, _HEIGHT, _RADIUS = 760, 480, 180
_CENTRE, _MIDDLE = _WIDTH // 2, _HEIGHT // 2
_RINGS = (25, 50, 75, 100)
_ROW, _BAR_LEFT, _BAR_WIDTH, _BAR_RIGHT = 30, 290, 300, 110
_LABEL_WIDTH, _LABEL_LINES = 22, 3
_HATCHES = "hachures"
_SOFT, _STRONG, _LINE = "#c9d3dc", "#3c5a73", "#1f3344"


@dataclass(frozen=True)
class Axis:
    """One domain: its title and its index, 0 to 100."""

    label: str
    bounds: Interval


def radar(axes: Sequence[Axis], title: str, target: float) -> Markup:
    """Radar of at least three axes; the outer polygon is the ceiling, the inner one the floor.

    `target` (0 to 100) is drawn as a thick dotted line: the same aim for every axis.
    """
    if len(axes) < 3:
        raise ValueError("a radar needs three axes")
    marks = [
        *(_ring(len(axes), level) for level in _RINGS),
        *(_spoke(rank, len(axes)) for rank in range(len(axes))),
        _polygon([one.bounds.high for one in axes], _SOFT, 'stroke-dasharray="7 4"'),
        _polygon([one.bounds.low for one in axes], _STRONG, 'fill-opacity="0.75"'),
        _target(len(axes), target),
        *(_axis_label(one.label, rank, len(axes)) for rank, one in enumerate(axes)),
        *(_ring_label(level) for level in _RINGS),
    ]
    told = f"{_told(axes)} Profil visé : {target:g} sur 100 dans chaque domaine."
    return figure(_WIDTH, _HEIGHT, "radar", title, told, marks)


def bars(axes: Sequence[Axis], title: str) -> Markup:
    """One bar per axis: full up to the floor, hatched from the floor to the ceiling."""
    width = _BAR_LEFT + _BAR_WIDTH + _BAR_RIGHT
    marks = [hatching(_HATCHES), *(_bar(one, rank) for rank, one in enumerate(axes))]
    return figure(width, _ROW * len(axes) + 8, "barres", title, _told(axes), marks)


def figure(
    width: int, height: int, name: str, title: str, described: str, marks: Sequence[str]
) -> Markup:
    """One figure; `marks` are SVG elements whose texts all went through `text_of`.

    `name` makes its ids and must be unique in the page.
    """
    head = (
        f'<svg viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{name}-t {name}-d" font-family="sans-serif" font-size="13">'
        f'<title id="{name}-t">{text_of(title)}</title>'
        f'<desc id="{name}-d">{text_of(described)}</desc>'
    )
    return Markup(head + "".join(marks) + "</svg>")  # noqa: S704 - every text went through text_of


def _told(axes: Sequence[Axis]) -> str:
    sentences = [f"{cut(one.label, 200)} : {in_words(one.bounds)} sur 100" for one in axes]
    return " ; ".join(sentences) + "."


def text_of(text: str) -> str:
    """The text, escaped and freed of control characters."""
    return str(escape(printable(text)))


def _point(rank: int, axes: int, level: float) -> tuple[float, float]:
    angle = 2 * math.pi * rank / axes - math.pi / 2
    reach = _RADIUS * level / FULL
    return _CENTRE + reach * math.cos(angle), _MIDDLE + reach * math.sin(angle)


def _points(levels: Sequence[float]) -> str:
    spots = (_point(rank, len(levels), level) for rank, level in enumerate(levels))
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)


def _polygon(levels: Sequence[float], fill: str, more: str) -> str:
    return (
        f'<polygon points="{_points(levels)}" fill="{fill}" stroke="{_LINE}" '
        f'stroke-width="1.5" {more}/>'
    )


def _ring(axes: int, level: int) -> str:
    return f'<polygon points="{_points([level] * axes)}" fill="none" stroke="#9aa5ae"/>'


def _target(axes: int, level: float) -> str:
    return (
        f'<polygon points="{_points([level] * axes)}" fill="none" stroke="{_LINE}" '
        'stroke-width="3" stroke-dasharray="1 6" stroke-linecap="round"/>'
    )


def _spoke(rank: int, axes: int) -> str:
    x, y = _point(rank, axes, FULL)
    return f'<line x1="{_CENTRE}" y1="{_MIDDLE}" x2="{x:.1f}" y2="{y:.1f}" stroke="#9aa5ae"/>'


def _ring_label(level: int) -> str:
    """The scale, on white so that it reads over the polygons."""
    _, y = _point(0, 4, level)
    return (
        f'<text x="{_CENTRE + 4}" y="{y + 11:.1f}" font-size="11" fill="{_LINE}" stroke="#fff" '
        f'stroke-width="3" paint-order="stroke">{level}</text>'
    )


def _axis_label(label: str, rank: int, axes: int) -> str:
    x, y = _point(rank, axes, FULL + 8)
    side = x - _CENTRE
    anchor = "middle" if abs(side) < 20 else "start" if side > 0 else "end"
    lines = _lines(label)
    top = y - (len(lines) - 1) * 15 if y < _MIDDLE - 30 else y + 4
    return "".join(
        f'<text x="{x:.1f}" y="{top + 15 * row:.1f}" text-anchor="{anchor}">{text_of(line)}</text>'
        for row, line in enumerate(lines)
    )


def _lines(label: str) -> list[str]:
    """The label on a few short lines, visibly cut when it does not fit."""
    return wrap(printable(label), _LABEL_WIDTH, max_lines=_LABEL_LINES, placeholder=" …") or ["…"]


def hatching(name: str) -> str:
    """The pattern that `fill="url(#<name>)"` shows; `name` must be unique in the page."""
    return (
        f'<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="#fff"/><rect width="2" height="6" fill="{_STRONG}"/>'
        "</pattern></defs>"
    )


def _bar(axis: Axis, rank: int) -> str:
    top = _ROW * rank + 6
    floor = _BAR_WIDTH * axis.bounds.low / FULL
    ceiling = _BAR_WIDTH * axis.bounds.high / FULL
    label = cut(printable(axis.label).replace("\n", " "), 42)
    box = f'y="{top}" height="18"'
    return (
        f'<text x="{_BAR_LEFT - 10}" y="{top + 14}" text-anchor="end">{text_of(label)}</text>'
        f'<rect x="{_BAR_LEFT}" {box} width="{_BAR_WIDTH}" fill="#fff" stroke="#9aa5ae"/>'
        f'<rect x="{_BAR_LEFT + floor:.1f}" {box} width="{ceiling - floor:.1f}" '
        f'fill="url(#{_HATCHES})"/>'
        f'<rect x="{_BAR_LEFT}" {box} width="{floor:.1f}" fill="{_STRONG}"/>'
        f'<text x="{_BAR_LEFT + _BAR_WIDTH + 10}" y="{top + 14}">{in_words(axis.bounds)}</text>'
    )
