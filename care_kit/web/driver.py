"""How the application, in its own process, talks to the page. Named in `TEXTUAL_DRIVER`."""

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Protocol, cast

from textual.app import App
from textual.drivers.web_driver import WebDriver


class Leaving(Protocol):
    """What is asked of the application: what it is doing, and to leave properly."""

    stops: Sequence[object]

    async def action_quit(self) -> None:
        """Stop what runs, keep what it read, leave."""


class BrowserDriver(WebDriver):
    """Leaves as the quit key does: when asked to, when left alone, when the server is gone."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._write = partial(_written, self.fileno)
        self._leaving = False

    def run_input_thread(self) -> None:
        """Read to the end of the input: while we are still here, it means the server died."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._leave()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """A word from the server; `idle` says that no key was pressed for long."""
        if packet_type == "quit" or (packet_type == "idle" and not self._application.stops):
            self._leave()
        elif packet_type != "idle":
            super().on_meta(packet_type, payload)

    @property
    def _application(self) -> Leaving:
        return cast(Leaving, self._app)

    def _leave(self) -> None:
        if self._leaving:  # asked to, then the server closed the input
            return
        self._leaving = True
        self._app.call_later(self._application.action_quit)


def _written(descriptor: int, data: bytes) -> int:
    """Write all; nobody reads any more when the server is gone, and we are about to know it."""
    with suppress(BrokenPipeError):
        return os.write(descriptor, data)
    return len(data)
