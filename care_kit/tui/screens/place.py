"""What every place has: header, body, line of messages, keys."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Footer, Static

from care_kit.tui.messages import Told
from care_kit.tui.screens.viewing import ViewScreen
from care_kit.tui.shell import keys
from care_kit.tui.shell.places import place
from care_kit.tui.views.view import View
from care_kit.tui.widgets.header import HeaderLine
from care_kit.tui.wording import Part, laid_out, one_line


class PlaceScreen(ViewScreen):
    """Shows a view; asks the application, by messages, for what changes it."""

    PLACE: ClassVar[str] = ""
    HINT: ClassVar[str] = ""
    """What the line of messages says when there is nothing to tell."""

    def __init_subclass__(cls) -> None:
        """The keys of the place are in the table of keys."""
        if "BINDINGS" not in vars(cls):
            cls.BINDINGS = keys.at_once(cls.PLACE)
        super().__init_subclass__()

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view
        self._drawn: View | None = None
        self._header = HeaderLine(place(self.PLACE).title)
        self._status = Static("", id="status", markup=False)

    def compose(self) -> ComposeResult:
        """Header, body, messages, keys."""
        yield self._header
        yield from self.body()
        yield self._status
        yield Footer(show_command_palette=False)

    @abstractmethod
    def body(self) -> ComposeResult:
        """What stands between the header and the line of messages."""

    @abstractmethod
    def draw(self) -> None:
        """Show `self.view`."""

    def help_here(self) -> Iterable[Part]:
        """What F1 tells about the thing under the cursor."""
        return ()

    def go_to(self, focus: str) -> None:
        """Stand on the thing named `focus`; unknown names change nothing."""

    def show(self, view: View) -> None:
        """Show another view, at once when the screen is in sight, else when it comes back."""
        self.view = view
        if self in self.app.screen_stack:
            self.refresh_view()

    def refresh_view(self) -> None:
        """Draw, unless this very view is on the screen already."""
        if self._drawn is not self.view and self.is_mounted:
            self._drawn = self.view
            self._header.show(self.view.now.state.establishment.name)
            self.draw()

    def on_mount(self) -> None:
        """First drawing."""
        self.tell(self.HINT)
        self.refresh_view()
        self.start()

    def start(self) -> None:
        """Once, after the first drawing: where the keyboard is."""

    def on_screen_resume(self) -> None:
        """What changed meanwhile is drawn on coming back."""
        self.refresh_view()

    def tell(self, sentence: str) -> None:
        """Write on the line of messages."""
        width = self.size.width or self.app.size.width
        self._status.update(laid_out([("", one_line(sentence), "")], width))

    def on_told(self, message: Told) -> None:
        """A widget has something to say."""
        message.stop()
        self.tell(message.sentence)
