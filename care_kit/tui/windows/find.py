"""A window where words narrow a list down to the thing wanted."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from care_kit.tui.widgets.rows import RowList

T = TypeVar("T")


class FindScreen(ModalScreen[T | None], Generic[T]):
    """Returns the row chosen, None when given up; the arrows work while typing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Renoncer"),
        Binding("down", "step(1)", "Suivant"),
        Binding("up", "step(-1)", "Précédent"),
    ]

    def __init__(
        self, title: str, found: Callable[[str], Sequence[T]], line: Callable[[T], str]
    ) -> None:
        """`found` gives the rows for what is typed."""
        super().__init__()
        self._title = title
        self._found = found
        self._list: RowList[T] = RowList(line, "Rien ne correspond.", name="found")

    def compose(self) -> ComposeResult:
        """One field, then what matches it."""
        with Vertical(id="window", classes="tall"):
            yield Static(self._title, classes="title", markup=False)
            yield Input(id="reason")
            yield self._list
            yield Static("↑ ↓ : choisir · Entrée : y aller · Échap : renoncer", markup=False)

    def on_mount(self) -> None:
        """Everything, before a word is typed."""
        self._list.show(self._found(""))

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """List what matches."""
        event.stop()
        self._list.show(self._found(event.value))

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """Enter: the current row."""
        event.stop()
        if self._list.current is not None:
            self.dismiss(self._list.current)

    @on(RowList.Chosen)
    def chosen(self, event: "RowList.Chosen") -> None:
        """Enter on the list itself."""
        event.stop()
        self.dismiss(self._list.current)

    def action_step(self, step: int) -> None:
        """Another row."""
        self._list.action_step(step)
