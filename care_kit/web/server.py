"""The server: one dossier, a few windows, one browser."""

import asyncio
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp_jinja2
from aiohttp import WSCloseCode, web
from textual_serve.server import Server, to_int

from care_kit.web.address import origin_of
from care_kit.web.entrance import Entrance
from care_kit.web.window import COLUMNS, LINES, Window

WINDOWS = 5
"""Tabs open at once, each with a process of its own."""
IDLE_SECONDS = 30 * 60.0
_PAGE = Path(__file__).parent / "page"
_MESSAGE_BYTES = 1 << 20
_DRIVER = "care_kit.web.driver:BrowserDriver"
_FULL = f"{WINDOWS} fenêtres sont déjà ouvertes : fermez-en une."


@dataclass(frozen=True)
class Served:
    """What is shown: the file, and the name its journal will bear."""

    path: Path
    author: str

    def environment(self) -> dict[str, str]:
        """What the process of a window is told."""
        return {
            "CARE_DOSSIER": str(self.path.absolute()),
            "CARE_AUTHOR": self.author,
            "TEXTUAL_DRIVER": _DRIVER,
            "PYTHONSAFEPATH": "1",  # no program is taken from the current folder
        }


class BrowserServer(Server):
    """textual-serve's server behind our entrance, with our page and our windows."""

    def __init__(
        self, dossier: Served, entrance: Entrance, idle_seconds: float = IDLE_SECONDS
    ) -> None:
        super().__init__(
            command="",
            title=dossier.path.name,
            public_url=entrance.origin,
            templates_path=_PAGE,
        )
        self.entrance = entrance
        self._environment = dossier.environment()
        self._idle_seconds = idle_seconds
        self._open: set[web.WebSocketResponse] = set()

    async def application(self) -> web.Application:
        """What an aiohttp runner serves."""
        inside = await self._make_app()
        inside.router.add_static("/page", _PAGE / "static", name="page")
        return self.entrance.wrap(inside)

    async def on_startup(self, app: web.Application) -> None:
        """Textual-serve prints its banner here; the command has its own words."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Close every window; each ends its own process."""
        closing = (one.close(code=WSCloseCode.GOING_AWAY) for one in [*self._open])
        await asyncio.gather(*closing)

    @aiohttp_jinja2.template("app_index.html")
    async def handle_index(self, request: web.Request) -> dict[str, Any]:
        """The page; it takes nothing from the address but the size of the letters."""
        inside = f"{self.entrance.origin}{self.entrance.room}"
        return {
            "title": self.title,
            "font_size": to_int(request.query.get("fontsize", ""), 16),
            "room": self.entrance.room,
            "websocket": f"{inside.replace('http', 'ws', 1)}/ws",
        }

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A tab: its process lives as long as its websocket."""
        if len(self._open) >= WINDOWS:
            raise web.HTTPServiceUnavailable(text=_FULL)
        websocket = web.WebSocketResponse(heartbeat=15, max_msg_size=_MESSAGE_BYTES)
        self._open.add(websocket)
        try:
            await websocket.prepare(request)
            window = Window(websocket, self.download_manager, self._environment, self._idle_seconds)
            try:
                await window.start(
                    to_int(request.query.get("width", ""), COLUMNS[0]),
                    to_int(request.query.get("height", ""), LINES[0]),
                )
                await self._process_messages(websocket, window)
            finally:
                await window.stop()
        finally:
            self._open.discard(websocket)
        return websocket


def serve(
    dossier: Served,
    listener: socket.socket,
    public_origin: str,
    told: Callable[[str], None],
    failed: Callable[[str], None],
) -> None:
    """Serve until Ctrl+C. `told` gets the one-time link; `failed` a sentence when a request broke.

    `public_origin` is empty, or what the browser shows when a TLS proxy stands in front.
    """
    _quiet(failed)
    asyncio.run(_serve(dossier, listener, Entrance(public_origin or origin_of(listener)), told))


async def _serve(
    dossier: Served, listener: socket.socket, entrance: Entrance, told: Callable[[str], None]
) -> None:
    application = await BrowserServer(dossier, entrance).application()
    # No access log: it would hold the link.
    runner = web.AppRunner(application, access_log=None, handle_signals=False)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        told(entrance.link())
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


class _Sentences(logging.Handler):
    """What the libraries log, as one French sentence: a traceback may quote a request."""

    def __init__(self, failed: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._failed = failed

    def emit(self, record: logging.LogRecord) -> None:
        """Tell the kind of failure only."""
        kind = record.exc_info[0] if record.exc_info else None
        name = kind.__name__ if kind else record.name
        self._failed(f"Une demande du navigateur a échoué ({name}).")


def _quiet(failed: Callable[[str], None]) -> None:
    _only(logging.getLogger("aiohttp"), _Sentences(failed))
    # A process that failed to start has told why in its own sentence.
    _only(logging.getLogger("textual-serve"), logging.NullHandler())


def _only(logger: logging.Logger, handler: logging.Handler) -> None:
    logger.handlers = [handler]
    logger.propagate = False
