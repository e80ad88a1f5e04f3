"""The score: level, index, coverage and conflicts, overall and for the current domain."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from care_kit.model.content.questionnaire import Domain
from care_kit.model.results.assessment import IndicatorResult, Score
from care_kit.model.results.wording import interval
from care_kit.model.words.french import cut, percent
from care_kit.tui.views.view import View
from care_kit.tui.wording import laid_out, one_line

HEADERS = ("Niveau", "Indice", "Couverture", "Non appl.", "Conflits")
WIDTHS = (6, 11, 10, 9, 8)
GAP = "  "
NOTHING = "s.o."


class ScoreLines(Static):
    """Three aligned lines; a tall terminal adds the confidence."""

    def __init__(self) -> None:
        super().__init__(id="score", markup=False)
        self._shown: tuple[View, Domain] | None = None

    def show(self, view: View, domain: Domain) -> None:
        """Show the score of the dossier and of `domain`."""
        self._shown = view, domain
        self._draw()

    def on_resize(self) -> None:
        """The first column takes the room there is."""
        self._draw()

    def _draw(self) -> None:
        if self._shown is not None and self.size.width:
            view, domain = self._shown
            self.update(score_lines(view, domain, self.size.width))


def score_lines(view: View, domain: Domain, width: int) -> Content:
    """Header, overall, current domain, then the confidence, on lines of `width` columns."""
    mine = [one.id for one in view.by_domain[domain.id]]
    now = view.now
    results = now.assessment.indicators
    overall, partial = now.assessment.overall, now.assessment.domains[domain.id]
    rows = (
        (now.questionnaire.title, *HEADERS),
        ("Ensemble", *_cells(overall, results.values())),
        (domain.title, *_cells(partial, (results[one] for one in mine))),
    )
    lines = [Content.styled(_row(row, width), "bold" if row is rows[0] else "") for row in rows]
    return Content("\n").join([*lines, laid_out([("", _confidence(overall), "")], width)])


def _cells(score: Score, results: Iterable[IndicatorResult]) -> tuple[str, ...]:
    return (
        interval(score.level, NOTHING),
        interval(score.index, NOTHING),
        percent(score.coverage),
        percent(score.not_applicable),
        str(sum(one.conflict for one in results)),
    )


def _row(cells: tuple[str, ...], width: int) -> str:
    room = max(width - sum(WIDTHS) - len(GAP) * len(WIDTHS), 8)
    name = cut(one_line(cells[0]), room).ljust(room)
    others = [cell.ljust(size) for cell, size in zip(cells[1:], WIDTHS, strict=True)]
    return GAP.join([name, *others])


def _confidence(score: Score) -> str:
    counts = [f"{level.label} {count}" for level, count in score.confidence.items()]
    return f"Confiance : {' · '.join(counts)} · ne sais pas {score.unknown} (compte zéro)"
