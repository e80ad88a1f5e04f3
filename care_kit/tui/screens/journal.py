"""Who did what, and when; the last event first."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from care_kit.dossier.chain import Record
from care_kit.dossier.labels import LABELS
from care_kit.model.french import counted
from care_kit.tui.event_card import event_card, moment
from care_kit.tui.screens.place import PlaceScreen
from care_kit.tui.screens.reason import ReasonScreen
from care_kit.tui.view import View
from care_kit.tui.widgets.pane import TextPane
from care_kit.tui.widgets.rows import RowList
from care_kit.tui.wording import Part


class JournalScreen(PlaceScreen):
    """The list of events, and what the current one holds."""

    PLACE = "journal"
    HINT: ClassVar[str] = "Entrée : lire · / : chercher · Échap : tout montrer"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._words = ""
        self._summary = Static("", classes="title", markup=False)
        self._list: RowList[Record] = RowList(_line, "Aucun événement.", name="journal")
        self._pane = TextPane(name="event")

    def body(self) -> ComposeResult:
        """How many, the list, the event."""
        yield self._summary
        with Container(classes="split"):
            yield self._list
            yield self._pane

    def start(self) -> None:
        """The keyboard is on the list."""
        self._list.focus()

    def draw(self) -> None:
        """The events that hold every word."""
        records = self.view.dossier.records
        words = self._words.casefold().split()
        kept = [one for one in reversed(records) if all(word in _text(one) for word in words)]
        searched = f" · recherche : « {self._words} »" if self._words else ""
        self._summary.update(
            f"{counted(len(kept), 'événement')} sur {len(records)}, chaîne intègre{searched}"
        )
        self._list.show(kept)

    def help_here(self) -> Iterable[Part]:
        """The event under the cursor."""
        return self._parts()

    @on(RowList.Moved)
    def moved(self) -> None:
        """Show the event under the cursor."""
        self._pane.show(self._parts(), self._list.current)

    @on(RowList.Chosen)
    def read(self) -> None:
        """Enter: the arrows now scroll the text."""
        self._pane.focus()

    def action_filter(self) -> None:
        """Ask for words."""
        window = ReasonScreen(
            "Chercher dans le journal",
            "Mots cherchés dans l'auteur, l'événement, la date et le contenu :",
            lambda _: "",
            self._words,
        )
        self.app.push_screen(window, self._with_words)

    def action_reset(self) -> None:
        """Back to the list; there already, everything again."""
        if not self._list.has_focus:
            self._list.focus()
        else:
            self._with_words("")

    def _with_words(self, words: str | None) -> None:
        if words is not None:
            self._words = words
            self.draw()

    def _parts(self) -> Iterable[Part]:
        current = self._list.current
        return () if current is None else event_card(current)


def _line(one: Record) -> str:
    subject = one.payload.get("indicator") or one.payload.get("check") or ""
    what = f"{LABELS[one.kind]} {subject}".rstrip()
    return f"{one.seq:>5}  {moment(one)}  {what} · {one.author}"


def _text(one: Record) -> str:
    values = " ".join(str(value) for value in one.payload.values())
    return f"{one.author} {LABELS[one.kind]} {moment(one)} {values}".casefold()
