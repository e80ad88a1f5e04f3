"""A plan of actions worked on in a spreadsheet: all its lines are valid, or none is taken.

What the sheet does not hold stays as it was, and what is not read is told. The same sheet read
twice changes nothing: a new line gets an identifier that follows from what it says.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from uuid import UUID, uuid5

from care_kit.catalog.content import Content
from care_kit.catalog.workbook import filled_sheet
from care_kit.dossier.entry.headings import Columns, columns, left_aside
from care_kit.dossier.entry.planning import TypedAction, planned, typed_again
from care_kit.dossier.journal.events import ActionPlanned
from care_kit.model.dossier.state import DossierState
from care_kit.model.formats.codec import canonical_plain
from care_kit.model.words.errors import InputError
from care_kit.model.words.text import folded, shown

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
RESULTS = ("Gain d'indice (points)", "Constats clos", "Coût (€)")
"""Titles of the columns we compute: written, not read back."""
_OTHERS = {
    "id": ("Id",),
    "title": ("Actions", "Intitulé", "Libellé", "Intitulé de l'action"),
    "levels": ("Niveau visé", "Niveaux"),
    "checks": ("Contrôles", "Contrôle clos"),
    "owner": ("Porteur", "Pilote", "Responsable de l'action"),
    "due": ("Date d'échéance", "Date limite", "Date prévue"),
    "purchase": ("Achats TTC",),
    "service": ("Prestations TTC",),
    "person_days": ("Jours", "Jours homme", "Jours hommes"),
    "state": ("Statut", "Avancement"),
}
"""Words of the same meaning, as people write them."""
_KNOWN = {name: (title, *_OTHERS[name]) for name, title in {"id": ID, **TITLES}.items()}
_TOTAL = re.compile(r"(sous )?(total|totaux)\b|(somme|ensemble)$")


@dataclass(frozen=True)
class ReadPlan:
    """Actions to write because they are new or changed; `absent` are in the plan, not the file.

    `told` are French sentences on the lines and columns that were left aside.
    """

    events: tuple[ActionPlanned, ...]
    absent: tuple[str, ...]
    told: tuple[str, ...]


@dataclass
class _Reading:
    path: Path
    content: Content
    state: DossierState
    found: Columns
    seen: set[str] = field(default_factory=set)
    alike: Counter[str] = field(default_factory=Counter)

    def event(self, number: int, row: list[str]) -> ActionPlanned | None:
        """What a line changes, None when it changes nothing; InputError when it does not fit."""
        said = self.found.fields(row)
        key = said.pop("id", "")
        if not key:
            return self._new(number, said)
        self._refuse_unknown(number, key)
        self.seen.add(key)
        before = typed_again(self.state.actions[key])
        event = self._planned(number, replace(before, **said), key)
        return None if event == self._planned(number, before, key) else event

    def _new(self, number: int, said: dict[str, str]) -> ActionPlanned | None:
        """A new action; one read from the same line before is left as it is now."""
        event = self._planned(number, TypedAction(**{"title": "", **said}), "-")
        meant = canonical_plain([str(one) for one in astuple(event)]).decode("utf-8")
        self.alike[meant] += 1
        name = f"{meant} {self.alike[meant]}"
        key = str(uuid5(UUID(self.state.dossier_id), name))
        self.seen.add(key)
        return None if key in self.state.actions else replace(event, action_id=key)

    def _refuse_unknown(self, number: int, key: str) -> None:
        if key not in self.state.actions:
            raise InputError(
                f"{self.path.name}, ligne {number} : l'action « {shown(key)} » n'est pas dans ce "
                "dossier.",
                "Laissez l'identifiant vide pour ajouter une action.",
            )
        if key in self.seen:
            raise InputError(
                f"{self.path.name}, ligne {number} : l'action « {key} » y est deux fois.",
                "Gardez une seule ligne, ou videz l'identifiant de la copie.",
            )

    def _planned(self, number: int, typed: TypedAction, key: str) -> ActionPlanned:
        try:
            return planned(self.content, typed, key)
        except InputError as cause:
            raise InputError(
                f"{self.path.name}, ligne {number} : {cause.sentence}", cause.next_step
            ) from cause


def read_plan(path: Path, content: Content, state: DossierState) -> ReadPlan:
    """What a workbook changes; InputError names the first line that does not fit.

    An action absent from the file stays in the plan.
    """
    table = filled_sheet(path, max_rows=MAX_ROWS, decimals=2)
    found = _columns(path, table[0] if table else [])
    reading = _Reading(path, content, state, found)
    told = list(left_aside(found, _KNOWN))
    events = []
    for number, row in _lines(table):
        if _is_total(row, found):
            told.append(f"Ligne {number} laissée de côté, c'est un total : {_first(row)}.")
        elif (event := reading.event(number, row)) is not None:
            events.append(event)
    absent = tuple(one.title for key, one in state.actions.items() if key not in reading.seen)
    return ReadPlan(tuple(events), absent, tuple(told))


def _columns(path: Path, headings: list[str]) -> Columns:
    found = columns(headings, _KNOWN, path.name, RESULTS)
    if not {"title", "id"} <= found.places.keys():
        raise InputError(
            f"La première feuille de « {path.name} » n'est pas un plan d'actions.",
            f"Partez de « care plan export » ; colonnes : {ID}, {', '.join(TITLES.values())}.",
        )
    return found


def _lines(table: list[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(table[1:], start=2):
        if any(row):
            yield number, row


def _is_total(row: list[str], found: Columns) -> bool:
    """True for a line that adds up the others: it says so and aims at nothing."""
    said = found.fields(row)
    aimed = said.get("levels") or said.get("checks")
    starts = (folded(one) for one in (said["id"], said["title"], _first(row)))
    return not aimed and any(_TOTAL.match(one) for one in starts)


def _first(row: list[str]) -> str:
    return shown(next((one for one in row if one), ""))
