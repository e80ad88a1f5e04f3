"""The pane on the right: one question, or a domain."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from care_kit.tui.cards import question as card
from care_kit.tui.views.order import Entry
from care_kit.tui.views.view import View
from care_kit.tui.wording import laid_out


class QuestionPane(VerticalScroll, can_focus=True):
    """Shows an entry of the tree; scrolls when the text is longer than the screen."""

    def __init__(self) -> None:
        super().__init__(id="question")
        self._text = Static(markup=False)
        self._shown: tuple[View, Entry] | None = None

    def compose(self) -> ComposeResult:
        """One text."""
        yield self._text

    def show(self, view: View, entry: Entry) -> None:
        """Show a question or a domain, from its top when it is another one."""
        if self._shown is None or self._shown[1].id != entry.id:
            self.scroll_home(animate=False)
        self._shown = view, entry
        self._draw()

    def on_resize(self) -> None:
        """Lines follow the width."""
        self._draw()

    def _draw(self) -> None:
        width = self.scrollable_content_region.width
        if self._shown is not None and width:
            view, entry = self._shown
            self._text.update(laid_out(card.of(view, entry), width))
