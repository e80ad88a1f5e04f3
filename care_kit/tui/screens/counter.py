"""At the counter: each value copied in turn, and the documents to attach."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.message import Message

from care_kit.exporters.counter.attachments import Sending, attachments, copied, limit, sendings
from care_kit.exporters.counter.fields import Field as Value
from care_kit.exporters.counter.fields import sheet
from care_kit.model.content.programme import Programme
from care_kit.model.words.french import counted, cut, octets
from care_kit.tui.messages import Told
from care_kit.tui.screens.programme import ProgrammeScreen
from care_kit.tui.views.view import View
from care_kit.tui.windows.form import Field, FormScreen
from care_kit.tui.windows.text import TextScreen
from care_kit.tui.wording import Part
from care_kit.tui.work.away import away

GAP, COPIED, TO_COPY = "[?]", "[x]", "[ ]"
_TOLD = 40
"""Characters of a copied value that are told."""
_COPY_HELP = (
    "La copie passe par le terminal (OSC 52), même à distance. Quelques terminaux la refusent : "
    "sélectionnez alors la valeur affichée ici, ou prenez-la dans « care counter copy »."
)


class CounterScreen(ProgrammeScreen[Value]):
    """The copy sheet; gaps are shown and never copied."""

    PLACE = "counter"
    HINT: ClassVar[str] = "Entrée ou c : copier, puis la suivante · a : pièces à joindre"
    EMPTY: ClassVar[str] = "Préparation de la feuille…"

    class Prepared(Message):
        """A worker has the sheet of a view."""

        def __init__(self, view: View, asked: tuple[str, str], found: tuple[Value, ...]) -> None:
            super().__init__()
            self.view = view
            self.asked = asked
            self.found = found

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._copied: set[tuple[str, str, Value]] = set()

    def draw(self) -> None:
        """Prepare the sheet, away from the screen."""
        programme, view, stage = self.programme, self.view, self._stage
        if programme is None:
            self.summarise("Aucun programme de financement n'est connu.")
            return
        self.summarise(self.heading(programme))

        def prepare() -> Message:
            found = sheet(view.dossier, view.now, programme, stage)
            return self.Prepared(view, (programme.id, stage.value), found)

        away(self, "sheet", prepare)

    @on(Prepared)
    def prepared(self, message: Prepared) -> None:
        """List the fields, unless something newer is awaited."""
        if message.view is self.view and message.asked == self._asked():
            self._list.show(message.found)
            self._summarise()

    def line(self, row: Value) -> str:
        """Mark, label, value."""
        return f"{self._mark(row)} {row.label} : {row.value}"

    def card(self, row: Value) -> Iterator[Part]:
        """The whole value, to be read or selected."""
        yield "", row.label, "bold"
        for line in row.value.splitlines() or [""]:
            yield "", line, ""
        yield "", "", ""
        yield "", f"Clé : {row.key} · {_STATES[self._mark(row)]}", ""

    def help_here(self) -> Iterable[Part]:
        """The field, then how copying works."""
        yield from super().help_here()
        yield "", "", ""
        yield "", _COPY_HELP, ""

    def show_card(self) -> None:
        """The field only."""
        current = self._list.current
        self._pane.show(() if current is None else self.card(current), current)

    def enter(self) -> None:
        """Enter copies."""
        self.action_copy()

    def action_copy(self) -> None:
        """Copy the current value and stand on the next one that can be."""
        current = self._list.current
        if current is None:
            return
        if current.known:
            self.app.copy_to_clipboard(current.value)
            self._copied.add((*self._asked(), current))
            told = f"Copié : {current.label} = « {cut(current.value, _TOLD)} »"
        else:
            told = f"Rien n'est copié : « {current.label} » est à compléter"
        at = self._list.rows.index(current) + 1
        following = next((one for one in self._list.rows[at:] if one.known), None)
        if following is None:
            self.tell(f"{told}. C'était le dernier champ.")
        else:
            self._list.go_to(lambda row: row is following)
            self.tell(f"{told}. Ensuite : {following.label}.")
        self._list.refresh()
        self._summarise()

    def action_attachments(self) -> None:
        """Ask for the size the counter takes, then list the documents, sending by sending."""
        if (programme := self.programme) is None:
            return
        fields = (
            Field("Taille d'un envoi, en mégaoctets"),
            Field("Dossier où copier les envois (vide : les lister seulement)"),
        )

        def found(size: str, _: str) -> tuple[Sending, ...]:
            return sendings(attachments(self.view.now.state, programme), limit(size))

        def typed(texts: tuple[str, ...] | None) -> None:
            if texts is not None:
                self._send(programme, found(*texts), texts[1])

        self.app.push_screen(FormScreen("Pièces à joindre", fields, found), typed)

    def _send(self, programme: Programme, groups: tuple[Sending, ...], to: str) -> None:
        dossier = self.view.dossier

        def copy() -> Message:
            place = copied(dossier, groups, Path(to).expanduser())
            return Told(f"{counted(len(groups), 'envoi copié', 'envois copiés')} dans {place}.")

        if to and groups:
            self.tell("Copie des pièces…")
            away(self, "attachments", copy)
        self.app.push_screen(TextScreen(f"Pièces à joindre : {programme.id}", _sendings(groups)))

    def _asked(self) -> tuple[str, str]:
        return (self.programme.id if self.programme else "", self._stage.value)

    def _mark(self, row: Value) -> str:
        if not row.known:
            return GAP
        return COPIED if (*self._asked(), row) in self._copied else TO_COPY

    def _summarise(self) -> None:
        marks = [self._mark(row) for row in self._list.rows]
        counts = (
            counted(len(marks), "champ"),
            counted(marks.count(COPIED), "copié"),
            f"{marks.count(GAP)} à compléter",
        )
        if self.programme is not None:
            self.summarise(self.heading(self.programme), " · ".join(counts))


_STATES = {GAP: "à compléter, n'est pas copié", COPIED: "copié", TO_COPY: "à copier"}


def _sendings(groups: tuple[Sending, ...]) -> Iterator[Part]:
    if not groups:
        yield "", "Aucune pièce n'est jointe à ce programme (écran des preuves).", ""
    for rank, one in enumerate(groups, 1):
        yield "", f"Envoi {rank} : {octets(one.size)}", "bold"
        for piece in one.pieces:
            yield "- ", f"{piece.name} ({octets(piece.size)}) · {piece.title}", ""
