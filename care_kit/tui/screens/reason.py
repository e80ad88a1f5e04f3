"""A small window asking for one line of text: why not applicable, why a conflict."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static


class ReasonScreen(ModalScreen[str | None]):
    """Returns the text typed, never empty, or None when the person gave up."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Renoncer")]

    def __init__(self, title: str, prompt: str, refusal: str, before: str = "") -> None:
        super().__init__()
        self._title = title
        self._prompt = prompt
        self._refusal = refusal
        self._before = before

    def compose(self) -> ComposeResult:
        """Title, prompt, one field, and the line where a refusal is told."""
        with Vertical(id="window"):
            yield Static(self._title, classes="title", markup=False)
            yield Static(self._prompt, markup=False)
            yield Input(self._before, id="reason")
            yield Static("", id="refusal", markup=False)
            yield Static("Entrée : enregistrer · Échap : renoncer", markup=False)

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """Give the text back; an empty one is refused and the window stays."""
        event.stop()
        if event.value.strip():
            self.dismiss(event.value.strip())
        else:
            self.query_one("#refusal", Static).update(self._refusal)
