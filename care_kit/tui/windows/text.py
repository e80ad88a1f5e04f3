"""A window with a text to read, and perhaps to accept."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from care_kit.tui.widgets.pane import TextPane
from care_kit.tui.wording import Part


class TextScreen(ModalScreen[bool | None]):
    """Returns True on Enter, when `accept` says what that does; None when closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Fermer"),
        Binding("enter", "accept", "Accepter"),
    ]

    def __init__(self, title: str, parts: Iterable[Part], accept: str = "") -> None:
        super().__init__()
        self._title = title
        self._parts = tuple(parts)
        self._accept = accept
        self._pane = TextPane(name="text")

    def compose(self) -> ComposeResult:
        """Title, text, what the keys do."""
        enter = f"Entrée : {self._accept} · " if self._accept else ""
        with Vertical(id="window", classes="tall"):
            yield Static(self._title, classes="title", markup=False)
            yield self._pane
            yield Static(f"{enter}↑ ↓ : lire · Échap : fermer", markup=False)

    def on_mount(self) -> None:
        """The arrows scroll."""
        self._pane.show(self._parts, self._title)
        self._pane.focus()

    def action_accept(self) -> None:
        """Enter."""
        self.dismiss(True if self._accept else None)
