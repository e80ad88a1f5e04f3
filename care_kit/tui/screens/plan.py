"""The plan: what each action would bring, what it costs, what the budget holds."""

from collections.abc import Callable, Iterable
from dataclasses import astuple
from decimal import Decimal
from typing import ClassVar

from textual import on
from textual.message import Message

from care_kit.assessment.plan.ranking import plan
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.amounts import euros
from care_kit.dossier.entry.planning import TypedAction, planned, typed_again
from care_kit.dossier.journal.events import ActionWithdrawn
from care_kit.model.dossier.money import ActionState
from care_kit.model.results.plan import Plan
from care_kit.model.words.french import counted
from care_kit.model.words.french import euros as in_euros
from care_kit.tui.cards import plan as plan_card
from care_kit.tui.cards.plan import PlanRow
from care_kit.tui.messages import WriteAsked
from care_kit.tui.screens.listing import ListScreen
from care_kit.tui.views.view import View
from care_kit.tui.windows.form import Field, FormScreen
from care_kit.tui.windows.reason import ReasonScreen, required
from care_kit.tui.wording import Part
from care_kit.tui.work.away import away, while_wanted

LABELS = (
    "Intitulé (ce qui sera fait)",
    "Niveaux visés (« CK-GOV-02:3, CK-SAU-01:2 »)",
    "Contrôles clos (identifiants séparés par des virgules)",
    "Responsable",
    "Échéance (JJ/MM/AAAA)",
    "Achat TTC, en euros",
    "Prestation TTC, en euros",
    "Jours internes",
    f"État ({', '.join(one.label for one in ActionState)})",
)


class PlanScreen(ListScreen[PlanRow]):
    """Actions by gain per euro; the simulation runs away from the screen."""

    PLACE = "plan"
    HINT: ClassVar[str] = "n : ajouter · e : changer · s : proposer · b : budget · F1 : aide"
    EMPTY: ClassVar[str] = "Aucune action (touche s : en proposer ; n : en écrire une)."

    class Simulated(Message):
        """A worker has the plan of a view."""

        def __init__(self, view: View, limits: tuple[str, str], found: Plan) -> None:
            super().__init__()
            self.view = view
            self.limits = limits
            self.found = found

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._limits = ("", "")
        self._found: Plan | None = None

    def draw(self) -> None:
        """List the actions, then simulate them."""
        self._found = None
        self._list_rows()
        if self.view.now.state.actions:
            view, limits = self.view, self._limits
            away(self, "plan", lambda: self.Simulated(view, limits, _planned(view, *limits)))

    @on(Simulated)
    def simulated(self, message: Simulated) -> None:
        """Show gains, unless something newer is awaited."""
        if message.view is self.view and message.limits == self._limits:
            self._found = message.found
            self._list_rows()

    def go_to(self, focus: str) -> None:
        """An action by its id."""
        self._list.go_to(lambda row: row.action.id == focus)

    def line(self, row: PlanRow) -> str:
        """State, gain, cost, title."""
        return plan_card.line(row)

    def card(self, row: PlanRow) -> Iterable[Part]:
        """What the action aims at and would change."""
        return plan_card.card(self.view, row)

    def help_here(self) -> Iterable[Part]:
        """The action, then the whole plan."""
        yield from super().help_here()
        if self._found is not None:
            yield "", "", ""
            yield "", "Les actions retenues ensemble", "bold"
            for told in self._found.together.told("Si tout est fait"):
                yield "", told, ""

    def show_card(self) -> None:
        """The action only: the whole is above the list."""
        current = self._list.current
        self._pane.show(() if current is None else self.card(current), current)

    def action_add(self) -> None:
        """Ask for an action."""
        self._ask("Ajouter une action", TypedAction(""), "", "Action ajoutée")

    def action_change(self) -> None:
        """Ask for the current action again."""
        if (row := self._list.current) is not None:
            self._ask("Changer l'action", typed_again(row.action), row.action.id, "Action changée")

    def action_withdraw(self) -> None:
        """Ask why, then withdraw the current action."""
        row = self._list.current
        if row is None:
            return
        action = row.action

        def write(dossier: Dossier, reason: str) -> str:
            dossier.append(ActionWithdrawn(action.id, reason))
            return f"Action retirée : {action.title}."

        def typed(reason: str | None) -> None:
            if reason is not None:
                self.post_message(WriteAsked(lambda dossier: write(dossier, reason)))

        window = ReasonScreen(
            f"Retirer « {action.title} »",
            "Pourquoi ? Le journal garde l'action et ce motif.",
            required("Le retrait d'une action demande un motif."),
        )
        self.app.push_screen(window, typed)

    def action_suggest(self) -> None:
        """The actions proposed, to be taken one by one or all."""
        from care_kit.tui.screens.suggestions import SuggestionsScreen

        self.app.push_screen(SuggestionsScreen(self.view))

    def action_limits(self) -> None:
        """Ask for the budget and the cost of a day."""
        budget, day_cost = self._limits
        fields = (
            Field("Budget, en euros (vide : sans limite)", budget),
            Field("Coût d'un jour interne, en euros (vide : compté à part)", day_cost),
        )
        window = FormScreen("Budget et jours", fields, lambda *texts: [*map(_amount, texts)])

        def typed(texts: tuple[str, ...] | None) -> None:
            if texts is not None:
                self._limits = texts[0], texts[1]
                self.draw()

        self.app.push_screen(window, typed)

    def _ask(self, title: str, before: TypedAction, action_id: str, told: str) -> None:
        fields = [Field(label, text) for label, text in zip(LABELS, astuple(before), strict=True)]
        content = self.view.now.content

        def written(*texts: str) -> Callable[[Dossier], str]:
            event = planned(content, TypedAction(*texts), action_id)

            def write(dossier: Dossier) -> str:
                dossier.append(event)
                return f"{told} : {event.title}."

            return write

        def typed(texts: tuple[str, ...] | None) -> None:
            if texts is not None:
                self.post_message(WriteAsked(written(*texts)))

        self.app.push_screen(FormScreen(title, fields, written), typed)

    def _list_rows(self) -> None:
        stood = self._list.current
        self._list.show(plan_card.rows(self.view, self._found))
        if stood is not None:
            self._list.go_to(lambda row: row.action.id == stood.action.id)
        self.show_card()
        self.summarise(self._counts(), self._together())

    def _counts(self) -> str:
        budget, day_cost = self._limits
        parts = [counted(len(self.view.now.state.actions), "action")]
        if self._found is not None:
            days = plan_card.own_days(self._found.person_days)
            parts += [f"ensemble {self._found.cost_told}", days]
        parts += [f"budget {in_euros(euros(budget))}"] if budget else []
        parts += [f"jour {in_euros(euros(day_cost))}"] if day_cost else []
        return " · ".join(parts)

    def _together(self) -> str:
        if not self.view.now.state.actions:
            return ""
        if self._found is None:
            return "Simulation en cours…"
        return self._found.together.told("Si tout est fait")[0]


def _planned(view: View, budget: str, day_cost: str) -> Plan:
    actions = while_wanted(view.now.state.actions.values())
    return plan(view.now, actions, day_cost=_amount(day_cost), budget=_amount(budget))


def _amount(text: str) -> Decimal | None:
    return euros(text) if text.strip() else None
