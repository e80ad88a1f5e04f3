"""Every domain with its level, index, coverage, confidence and conflicts, always together."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from care_kit.model.results.assessment import Score
from care_kit.model.results.wording import interval
from care_kit.model.words.french import cut, percent
from care_kit.model.words.vocabulary import Confidence
from care_kit.tui.views.view import View
from care_kit.tui.wording import one_line

HEADERS = ("Niveau", "Indice", "Couv.", "Prouvé", "Conflits")
WIDTHS = (6, 12, 6, 7, 8)
_PROVEN = (Confidence.DATED_DOCUMENT, Confidence.MEASURED)


class DomainTable(VerticalScroll, can_focus=True):
    """A table that scrolls when the terminal is short."""

    def __init__(self) -> None:
        super().__init__(id="domains")
        self._text = Static(markup=False)
        self._view: View | None = None

    def compose(self) -> ComposeResult:
        """One text."""
        yield self._text

    def show(self, view: View) -> None:
        """Show the scores of a view."""
        self._view = view
        self._draw()

    def on_resize(self) -> None:
        """The first column takes the room there is."""
        self._draw()

    def _draw(self) -> None:
        width = self.scrollable_content_region.width
        if self._view is not None and width:
            self._text.update(table(self._view, width))


def table(view: View, width: int) -> Content:
    """Header, overall, then one line per domain; « Prouvé » counts dated pieces and measures."""
    rows: list[tuple[str, ...]] = [(view.now.questionnaire.title, *HEADERS)]
    everything = [one.id for one in view.questions]
    rows.append(("Ensemble", *_cells(view, view.now.assessment.overall, everything)))
    for domain in view.now.questionnaire.domains:
        mine = [one.id for one in view.by_domain[domain.id]]
        rows.append((domain.title, *_cells(view, view.now.assessment.domains[domain.id], mine)))
    lines = [
        Content.styled(_row(row, width), "bold" if rank < 2 else "")
        for rank, row in enumerate(rows)
    ]
    return Content("\n").join(lines)


def _cells(view: View, score: Score, asked: list[str]) -> tuple[str, ...]:
    found = [view.now.assessment.indicators[one] for one in asked]
    proven = sum(score.confidence.get(one, 0) for one in _PROVEN)
    conflicts = sum(one.conflict for one in found)
    return (
        interval(score.level, "s.o."),
        interval(score.index, "s.o."),
        percent(score.coverage),
        f"{proven}/{len(found)}",
        f"[!] {conflicts}" if conflicts else "0",
    )


def _row(cells: tuple[str, ...], width: int) -> str:
    room = max(width - sum(WIDTHS) - 2 * len(WIDTHS), 8)
    name = cut(one_line(cells[0]), room).ljust(room)
    others = [cell.ljust(size) for cell, size in zip(cells[1:], WIDTHS, strict=True)]
    return "  ".join([name, *others])
