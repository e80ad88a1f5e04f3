"""Who did what, and when; the last event first."""

from collections.abc import Iterable
from typing import ClassVar

from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.graph import backwards, told_backwards
from care_kit.dossier.journal.labels import LABELS
from care_kit.model.words.french import counted
from care_kit.tui.cards.event import event_card, moment
from care_kit.tui.screens.listing import ListScreen
from care_kit.tui.views.view import View
from care_kit.tui.windows.reason import ReasonScreen
from care_kit.tui.wording import Part


class JournalScreen(ListScreen[Record]):
    """The list of events, and what the current one holds."""

    PLACE = "journal"
    EMPTY: ClassVar[str] = "Aucun événement."
    HINT: ClassVar[str] = "Entrée : lire · / : chercher · Échap : tout montrer"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._words = ""
        self._ranks: dict[str, int] = {}

    def line(self, row: Record) -> str:
        """Number, moment, what, who."""
        subject = row.payload.get("indicator") or row.payload.get("check") or ""
        what = f"{LABELS[row.kind]} {subject}".rstrip()
        return f"{self._ranks[row.hash]:>5}  {moment(row)}  {what} · {row.author}"

    def card(self, row: Record) -> Iterable[Part]:
        """The event."""
        return event_card(row, self._ranks[row.hash])

    def draw(self) -> None:
        """The events that hold every word."""
        records = self.view.dossier.records
        self._ranks = {one.hash: rank for rank, one in enumerate(records, 1)}
        words = self._words.casefold().split()
        kept = [one for one in reversed(records) if all(word in _text(one) for word in words)]
        searched = f" · recherche : « {self._words} »" if self._words else ""
        found = counted(len(kept), "événement")
        self.summarise(
            f"{found} sur {len(records)}, chaîne intègre{searched}",
            told_backwards(backwards(records)),
        )
        self._list.show(kept)

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


def _text(one: Record) -> str:
    values = " ".join(str(value) for value in one.payload.values())
    return f"{one.author} {LABELS[one.kind]} {moment(one)} {values}".casefold()
