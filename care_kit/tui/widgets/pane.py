"""A text laid out to the width, that scrolls."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from care_kit.tui.wording import Part, laid_out


class TextPane(VerticalScroll, can_focus=True):
    """Shows parts (prefix, text, style); back to the top when they are about another thing."""

    def __init__(self, *, name: str) -> None:
        super().__init__(id=name, classes="pane")
        self._text = Static(markup=False)
        self._parts: tuple[Part, ...] = ()
        self._about: object = None

    def compose(self) -> ComposeResult:
        """One text."""
        yield self._text

    def show(self, parts: Iterable[Part], about: object) -> None:
        """Show parts; `about` is the thing they tell of."""
        if about != self._about:
            self.scroll_home(animate=False)
        self._about = about
        self._parts = tuple(parts)
        self._draw()

    def on_resize(self) -> None:
        """Lines follow the width."""
        self._draw()

    def _draw(self) -> None:
        width = self.scrollable_content_region.width
        if width:
            self._text.update(laid_out(self._parts, width))
