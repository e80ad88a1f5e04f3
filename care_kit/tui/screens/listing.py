"""A place made of a list and of what the current row says."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Static

from care_kit.tui.screens.place import PlaceScreen
from care_kit.tui.views.view import View
from care_kit.tui.widgets.pane import TextPane
from care_kit.tui.widgets.rows import RowList
from care_kit.tui.wording import Part, laid_out, one_line

T = TypeVar("T")


class ListScreen(PlaceScreen, Generic[T]):
    """A line or two above, the list, the card of the current row."""

    BINDINGS: ClassVar[list[BindingType]] = []  # each screen takes those of its place
    EMPTY: ClassVar[str] = ""
    """What the list says without rows."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._summary = Static("", classes="title", markup=False)
        self._list: RowList[T] = RowList(self.line, self.EMPTY, name=self.PLACE)
        self._pane = TextPane(name=f"{self.PLACE}-card")
        self._above: tuple[str, ...] = ()

    @abstractmethod
    def line(self, row: T) -> str:
        """One row of the list."""

    @abstractmethod
    def card(self, row: T) -> Iterable[Part]:
        """What the pane says of a row."""

    def body(self) -> ComposeResult:
        """The summary, the list, the card."""
        yield self._summary
        with Container(classes="split"):
            yield self._list
            yield self._pane

    def start(self) -> None:
        """The keyboard is on the list."""
        self._list.focus()

    def help_here(self) -> Iterable[Part]:
        """The row under the cursor."""
        current = self._list.current
        return () if current is None else self.card(current)

    def summarise(self, *lines: str) -> None:
        """Write above the list."""
        self._above = lines
        parts = [("", one_line(line), "bold") for line in lines if line]
        self._summary.update(laid_out(parts, self.size.width or self.app.size.width))

    def on_resize(self) -> None:
        """Lines follow the width."""
        self.summarise(*self._above)

    def show_card(self) -> None:
        """Write the card of the current row again."""
        self._pane.show(self.help_here(), self._list.current)

    @on(RowList.Moved)
    def moved(self) -> None:
        """Show the row under the cursor."""
        self.show_card()

    @on(RowList.Chosen)
    def chosen(self) -> None:
        """Enter (Textual runs this and that of a subclass: they change `enter` instead)."""
        self.enter()

    def enter(self) -> None:
        """What Enter does: here, the arrows now scroll the text."""
        self._pane.focus()

    def action_back_to_list(self) -> None:
        """The arrows move in the list again."""
        self._list.focus()
