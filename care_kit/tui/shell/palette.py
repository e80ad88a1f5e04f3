"""The command palette, in French."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from textual.app import App
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from care_kit.tui.shell.commands import Command, everything
from care_kit.tui.shell.host import Host

PLACEHOLDER = "Chercher une commande…"
NOTHING = "Aucune commande ne correspond."


def open_on(app: "App[Any]") -> None:
    """Show the palette over what is there."""
    if not CommandPalette.is_open(app):
        app.push_screen(CommandPalette([Commands], placeholder=PLACEHOLDER, id="--command-palette"))


class Commands(Provider):
    """Titles to search; the help under each is the command line."""

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for one in everything():
            yield DiscoveryHit(one.title, self._run(one), help=_line(one))

    async def search(self, query: str) -> Hits:
        """What the words match, or a line saying that nothing does (Textual's is English)."""
        matcher = self.matcher(query)
        none_left = True
        for one in everything():
            score = max(matcher.match(one.title), matcher.match(one.line))
            if score > 0:
                none_left = False
                shown = matcher.highlight(one.title)
                yield Hit(score, shown, self._run(one), text=one.title, help=_line(one))
        if none_left:
            yield Hit(0.1, NOTHING, lambda: None, text=NOTHING)

    def _run(self, one: Command) -> Callable[[], object]:
        return partial(self.app.call_next, cast(Host, self.app).perform, one)


def _line(one: Command) -> str:
    return f"« {one.line} »"
