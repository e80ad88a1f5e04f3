"""One tab of the browser: a child process running `care tui` on the dossier of the server."""

import asyncio
import sys
from asyncio import subprocess
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

STOP_SECONDS = 5.0
"""Between being asked to leave and being ended; the application takes two for a run to stop."""
IDLE_REMINDER_SECONDS = 60.0
"""How often an idle application that is busy measuring is asked again."""
COLUMNS = (20, 500)
LINES = (5, 200)
_COMMAND = (sys.executable, "-m", "care_kit", "tui")


class Window(AppService):
    """The process behind a websocket.

    `environment` says which dossier; nothing of what the browser sends reaches the command.
    """

    def __init__(
        self,
        websocket: web.WebSocketResponse,
        downloads: DownloadManager,
        environment: Mapping[str, str],
        idle_seconds: float,
    ) -> None:
        async def close() -> None:
            await websocket.close()

        super().__init__(
            " ".join(_COMMAND),
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=close,
            download_manager=downloads,
        )
        self._environment = environment
        self._idle_seconds = idle_seconds
        self._heard = self._now()
        self._watch: asyncio.Task[None] | None = None

    async def start(self, width: int, height: int) -> None:
        """Start the process, and watch for silence."""
        await super().start(width, height)
        self._watch = asyncio.create_task(self._watch_silence())

    async def run(self) -> None:
        """Carry what the process shows; when it has ended, for whatever reason, close the tab."""
        with suppress(ConnectionError):  # the browser is gone first
            await super().run()
        await self.remote_close()

    async def stop(self) -> None:
        """Ask the process to leave; end it when it does not."""
        if self._watch is not None:
            self._watch.cancel()
        process = self._process
        if process is None:
            return
        # A timer, not a timeout: textual-serve swallows the cancellation a timeout relies on.
        ending = asyncio.get_running_loop().call_later(STOP_SECONDS, _end, process)
        try:
            await super().stop()
            await process.wait()
        finally:
            ending.cancel()

    async def send_bytes(self, data: bytes) -> bool:
        """Keys and mouse."""
        self._heard = self._now()
        return await super().send_bytes(data)

    async def set_terminal_size(self, width: int, height: int) -> None:
        """The browser's own idea of its size, within reason."""
        await super().set_terminal_size(_within(width, COLUMNS), _within(height, LINES))

    async def _open_app_process(self, width: int = 80, height: int = 24) -> subprocess.Process:
        """Without a shell: the name of a folder is never read as a command."""
        environment = self._build_environment(_within(width, COLUMNS), _within(height, LINES))
        self._process = await asyncio.create_subprocess_exec(
            *_COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**environment, **self._environment},
            **_alone(),
        )
        self._stdin = self._process.stdin
        return self._process

    async def _watch_silence(self) -> None:
        while True:
            silence = self._now() - self._heard
            if silence < self._idle_seconds:
                await asyncio.sleep(self._idle_seconds - silence)
            else:
                await self.send_meta({"type": "idle"})
                await asyncio.sleep(min(IDLE_REMINDER_SECONDS, self._idle_seconds))

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _end(process: subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()


def _within(size: object, bounds: tuple[int, int]) -> int:
    least, most = bounds
    return max(least, min(most, size)) if isinstance(size, int) else least


def _alone() -> dict[str, Any]:
    """A group of its own: Ctrl+C in the terminal is for the server, which asks it to leave."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
