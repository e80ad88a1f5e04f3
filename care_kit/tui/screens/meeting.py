"""One question a page, for a projected workshop: full width, large figures, few words."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Digits, Footer, Static

from care_kit.model.content.questionnaire import Indicator
from care_kit.tui.messages import Told
from care_kit.tui.screens.answering import AnsweringScreen
from care_kit.tui.shell import keys
from care_kit.tui.views.view import View
from care_kit.tui.wording import laid_out, mark, one_line


class MeetingScreen(AnsweringScreen):
    """Returns the id of the last question shown."""

    BINDINGS: ClassVar[list[BindingType]] = keys.at_once("meeting")

    def __init__(self, view: View, asked: Sequence[Indicator], start: Indicator) -> None:
        super().__init__()
        self.view = view
        self._asked = asked
        self._at = next(at for at, one in enumerate(asked) if one.id == start.id)
        self._status = Static("", id="status", markup=False)
        self._page = VerticalScroll(id="page")

    def compose(self) -> ComposeResult:
        """The page, a line of messages, the keys."""
        yield self._page
        yield self._status
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The first page."""
        self.draw()

    def on_resize(self) -> None:
        """Lines follow the width."""
        self.draw()

    def show(self, view: View) -> None:
        """The same page, after an answer."""
        self.view = view
        self.draw()

    def asked(self) -> Indicator:
        """The question of the page."""
        return self._asked[self._at]

    def tell(self, sentence: str) -> None:
        """Write on the line of messages."""
        self._status.update(laid_out([("", one_line(sentence), "")], self.app.size.width))

    def on_told(self, message: Told) -> None:
        """A widget has something to say."""
        self.tell(message.sentence)

    def action_move(self, step: int) -> None:
        """Another page."""
        self._at = max(0, min(self._at + step, len(self._asked) - 1))
        self.tell("")
        self.draw()

    def action_leave(self) -> None:
        """Back to the list, on the question of the page."""
        self.dismiss(self.asked().id)

    def draw(self) -> None:
        """Write the page again."""
        self.run_worker(self._draw(), exclusive=True, group="page")

    async def _draw(self) -> None:
        one = self.asked()
        found = self.view.now.assessment.indicators[one.id]
        width = self.app.size.width - 10
        head = f"{self._at + 1} / {len(self._asked)}   {one.id}   {mark(found)}"
        title = laid_out([("", one.title.upper(), "bold")], width)
        question = laid_out([("", one.question, "")], width)
        rows = [
            _level(level, one.levels[level], found.declared == level, width)
            for level in sorted(one.levels)
        ]
        await self._page.remove_children()
        await self._page.mount(
            Static(one_line(head), markup=False),
            Static(title, classes="gap"),
            Static(question, classes="gap"),
            *rows,
        )
        self._page.scroll_home(animate=False)


def _level(level: int, sentence: str, chosen: bool, width: int) -> Horizontal:
    text = laid_out([("", sentence, "bold" if chosen else "")], width - 12)
    return Horizontal(
        Static("(*)" if chosen else "( )", classes="choice", markup=False),
        Digits(str(level), classes="figure"),
        Static(text, classes="sentence"),
        classes="level",
    )
