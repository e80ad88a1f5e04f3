"""A small window of choices, each under a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from care_kit.tui.wording import one_line


@dataclass(frozen=True)
class Choice:
    """`value` is what the window returns once `letter` is pressed."""

    letter: str
    text: str
    value: str


class MenuScreen(ModalScreen[str | None]):
    """Returns the value chosen, None when given up."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Renoncer")]

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title = title
        self._choices = {one.letter: one for one in choices}

    def compose(self) -> ComposeResult:
        """One line per choice."""
        with VerticalScroll(id="window"):
            yield Static(self._title, classes="title", markup=False)
            for one in self._choices.values():
                yield Static(f"  {one.letter}  {one_line(one.text)}", markup=False)
            yield Static("Échap : renoncer", markup=False)

    def on_key(self, event: Key) -> None:
        """A letter chooses."""
        chosen = self._choices.get(event.character or "")
        if chosen is not None:
            event.stop()
            self.dismiss(chosen.value)
