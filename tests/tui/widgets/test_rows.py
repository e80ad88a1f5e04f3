"""A list of a hundred thousand rows makes only the lines in sight."""

from textual.app import App, ComposeResult

from care_kit.tui.widgets.rows import RowList
from tests.tui.small import screen_lines

MANY = 100_000


class Rows(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.made: list[int] = []
        self.list: RowList[int] = RowList(self.line, "Rien.", name="numbers")

    def line(self, row: int) -> str:
        self.made.append(row)
        return f"ligne {row}"

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.styles.height = "1fr"
        self.list.focus()
        self.list.show(range(MANY))


async def test_only_the_lines_in_sight_are_made() -> None:
    app = Rows()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "end")
        assert screen_lines(app)[-1].startswith("> ligne 99999")
        assert len(set(app.made)) < 100
        await pilot.press("pageup", "home")
        assert screen_lines(app)[0].startswith("> ligne 0")


async def test_a_row_is_one_clean_line_whatever_it_holds() -> None:
    app = Rows()
    app.list = RowList(lambda _: "[b]x[/b]\x1b[31m\n\u202e 漢字" + "é" * 10_000, "", name="numbers")
    async with app.run_test(size=(40, 5)) as pilot:
        await pilot.pause()
        shown = screen_lines(app)
        assert shown[0].startswith("> [b]x[/b][31m  漢字é")
        assert len(shown) == 5


async def test_an_empty_list_says_so() -> None:
    app = Rows()
    async with app.run_test(size=(40, 5)) as pilot:
        app.list.show((), "Aucune ligne.")
        await pilot.press("down", "enter")
        assert "Aucune ligne." in screen_lines(app)[0]
        assert app.list.current is None
