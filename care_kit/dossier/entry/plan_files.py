"""A plan of actions worked on in a spreadsheet: all its lines are valid, or none is taken."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from care_kit.catalog.content import Content
from care_kit.catalog.workbook import filled_sheet
from care_kit.dossier.entry.planning import TypedAction, planned, typed_again
from care_kit.dossier.journal.events import ActionPlanned
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import InputError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

MAX_ROWS = 5_000
ID = "Identifiant"
TITLES = {
    "title": "Action",
    "levels": "Niveaux visés",
    "checks": "Contrôles clos",
    "owner": "Responsable",
    "due": "Échéance",
    "purchase": "Achat TTC",
    "service": "Prestation TTC",
    "person_days": "Jours internes",
    "state": "État",
}
"""Title of the column of each field a person may change."""


@dataclass(frozen=True)
class ReadPlan:
    """Actions to write because they are new or changed; `absent` are in the plan, not the file."""

    events: tuple[ActionPlanned, ...]
    absent: tuple[str, ...]


def read_plan(path: Path, content: Content, state: DossierState) -> ReadPlan:
    """What a workbook changes; InputError names the first line that does not fit.

    An action absent from the file stays in the plan.
    """
    events: list[ActionPlanned] = []
    seen: set[str] = set()
    for number, (key, typed) in enumerate(_lines(path), start=2):
        if key and key not in state.actions:
            raise InputError(
                f"{path.name}, ligne {number} : l'action « {key} » n'est pas dans ce dossier.",
                "Laissez l'identifiant vide pour ajouter une action.",
            )
        if key in seen:
            raise InputError(
                f"{path.name}, ligne {number} : l'action « {key} » y est deux fois.",
                "Gardez une seule ligne, ou videz l'identifiant de la copie.",
            )
        seen |= {key} if key else set()
        event = _event(path, number, content, typed, key)
        before = state.actions.get(key)
        if before is None or _event(path, number, content, typed_again(before), key) != event:
            events.append(event)
    absent = tuple(one.title for key, one in state.actions.items() if key not in seen)
    return ReadPlan(tuple(events), absent)


def _event(
    path: Path, number: int, content: Content, typed: TypedAction, key: str
) -> ActionPlanned:
    try:
        return planned(content, typed, key)
    except InputError as cause:
        raise InputError(
            f"{path.name}, ligne {number} : {cause.sentence}", cause.next_step
        ) from cause


def _lines(path: Path) -> Iterator[tuple[str, TypedAction]]:
    table = filled_sheet(path, _text, max_rows=MAX_ROWS)
    headings = [one.strip().casefold() for one in (table[0] if table else [])]
    places = {
        one.name: headings.index(TITLES[one.name].casefold())
        for one in fields(TypedAction)
        if TITLES[one.name].casefold() in headings
    }
    if "title" not in places or ID.casefold() not in headings:
        raise InputError(
            f"La première feuille de « {path.name} » n'est pas un plan d'actions.",
            f"Partez de « care plan export » ; colonnes : {ID}, {', '.join(TITLES.values())}.",
        )
    key = headings.index(ID.casefold())
    for row in table[1:]:
        if any(row):
            yield row[key], TypedAction(**{name: row[at] for name, at in places.items()})


def _text(cell: "Cell | MergedCell") -> str:
    value = cell.value
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value).strip()
