"""The plan of actions as a workbook: changed in a spreadsheet, read back without loss."""

from collections.abc import Iterable
from datetime import datetime

from care_kit.dossier.entry.plan_files import ID, RESULTS, TITLES
from care_kit.dossier.entry.planning import typed_again
from care_kit.exporters.spreadsheet import book_of
from care_kit.exporters.table import Row, Sheet, columns
from care_kit.model.dossier.money import Action
from care_kit.model.results.plan import Plan

_WIDTHS = {"title": 50, "levels": 24, "checks": 30, "owner": 20}
_NUMBERS = ("purchase", "service", "person_days")


def plan_book(actions: Iterable[Action], plan: Plan, made_at: datetime) -> bytes:
    """Bytes of the workbook; columns after « État » are results, not read back."""
    results = {one.action.id: one for one in (*plan.actions, *plan.left_out)}
    rows: list[Row] = []
    for action in actions:
        typed = typed_again(action)
        said = [
            getattr(action, name) if name in _NUMBERS else getattr(typed, name) for name in TITLES
        ]
        found = results.get(action.id)
        gained = (round(found.gain.points, 2), found.gain.failures, found.cost) if found else ()
        rows.append((action.id, *said, *(gained or (None, None, None))))
    headings = columns(
        (ID, 38),
        *((title, _WIDTHS.get(name, 14)) for name, title in TITLES.items()),
        *((title, 14) for title in RESULTS),
    )
    return book_of([Sheet("Plan d'actions", headings, tuple(rows))], "Plan d'actions", made_at)
