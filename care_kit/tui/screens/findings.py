"""Every finding, narrowed down by words, verdict, severity and probe, sorted and grouped."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import ProbeKind, Severity, Verdict
from care_kit.tui.cards.finding import finding_card
from care_kit.tui.messages import WriteAsked
from care_kit.tui.screens.place import PlaceScreen
from care_kit.tui.views import sift
from care_kit.tui.views.view import View
from care_kit.tui.widgets.pane import TextPane
from care_kit.tui.widgets.rows import RowList
from care_kit.tui.wording import Part, laid_out, one_line

Choice = TypeVar("Choice", bound=StrEnum)


class FindingsScreen(PlaceScreen):
    """The list, and what the current finding says."""

    PLACE = "findings"
    HINT: ClassVar[str] = "Entrée : lire · b : tous les objets · x : accepter le risque · F1 : aide"

    class Sifted(Message):
        """A worker has the rows of a view."""

        def __init__(self, view: View, rows: list[sift.Row]) -> None:
            super().__init__()
            self.view = view
            self.rows = rows

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._wanted = sift.Wanted()
        self._summary = Static("", classes="title", markup=False)
        self._list: RowList[sift.Row] = RowList(
            lambda row: sift.line(self.view, row), "Lecture des constats…", name="findings"
        )
        self._pane = TextPane(name="finding")

    def body(self) -> ComposeResult:
        """What is kept, the list, the finding."""
        yield self._summary
        with Container(classes="split"):
            yield self._list
            yield self._pane

    def start(self) -> None:
        """The keyboard is on the list."""
        self._list.focus()

    def draw(self) -> None:
        """Sift again, away from the screen."""
        self._tell_summary("…")
        self._sift(self.view, self._wanted)

    @work(thread=True, exclusive=True, group="sift", exit_on_error=False)
    def _sift(self, view: View, wanted: sift.Wanted) -> None:
        worker = get_current_worker()
        rows = sift.sifted(view, wanted, lambda: worker.is_cancelled)
        if rows is not None and not worker.is_cancelled:
            self.post_message(self.Sifted(view, rows))

    @on(Sifted)
    def list_rows(self, found: Sifted) -> None:
        """List what was kept, unless something newer is awaited."""
        if found.view is self.view:
            kept = sum(isinstance(row, Finding) for row in found.rows)
            self._tell_summary(f"{counted(kept, 'constat')} sur {len(self.view.now.findings)}")
            none = "Aucun constat ne correspond." if self.view.now.findings else _NO_READING
            self._list.show(found.rows, none)
            self._show_current()

    @on(RowList.Moved)
    def moved(self) -> None:
        """Show the finding under the cursor."""
        self._show_current()

    @on(RowList.Chosen)
    def read(self) -> None:
        """Enter: the arrows now scroll the text."""
        self._pane.focus()

    def help_here(self) -> Iterable[Part]:
        """The check behind the finding under the cursor."""
        if (current := self._current()) is not None:
            yield from finding_card(self.view, current)

    def action_filter(self) -> None:
        """Ask for words."""
        from care_kit.tui.windows.reason import ReasonScreen

        window = ReasonScreen(
            "Filtrer les constats",
            "Mots cherchés dans le contrôle, la cible, le texte et les objets (rien : tous) :",
            lambda _: "",
            self._wanted.words,
        )
        self.app.push_screen(window, self._with_words)

    def action_verdict(self) -> None:
        """Next verdict, then all of them."""
        self._want(replace(self._wanted, verdict=_next(Verdict, self._wanted.verdict)))

    def action_severity(self) -> None:
        """Next severity, then all of them."""
        self._want(replace(self._wanted, severity=_next(Severity, self._wanted.severity)))

    def action_family(self) -> None:
        """Next probe, then both."""
        self._want(replace(self._wanted, family=_next(ProbeKind, self._wanted.family)))

    def action_sort(self) -> None:
        """Next order."""
        order = _next(sift.Order, self._wanted.order) or sift.Order.GRAVITY
        self._want(replace(self._wanted, order=order))

    def action_group(self) -> None:
        """Next grouping."""
        group = _next(sift.Group, self._wanted.group) or sift.Group.NONE
        self._want(replace(self._wanted, group=group))

    def action_reset(self) -> None:
        """Back to the list; there already, everything again."""
        if not self._list.has_focus:
            self._list.focus()
        else:
            self._want(sift.Wanted(order=self._wanted.order, group=self._wanted.group))

    def action_objects(self) -> None:
        """The whole list of objects of the current finding."""
        from care_kit.tui.windows.find import FindScreen

        current = self._current()
        if current is None or not current.objects:
            self.tell("Ce constat ne nomme aucun objet.")
            return
        named = current.objects

        def matching(typed: str) -> list[str]:
            return [one for one in named if typed.casefold() in one.casefold()]

        title = f"{current.check} : {counted(len(named), 'objet')}"
        window: FindScreen[str] = FindScreen(title, matching, str)
        self.app.push_screen(window)

    def action_accept(self) -> None:
        """Ask why, until when and for which object, then accept the risk."""
        from care_kit.tui.forms.accepting import accept, window

        current = self._current()
        if current is None or current.verdict is not Verdict.FAIL:
            self.tell("Seul un constat en échec s'accepte pour un temps.")
            return

        def typed(texts: tuple[str, ...] | None) -> None:
            if texts is not None:
                self.post_message(WriteAsked(accept(self.view, current.check, *texts)))

        self.app.push_screen(window(self.view, current.check), typed)

    def _with_words(self, words: str | None) -> None:
        if words is not None:
            self._want(replace(self._wanted, words=words))

    def _want(self, wanted: sift.Wanted) -> None:
        self._wanted = wanted
        self.draw()

    def _current(self) -> Finding | None:
        row = self._list.current
        return row if isinstance(row, Finding) else None

    def _show_current(self) -> None:
        row = self._list.current
        if isinstance(row, Finding):
            self._pane.show(finding_card(self.view, row), row)
        else:
            self._pane.show([("", row.text, "bold")] if row else (), row)

    def _tell_summary(self, count: str) -> None:
        wanted = self._wanted
        told = (
            f"{count} · filtre : {wanted.sentence} · tri : {wanted.order} · groupe : {wanted.group}"
        )
        self._summary.update(laid_out([("", one_line(told), "bold")], self.app.size.width))


_NO_READING = "Aucun constat : lancez une sonde (g puis s)."


def _next(choices: type[Choice], current: Choice | None) -> Choice | None:
    """The choice after `current`, None after the last one."""
    everything = list(choices)
    at = everything.index(current) + 1 if current is not None else 0
    return everything[at] if at < len(everything) else None
