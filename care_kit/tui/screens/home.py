"""Where the dossier stands, and what to do now: each line leads to its screen."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.folding.migration import event
from care_kit.dossier.journal.events import EstablishmentCorrected
from care_kit.model.dossier.migration import Migration
from care_kit.tui.cards.migration import migration_card
from care_kit.tui.forms import establishment
from care_kit.tui.messages import PlaceAsked, WriteAsked
from care_kit.tui.screens.place import PlaceScreen
from care_kit.tui.views.todo import MIGRATION, Step, steps
from care_kit.tui.views.view import View
from care_kit.tui.widgets.domains import DomainTable
from care_kit.tui.widgets.rows import RowList
from care_kit.tui.windows.form import FormScreen
from care_kit.tui.windows.text import TextScreen
from care_kit.tui.wording import Part, laid_out


class HomeScreen(PlaceScreen):
    """Domains above, next steps below."""

    PLACE = "home"
    HINT: ClassVar[str] = "Entrée : y aller · g : aller à un écran · : commandes · F1 : aide"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._table = DomainTable()
        self._title = Static("", classes="title", markup=False)
        self._steps: RowList[Step] = RowList(lambda one: one.text, "Rien à faire.", name="steps")

    def body(self) -> ComposeResult:
        """The score of each domain, then what to do."""
        yield self._table
        yield self._title
        yield self._steps

    def start(self) -> None:
        """The keyboard is on the next steps."""
        self._steps.focus()

    def draw(self) -> None:
        """Scores and steps of the present view."""
        todo = steps(self.view)
        self._table.show(self.view)
        self._title.update(laid_out([("", f"À faire maintenant ({len(todo)})", "bold")], 76))
        self._steps.show(todo)

    def help_here(self) -> Iterable[Part]:
        """The step under the cursor."""
        if (step := self._steps.current) is not None:
            yield "", step.text, "bold"
            yield "", step.help, ""

    def go_to(self, focus: str) -> None:
        """The answers to older questions are gone over here."""
        if focus == MIGRATION:
            self.action_migrate()

    def action_migrate(self) -> None:
        """Show what becomes of the answers to older questions, then record it."""
        found = self.view.migration
        if not found.fates:
            self.tell("Toutes les réponses ont été données aux questions en vigueur.")
            return

        def seen(accepted: bool | None) -> None:
            if accepted:
                self.post_message(WriteAsked(lambda dossier: _recorded(dossier, found)))

        accept = "enregistrer" if found.waiting else ""
        window = TextScreen("Le questionnaire a changé", migration_card(found), accept)
        self.app.push_screen(window, seen)

    def action_establishment(self) -> None:
        """Ask who the dossier is about, then record what was corrected."""
        state = self.view.now.state

        def writing(*texts: str) -> EstablishmentCorrected:
            return establishment.written(state, *texts)

        def typed(texts: tuple[str, ...] | None) -> None:
            if texts is not None:
                event = writing(*texts)
                self.post_message(WriteAsked(lambda dossier: _corrected(dossier, event)))

        fields = establishment.fields(state)
        note = "Entités et sites : « care establishment set --from »."
        self.app.push_screen(FormScreen("Établissement", fields, writing, note), typed)

    @on(RowList.Chosen)
    def lead(self) -> None:
        """Go where the step is done."""
        if (step := self._steps.current) is not None:
            self.post_message(PlaceAsked(step.place, step.focus))


def _recorded(dossier: Dossier, found: Migration) -> str:
    dossier.append(event(found))
    return "Enregistré : le journal garde ce qui a été repris, à relire ou gardé."


def _corrected(dossier: Dossier, made: EstablishmentCorrected) -> str:
    dossier.append(made)
    return f"Établissement corrigé : {made.establishment.name}."
