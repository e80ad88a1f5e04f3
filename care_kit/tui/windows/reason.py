"""A small window asking for one line of text: a value, a reason, why a conflict."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static


class ReasonScreen(ModalScreen[str | None]):
    """Returns the text typed once `refused` has no sentence against it, None when given up."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Renoncer")]

    def __init__(
        self, title: str, prompt: str, refused: Callable[[str], str], before: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._prompt = prompt
        self._refused = refused
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
        """Give the text back; when it is refused the window stays and says why."""
        event.stop()
        text = event.value.strip()
        if refusal := self._refused(text):
            self.query_one("#refusal", Static).update(refusal)
        else:
            self.dismiss(text)


def required(refusal: str) -> Callable[[str], str]:
    """Refuses only an empty text."""
    return lambda text: "" if text else refusal
