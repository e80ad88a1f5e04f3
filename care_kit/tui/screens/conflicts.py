"""Copies brought together: what one would bring, and what two of them say differently."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.message import Message

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry import merging
from care_kit.dossier.entry.merging import Coming
from care_kit.model.dossier.state import Candidate, Dispute
from care_kit.model.words.french import counted
from care_kit.tui.cards.copies import coming_card, dispute_card
from care_kit.tui.messages import Told, WriteAsked
from care_kit.tui.screens.listing import ListScreen
from care_kit.tui.windows.menu import Choice, MenuScreen
from care_kit.tui.windows.reason import ReasonScreen, required
from care_kit.tui.windows.text import TextScreen
from care_kit.tui.wording import Part
from care_kit.tui.work.away import away


class ConflictsScreen(ListScreen[Dispute]):
    """The conflicts, each ended by Enter then the number of a word; « n » merges a copy."""

    PLACE = "conflicts"
    HINT: ClassVar[str] = "Entrée : choisir le mot à garder · n : fusionner une copie"
    EMPTY: ClassVar[str] = "Aucun conflit entre copies."

    class Looked(Message):
        """A worker looked at a copy."""

        def __init__(self, path: Path, coming: Coming) -> None:
            super().__init__()
            self.path = path
            self.coming = coming

    def draw(self) -> None:
        """The conflicts that stand."""
        found = self.view.now.state.disputes
        self._list.show(found)
        self.show_card()
        self.summarise(f"{counted(len(found), 'conflit')} entre copies")

    def line(self, row: Dispute) -> str:
        """What it is about, how many words."""
        return f"{counted(len(row.candidates), 'mot'):<8} {row.title}"

    def card(self, row: Dispute) -> Iterator[Part]:
        """Each word, its author, its date."""
        return dispute_card(row)

    def enter(self) -> None:
        """Enter, then the number of the word to keep."""
        if (dispute := self._list.current) is None:
            return
        each = dict(enumerate(dispute.candidates[:9], 1))

        def chosen(number: str | None) -> None:
            if number is not None:
                self._end(dispute, each[int(number)])

        choices = [
            Choice(str(number), f"{one.told}, par {one.author} le {one.at:%d/%m/%Y}", str(number))
            for number, one in each.items()
        ]
        self.app.push_screen(MenuScreen(f"Garder, {dispute.title} :", choices), chosen)

    def action_merge(self) -> None:
        """Ask for a copy, then show what it would bring."""
        dossier = self.view.dossier

        def typed(text: str | None) -> None:
            if text is not None:
                path = Path(text).expanduser()
                self.tell("Lecture de la copie…")
                away(self, "copy", lambda: self._looked(dossier, path))

        window = ReasonScreen(
            "Fusionner une copie de ce dossier",
            "Fichier .care qui revient :",
            required("Donnez le chemin de la copie."),
        )
        self.app.push_screen(window, typed)

    @on(Looked)
    def looked(self, message: Looked) -> None:
        """Show what would come; Enter merges."""
        path, coming = message.path, message.coming
        self.post_message(Told(self.HINT))

        def seen(accepted: bool | None) -> None:
            if accepted:
                self.post_message(WriteAsked(lambda dossier: _merged(dossier, path, coming)))

        accept = "fusionner" if coming.records else ""
        if self.is_current:
            self.app.push_screen(TextScreen(path.name, coming_card(coming), accept), seen)

    def _looked(self, dossier: Dossier, path: Path) -> Message:
        merging.refuse_itself(dossier.path, path)
        with merging.opened_copy(path) as copy:
            return self.Looked(path, merging.look(dossier, copy))

    def _end(self, dispute: Dispute, kept: Candidate) -> None:
        def write(dossier: Dossier) -> str:
            dossier.append_all(merging.ending(dossier, dispute, kept))
            return f"Conflit clos, {dispute.title} : {kept.told}."

        self.post_message(WriteAsked(write))


def _merged(dossier: Dossier, path: Path, coming: Coming) -> str:
    with merging.opened_copy(path) as copy:
        merging.merge(dossier, copy, coming)
    return f"Copie fusionnée : {counted(len(coming.records), 'événement')} de plus."
