"""A real server on a free port of the loopback, and a client that behaves as told."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import (
    ClientResponse,
    ClientSession,
    ClientWebSocketResponse,
    DummyCookieJar,
    WSMsgType,
    web,
)

from care_kit.dossier.dossier import Dossier
from care_kit.web.address import LOOPBACK, listening, origin_of
from care_kit.web.entrance import COOKIE, Entrance
from care_kit.web.server import BrowserServer, Served


@dataclass
class Service:
    """A running server and a session that keeps no cookie by itself."""

    origin: str
    link: str
    room: str
    session: ClientSession

    async def get(self, path: str, key: str = "", **headers: str) -> ClientResponse:
        """Ask for a path of the server, with the cookie when one is given."""
        cookie = {"Cookie": f"{COOKIE}={key}"} if key else {}
        return await self.session.get(
            f"{self.origin}{path}", headers={**cookie, **headers}, allow_redirects=False
        )

    async def log_in(self) -> str:
        """Use the link; the value of the cookie."""
        async with self.session.get(self.link) as answer:
            assert answer.status == 200, await answer.text()
            return answer.cookies[COOKIE].value

    async def websocket(
        self, key: str, origin: str | None = None, query: str = ""
    ) -> ClientWebSocketResponse:
        """Open a window as the page does; WSServerHandshakeError when refused."""
        return await self.session.ws_connect(
            f"{self.origin}{self.room}/ws?width=100&height=30{query}",
            headers={"Cookie": f"{COOKIE}={key}"},
            origin=self.origin if origin is None else origin or None,
        )


async def shown(websocket: ClientWebSocketResponse, wanted: str, seconds: float = 20) -> str:
    """What the window drew, without escape sequences, once it holds `wanted`."""
    drawn = ""
    while wanted not in drawn:
        message = await websocket.receive(timeout=seconds)
        assert isinstance(message.data, bytes), f"closed before « {wanted} »: {drawn!r}"
        drawn += re.sub(r"\x1b\[[?\d;]*[A-Za-z]", "", message.data.decode().replace("\u00a0", " "))
    return drawn


async def closed(websocket: ClientWebSocketResponse, seconds: float = 15) -> bool:
    """Read what is left until the server closes; TimeoutError when it does not."""
    while True:
        message = await websocket.receive(timeout=seconds)
        if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED):
            return True


@pytest.fixture
def idle_seconds() -> float:
    """After how long a window is closed; a test may give its own."""
    return 60


@pytest.fixture
async def service(dossier: Dossier, idle_seconds: float) -> AsyncIterator[Service]:
    """`care web` on a dossier nobody else has open, without the command around it."""
    dossier.close()
    async with served(dossier.path, idle_seconds) as running:
        yield running


@pytest.fixture
async def behind_tls(dossier: Dossier) -> AsyncIterator[Service]:
    """The same, told that a TLS proxy stands in front."""
    dossier.close()
    async with served(dossier.path, public="https://care.hopital.example") as running:
        yield running


@asynccontextmanager
async def served(path: Path, idle_seconds: float = 60, public: str = "") -> AsyncIterator[Service]:
    """The server on a dossier file; `public` is the name a TLS proxy gives it."""
    listener = listening(LOOPBACK, 0, without_tls=False)
    origin = origin_of(listener)
    entrance = Entrance(public or origin)
    server = BrowserServer(Served(path, "Camille Testeur"), entrance, idle_seconds)
    runner = web.AppRunner(await server.application(), access_log=None)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    try:
        async with ClientSession(cookie_jar=DummyCookieJar()) as session:
            yield Service(origin, entrance.link(), entrance.room, session)
    finally:
        await runner.cleanup()
