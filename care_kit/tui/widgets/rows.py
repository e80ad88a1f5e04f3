"""A list of any length: only the lines in sight are made, so a hundred thousand scroll at once."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from care_kit.model.words.text import printable

T = TypeVar("T")
LONGEST = 600
"""Characters of a row that are looked at: more than any terminal shows on one line."""


class RowList(ScrollView, Generic[T], can_focus=True):
    """Rows of one line each; `>` stands before the current one, whatever the colours."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Ligne précédente", show=False),
        Binding("down,j", "step(1)", "Ligne suivante", show=False),
        Binding("pageup", "page(-1)", "Page précédente", show=False),
        Binding("pagedown", "page(1)", "Page suivante", show=False),
        Binding("home", "step(-1_000_000_000)", "Première ligne", show=False),
        Binding("end", "step(1_000_000_000)", "Dernière ligne", show=False),
        Binding("enter", "choose", "Ouvrir", show=False),
    ]

    class Moved(Message):
        """The current row is another one."""

        def __init__(self, rows: "RowList[T]") -> None:
            super().__init__()
            self.rows = rows

    class Chosen(Message):
        """Enter on a row."""

        def __init__(self, rows: "RowList[T]") -> None:
            super().__init__()
            self.rows = rows

    def __init__(self, line: Callable[[T], str], empty: str, *, name: str) -> None:
        """`line` writes a row (hostile texts are cleaned here); `empty` is told without rows."""
        super().__init__(id=name, classes="rows")
        self._line = line
        self._empty = empty
        self._rows: Sequence[T] = ()
        self._at = 0

    @property
    def rows(self) -> Sequence[T]:
        """What is listed."""
        return self._rows

    @property
    def current(self) -> T | None:
        """The row the cursor stands on."""
        return self._rows[self._at] if self._at < len(self._rows) else None

    def show(self, rows: Sequence[T], empty: str | None = None) -> None:
        """List other rows; the cursor keeps its place in the list as far as it can."""
        self._rows = rows
        self._empty = self._empty if empty is None else empty
        self._at = max(0, min(self._at, len(rows) - 1))
        self.virtual_size = Size(1, len(rows))
        self.refresh()
        self._reveal()
        self.post_message(self.Moved(self))

    def go_to(self, wanted: Callable[[T], bool]) -> None:
        """Stand on the first row that is wanted."""
        found = next((at for at, one in enumerate(self._rows) if wanted(one)), None)
        if found is not None:
            self.action_step(found - self._at)

    def action_step(self, step: int) -> None:
        """Move, and stay within the list."""
        before = self._at
        self._at = max(0, min(self._at + step, len(self._rows) - 1))
        if self._at != before:
            self.refresh()
            self._reveal()
            self.post_message(self.Moved(self))

    def action_page(self, step: int) -> None:
        """Move by what is in sight."""
        self.action_step(step * max(self.scrollable_content_region.height - 1, 1))

    def action_choose(self) -> None:
        """Enter."""
        if self._rows:
            self.post_message(self.Chosen(self))

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if at >= len(self._rows):
            text = f"  {self._empty}" if at == 0 else ""
            return _strip(text, width, self.rich_style)
        here = at == self._at
        text = _flat(self._line(self._rows[at])[:LONGEST])
        style = self.rich_style + Style(reverse=here and self.has_focus, bold=here)
        return _strip(("> " if here else "  ") + text, width, style)

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._reveal()

    def _reveal(self) -> None:
        self.scroll_to_region(Region(0, self._at, 1, 1), animate=False)


def _flat(text: str) -> str:
    """One line, its columns kept."""
    return printable(text).replace("\n", " ").replace("\t", " ")


def _strip(text: str, width: int, style: Style) -> Strip:
    return Strip([Segment(set_cell_size(text, width), style)], width)
