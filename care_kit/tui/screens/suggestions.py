"""Actions proposed from what is low or failing, taken one by one or all at once."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.widgets import Footer, Static

from care_kit.assessment.plan.suggestions import TARGET, Suggestion, gained, suggestions, taken
from care_kit.dossier.dossier import Dossier
from care_kit.model.results.plan import Gain
from care_kit.model.words.french import counted
from care_kit.tui.cards.plan import targets
from care_kit.tui.messages import Told, WriteAsked
from care_kit.tui.screens.viewing import ViewScreen
from care_kit.tui.shell import keys
from care_kit.tui.views.view import View
from care_kit.tui.widgets.pane import TextPane
from care_kit.tui.widgets.rows import RowList
from care_kit.tui.wording import Part, laid_out, one_line
from care_kit.tui.work.away import away


class SuggestionsScreen(ViewScreen):
    """A page over the plan; what is taken leaves the list."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.SUGGESTIONS]

    class Gained(Message):
        """A worker simulated a suggestion on a view."""

        def __init__(self, view: View, one: Suggestion, found: Gain) -> None:
            super().__init__()
            self.view = view
            self.one = one
            self.found = found

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view
        self._target = TARGET
        self._gains: dict[Suggestion, tuple[str, ...]] = {}
        self._title = Static("", classes="title", markup=False)
        self._list: RowList[Suggestion] = RowList(
            _line,
            "Rien à proposer : aucun indicateur répondu sous ce niveau, aucun échec.",
            name="suggestions",
        )
        self._pane = TextPane(name="suggestion")
        self._status = Static("", id="status", markup=False)

    def compose(self) -> ComposeResult:
        """Title, list, what the current one aims at, messages, keys."""
        yield self._title
        with Container(classes="split"):
            yield self._list
            yield self._pane
        yield self._status
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The first list."""
        self.tell("Entrée : ajouter au plan · t : toutes · 1 à 4 : niveau visé · Échap : fin")
        self.draw()
        self._list.focus()

    def show(self, view: View) -> None:
        """What was taken is gone."""
        self.view = view
        self._gains = {}
        self.draw()

    def on_told(self, message: Told) -> None:
        """Work done away from the screen has something to say."""
        self.tell(message.sentence)

    def tell(self, sentence: str) -> None:
        """Write on the line of messages."""
        self._status.update(laid_out([("", one_line(sentence), "")], self.app.size.width))

    def draw(self) -> None:
        """Look for suggestions again."""
        found = suggestions(self.view.now, self._target)
        count = counted(len(found), "action proposée", "actions proposées")
        self._title.update(f"{count} pour atteindre le niveau {self._target}")
        self._list.show(found)

    @on(RowList.Moved)
    def moved(self) -> None:
        """Show the suggestion under the cursor; simulate it the first time."""
        current, view = self._list.current, self.view
        self._pane.show(self._card(), current)
        if current is not None and current not in self._gains:
            away(self, "gain", lambda: self.Gained(view, current, gained(view.now, current)))

    @on(Gained)
    def gained(self, message: Gained) -> None:
        """Show what it would change, unless the dossier changed meanwhile."""
        if message.view is self.view:
            self._gains[message.one] = message.found.told("Si elle est faite")
            self._pane.show(self._card(), self._list.current)

    @on(RowList.Chosen)
    def take(self) -> None:
        """Enter: add the current one to the plan."""
        if (current := self._list.current) is not None:
            self._take(current)

    def action_take_all(self) -> None:
        """Add them all."""
        if self._list.rows:
            self._take(*self._list.rows)

    def action_target(self, level: int) -> None:
        """Aim at another level."""
        self._target = level
        self.draw()

    def action_leave(self) -> None:
        """Back to the plan."""
        self.dismiss(None)

    def _card(self) -> Iterator[Part]:
        if (current := self._list.current) is None:
            return
        yield "", current.title, "bold"
        for told in self._gains.get(current, ("Calcul de ce qu'elle changerait…",)):
            yield "", told, ""
        yield from targets(self.view, current.levels, current.checks)

    def _take(self, *chosen: Suggestion) -> None:
        def write(dossier: Dossier) -> str:
            dossier.append_all([taken(one) for one in chosen])
            if len(chosen) > 1:
                return f"{len(chosen)} actions ajoutées au plan."
            return f"Action ajoutée : {chosen[0].title}."

        self.post_message(WriteAsked(write))


def _line(one: Suggestion) -> str:
    levels = counted(len(one.levels), "question")
    return f"{levels:<14} {counted(len(one.checks), 'contrôle'):<14} {one.title}"
