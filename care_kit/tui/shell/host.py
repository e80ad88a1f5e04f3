"""What the application offers to what it holds, so that nothing below imports it."""

from collections.abc import Callable
from typing import Protocol

from care_kit.tui.shell.commands import Command


class Host(Protocol):
    """The application, seen from a screen or from the palette."""

    stops: list[Callable[[], None]]
    """What stops the work in progress when the application is left."""

    def action_help_quit(self) -> None:
        """Tell how to leave."""

    async def perform(self, command: Command) -> None:
        """Do what an entry of the palette says."""
