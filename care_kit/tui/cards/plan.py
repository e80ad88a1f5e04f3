"""The actions of the plan as rows, and the text of one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from care_kit.assessment.plan.simulation import FAILED
from care_kit.assessment.short_ids import SHORT
from care_kit.model.dossier.money import Action, ActionState
from care_kit.model.results.plan import TO_COST, Plan, PlannedAction
from care_kit.model.results.wording import interval
from care_kit.model.words.french import counted, day, euros, short
from care_kit.tui.views.view import View
from care_kit.tui.wording import Part

OUT_OF_BUDGET = "hors budget"
_MARKS = {ActionState.TO_DO: "[ ]", ActionState.DOING: "[>]", ActionState.DONE: "[x]"}


@dataclass(frozen=True)
class PlanRow:
    """An action; `found` is None as long as it is not simulated, and once the action is done."""

    action: Action
    found: PlannedAction | None = None
    left_out: bool = False

    @property
    def state(self) -> str:
        """A mark and a word."""
        if self.left_out and self.found is not None and self.found.cost is None:
            return f"[-] {TO_COST}"
        if self.left_out:
            return f"[-] {OUT_OF_BUDGET}"
        return f"{_MARKS[self.action.state]} {self.action.state.label}"


def rows(view: View, plan: Plan | None) -> list[PlanRow]:
    """Simulated actions in the order of the plan, then those that are not."""
    kept = [PlanRow(one.action, one) for one in plan.actions] if plan else []
    kept += [PlanRow(one.action, one, True) for one in plan.left_out] if plan else []
    known = {row.action.id for row in kept}
    others = (one for one in view.now.state.actions.values() if one.id not in known)
    return kept + [PlanRow(one) for one in others]


def line(row: PlanRow) -> str:
    """State, points of the index, cost, title."""
    points = f"{row.found.gain.points:+.1f}".replace(".", ",") if row.found else ""
    cost = row.found.cost_told if row.found else ""
    return f"{row.state:<15} {points:>6} {cost:>13}  {row.action.title}"


def card(view: View, row: PlanRow) -> Iterator[Part]:
    """Who, when, how much, what it aims at, what it would change."""
    one = row.action
    yield "", one.title, "bold"
    yield "", f"{row.state} · responsable : {one.owner or 'à désigner'} · {_due(one)}", ""
    yield from _gain(row)
    yield "", f"Coût : {_cost(one)}.", ""
    yield from targets(view, one.levels, one.checks)
    yield "", f"Identifiant : {one.id[:SHORT]}", ""


def _cost(one: Action) -> str:
    if not one.costed:
        return TO_COST
    amounts = (("achat", one.purchase), ("prestation", one.service))
    said = [f"{what} {TO_COST if known is None else euros(known)}" for what, known in amounts]
    return ", ".join((*said, own_days(one.person_days or Decimal(0))))


def own_days(days: Decimal) -> str:
    """Days of the establishment's own people."""
    return f"{short(float(days))} j internes"


def targets(
    view: View, levels: tuple[tuple[str, int], ...], checks: tuple[str, ...]
) -> Iterator[Part]:
    """Levels aimed at beside those retained today, checks closed with their failures."""
    if levels:
        titles = {one.id: one.title for one in view.now.content.indicators}
        yield "", "Niveaux visés :", ""
        for name, level in levels:
            found = view.now.results.get(name)
            today = interval(found.retained) if found else "inconnu"
            yield "- ", f"{name} {titles.get(name, '')} : niveau {today} → {level}", ""
    if checks:
        yield "", "Contrôles clos :", ""
    for name in checks:
        check = view.now.content.checks.get(name)
        failures = sum(one.verdict in FAILED for one in view.by_check.get(name, ()))
        title = check.title if check else "contrôle inconnu"
        yield "- ", f"{name} {title} : {counted(failures, 'échec')} aujourd'hui", ""


def _gain(row: PlanRow) -> Iterator[Part]:
    if row.found is not None:
        for told in row.found.gain.told("Si elle est faite"):
            yield "", told, ""
    elif row.action.state is ActionState.DONE:
        yield "", "Faite : répondez à nouveau et relancez la sonde pour que cela compte.", ""
    else:
        yield "", "Calcul de ce qu'elle changerait…", ""


def _due(one: Action) -> str:
    return f"échéance : {day(one.due) if one.due else 'à fixer'}"
