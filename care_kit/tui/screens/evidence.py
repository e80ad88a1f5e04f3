"""The pieces of the dossier: attached by path, with the date they bear, and where they serve."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.message import Message

from care_kit.catalog.subjects import resolve
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_evidence
from care_kit.dossier.entry.pieces import read_document
from care_kit.dossier.entry.readable import PDF
from care_kit.model.dossier.state import Evidence
from care_kit.model.words.errors import InputError
from care_kit.model.words.french import counted, day
from care_kit.tui.cards.evidence import evidence_card
from care_kit.tui.forms.accepting import typed_day
from care_kit.tui.messages import WriteAsked
from care_kit.tui.screens.listing import ListScreen
from care_kit.tui.views.view import View
from care_kit.tui.windows.form import Field, FormScreen
from care_kit.tui.windows.reason import ReasonScreen
from care_kit.tui.wording import Part
from care_kit.tui.work.away import away
from care_kit.tui.work.pdf_preview import Preview, preview


class EvidenceScreen(ListScreen[Evidence]):
    """The list, and the current piece."""

    PLACE = "evidence"
    EMPTY: ClassVar[str] = "Aucune preuve jointe (touche n)."
    HINT: ClassVar[str] = "n : joindre un document · Entrée : lire · / : filtrer · F1 : aide"

    class Previewed(Message):
        """A worker read the beginning of a PDF."""

        def __init__(self, sha512: str, found: Preview) -> None:
            super().__init__()
            self.sha512 = sha512
            self.found = found

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._words = ""
        self._for = ""
        self._previews: dict[str, Preview] = {}

    def line(self, row: Evidence) -> str:
        """Date, title, what it serves."""
        return f"{day(row.effective):<10}  {row.title or row.name} · {', '.join(row.subjects)}"

    def card(self, row: Evidence) -> Iterable[Part]:
        """The piece, and the beginning of its text once it was read."""
        return evidence_card(self.view, row, self._previews.get(row.sha512))

    def draw(self) -> None:
        """The pieces that hold every word."""
        words = self._words.casefold().split()
        everything = tuple(self.view.now.state.evidence.values())
        kept = [one for one in everything if all(word in _text(one) for word in words)]
        searched = f" · filtre : « {self._words} »" if self._words else ""
        self.summarise(f"{counted(len(kept), 'pièce')} sur {len(everything)}{searched}")
        self._list.show(kept)

    def go_to(self, focus: str) -> None:
        """A subject waits for a piece: the next one attached is offered for it."""
        self._for = focus.rpartition(" · ")[2]

    def show_card(self) -> None:
        """The piece under the cursor; a PDF is read once, away from the screen."""
        super().show_card()
        current, dossier = self._list.current, self.view.dossier
        if current is None or current.media_type != PDF or current.sha512 in self._previews:
            return
        digest = current.sha512
        away(self, "preview", lambda: self.Previewed(digest, preview(dossier.blob(digest))))

    @on(Previewed)
    def previewed(self, message: Previewed) -> None:
        """Show it, if its piece is still under the cursor."""
        self._previews[message.sha512] = message.found
        super().show_card()

    def action_filter(self) -> None:
        """Ask for words."""
        window = ReasonScreen(
            "Filtrer les preuves",
            "Mots cherchés dans le nom, le titre et ce que la pièce prouve (rien : toutes) :",
            lambda _: "",
            self._words,
        )
        self.app.push_screen(window, self._with_words)

    def action_attach(self) -> None:
        """Ask which document, for what, of which date; then keep it, and ask for the next one."""
        self._ask(self._for, "")

    def _ask(self, subjects: str, told: str) -> None:
        fields = (
            Field("Chemin du document (PDF, image, bureautique, texte)"),
            Field("Ce qu'il prouve (identifiants, séparés par des virgules)", subjects),
            Field("Date portée par le document (JJ/MM/AAAA ; vide : non datée)"),
            Field("Titre (vide : le nom du fichier)"),
        )

        def typed(texts: tuple[str, ...] | None) -> None:
            if texts is not None:
                path, given, *_ = texts
                self.post_message(WriteAsked(self._joined(*texts)))
                self._ask(given, f"{Path(path).name} est jointe. La suivante, ou Échap : fini.")

        window = FormScreen("Joindre une preuve", fields, self._refused, told)
        self.app.push_screen(window, typed)

    def _refused(self, path: str, subjects: str, *texts: str) -> None:
        self._joined(path, subjects, *texts)
        if not subjects.strip(" ,"):
            raise InputError(
                "La preuve n'est rattachée à rien.",
                "Donnez un indicateur, un objectif ou une pièce attendue (par exemple CK-GOV-02).",
            )
        read_document(Path(path).expanduser())

    def _joined(
        self, path: str, subjects: str, effective: str, title: str
    ) -> Callable[[Dossier], str]:
        """The writing; InputError for an unknown subject or a date that is none."""
        content = self.view.now.content
        names = [resolve(content, one) for one in subjects.split(",") if one.strip()]
        when = typed_day(effective) if effective else None

        def write(dossier: Dossier) -> str:
            event = add_evidence(dossier, Path(path).expanduser(), names, when, title)
            dated = (
                f"datée du {day(when)}" if when else "sans date : elle ne compte pas comme datée"
            )
            return f"{event.name} : jointe pour {', '.join(names)}, {dated}."

        return write

    def _with_words(self, words: str | None) -> None:
        if words is not None:
            self._words = words
            self.draw()


def _text(one: Evidence) -> str:
    return f"{one.name} {one.title} {' '.join(one.subjects)} {one.author}".casefold()
