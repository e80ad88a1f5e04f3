"""F1: the thing under the cursor first, then the keys as they are today, then the marks."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from care_kit.tui.shell import keys
from care_kit.tui.shell.places import PLACES
from care_kit.tui.wording import Part, laid_out

MARKS = (
    "[ ] sans réponse · [x] répondu · [?] ne sais pas · [~] partiel · [=] mesure équivalente · "
    "[-] non applicable · [!] conflit · * socle (question bloquante) · # commentée · "
    "+ à revoir · 2/6 : deux questions répondues sur six."
)
RESULT = (
    "Niveau : le plus bas niveau retenu parmi les questions du socle. Indice, de 0 à 100 : le "
    "premier nombre compte zéro ce qui est inconnu, le second le compte plein. Couverture : part "
    "des questions répondues ou mesurées. Non appl. : part des questions écartées. s.o. : sans "
    "objet."
)
WORDS = {
    "question_mark": "?",
    "ampersand": "&",
    "quotation_mark": '"',
    "apostrophe": "'",
    "slash": "/",
    "colon": ":",
    "escape": "Échap",
    "right": "→",
    "left": "←",
    "pagedown": "Page suiv.",
    "pageup": "Page préc.",
}
_KEYS_WIDTH = 14


class HelpScreen(ModalScreen[None]):
    """Closes with the key that opened it, Escape, Enter or q."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,q", "dismiss(None)", "Fermer")
    ]

    def __init__(self, here: Iterable[Part], place: str, mine: Mapping[str, str]) -> None:
        """`mine` are the user's own keys, by binding id."""
        super().__init__()
        self._parts = (*here, ("", "", ""), *_keys(place, mine), *_marks())
        self._text = Static(markup=False)

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        with VerticalScroll(id="help") as pane:
            self._pane = pane
            yield self._text
            yield Static("Échap : fermer", markup=False)

    def on_resize(self) -> None:
        """Lines follow the width."""
        width = self._pane.scrollable_content_region.width
        if width:
            self._text.update(laid_out(self._parts, width))


def _keys(place: str, mine: Mapping[str, str]) -> Iterator[Part]:
    if here := keys.BY_PLACE.get(place, ()):
        yield "", "Touches de cet écran", "bold"
        yield from (_line(one, mine) for one in here)
        yield "", "", ""
    yield "", "Touches de partout", "bold"
    yield f"  {'↑ ↓ Entrée':<{_KEYS_WIDTH}}", "Se déplacer, ouvrir ; Page préc. et Page suiv.", ""
    yield f"  {'Tab Échap':<{_KEYS_WIDTH}}", "Changer de volet, revenir à la liste", ""
    yield from (_line(one, mine) for one in keys.APPLICATION)
    for one in PLACES:
        shown = f"g {one.letter}, {one.key.upper()}" if one.key else f"g {one.letter}"
        yield f"  {shown:<{_KEYS_WIDTH}}", one.title, ""


def _line(one: Binding, mine: Mapping[str, str]) -> Part:
    typed = mine.get(one.id or "", one.key).split(",")
    shown = " ".join(_named(key.strip()) for key in typed)
    return f"  {shown:<{_KEYS_WIDTH}}", one.description, ""


def _named(key: str) -> str:
    if re.fullmatch(r"f\d+", key):
        return key.upper()
    return WORDS.get(key, key.replace("ctrl+", "Ctrl+"))


def _marks() -> Iterator[Part]:
    yield "", "", ""
    yield "", "Marques de la liste", "bold"
    yield "  ", MARKS, ""
    yield "", "", ""
    yield "", "Lire le résultat", "bold"
    yield "  ", RESULT, ""
