"""One GET: status, raw headers and title, without following anything."""

import http.client
import io
import re
import socket
import ssl
from dataclasses import replace
from typing import cast

import care_kit
from care_kit.model.facts.exposure import HttpFact, Outcome
from care_kit.probes.exposure import services
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.pace import Lane
from care_kit.probes.exposure.text import clean, clean_lines
from care_kit.probes.exposure.tls import handshake
from care_kit.probes.exposure.wire import Wire, connected

SECONDS = 8.0
MAX_BYTES = 16_384  # headers and title: more would only cost packets
MAX_HEADERS = 100
MAX_TEXT = 4000
USER_AGENT = f"care-kit/{care_kit.__version__} (auto-controle autorise)"

_TITLE = re.compile(rb"<title[^>]{0,200}>(.{0,400}?)</title", re.IGNORECASE | re.DOTALL)
GIT_HEAD = "/.git/HEAD"
_GIT = re.compile(rb"\s*(?:[0-9a-f]+\r\n)?(?:ref: refs/|[0-9a-f]{40}\s*$)")
_HOST = re.compile(r"[A-Za-z0-9.:\-\[\]]{1,253}")


class _Recorded:
    """What http.client needs of a socket, over bytes already received."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


def look(
    host: str,
    address: Address,
    port: int,
    lane: Lane,
    *,
    tls: bool,
    path: str = "/",
    method: str = "GET",
    origin: str = "",
) -> HttpFact:
    """Ask the page at its turn; UNKNOWN whenever no readable answer came back."""
    asked = HttpFact(
        host, str(address), port, tls, Outcome.UNKNOWN, path=path, method=method, origin=origin
    )

    try:
        with lane.page(), connected(address, port, SECONDS, lane) as wire:
            if tls:
                with handshake(wire, host) as secure:
                    wire.sock = secure
                    data = exchange(wire, host, path, method, origin)
            else:
                data = exchange(wire, host, path, method, origin)
        return _parsed(replace(asked, outcome=Outcome.ACCEPTED), data)
    except TimeoutError:
        return replace(asked, detail="délai dépassé")
    except (OSError, ValueError, http.client.HTTPException) as cause:
        return replace(asked, detail=clean(str(cause)) or type(cause).__name__)


def exchange(wire: Wire, host: str, path: str, method: str = "GET", origin: str = "") -> bytes:
    """Bytes of the answer, cut at MAX_BYTES or at the deadline once headers are complete."""
    wire.send(_request(host, path, method, origin))
    data = b""
    while len(data) < MAX_BYTES:
        try:
            more = wire.receive()
        except (TimeoutError, ssl.SSLError, ConnectionError):
            if b"\r\n\r\n" not in data:
                raise
            break
        if not more:
            break
        data += more
        if _is_whole(data, method):
            break
    return data[:MAX_BYTES]


def _request(host: str, path: str, method: str, origin: str) -> bytes:
    if not _HOST.fullmatch(host):
        raise ValueError("nom d'hôte inutilisable")
    shown = f"[{host}]" if ":" in host else host
    lines = (
        f"{method} {path} HTTP/1.1",
        f"Host: {shown}",
        f"User-Agent: {USER_AGENT}",
        "Accept: text/html, */*;q=0.1",
        *((f"Origin: {origin}",) if origin else ()),
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def body_of(data: bytes) -> tuple[int, bytes]:
    """Status and body of an answer, transfer coding undone; HTTPException when it was cut."""
    response = http.client.HTTPResponse(cast(socket.socket, _Recorded(data)), method="GET")
    response.begin()
    return response.status, response.read()


def _is_whole(data: bytes, method: str) -> bool:
    """Whether a declared length has come, for servers that do not close when asked."""
    head, separator, body = data.partition(b"\r\n\r\n")
    if not separator or method == "HEAD":
        return bool(separator)
    length = re.search(rb"(?im)^content-length:\s*(\d{1,9})\s*$", head)
    return length is not None and len(body) >= int(length[1])


def _parsed(asked: HttpFact, data: bytes) -> HttpFact:
    """The fact completed with what was answered; a page's body is not kept beyond its title."""
    response = http.client.HTTPResponse(cast(socket.socket, _Recorded(data)), method=asked.method)
    response.begin()
    body = data.partition(b"\r\n\r\n")[2]
    title = _TITLE.search(body)
    readable = asked.path in services.TEXT_PATHS and response.status == 200
    return replace(
        asked,
        status=response.status,
        headers=tuple(
            (clean(key, 100), clean(value, 1000))
            for key, value in response.getheaders()[:MAX_HEADERS]
        ),
        title=clean(title[1], 120) if title else "",
        text=clean_lines(_unchunked(response, body), MAX_TEXT) if readable else _mark(asked, body),
    )


def _mark(asked: HttpFact, body: bytes) -> str:
    """What kind of `.git/HEAD` this is ("ref:" or "sha"), empty when it is not one."""
    if asked.path != GIT_HEAD:
        return ""
    found = _GIT.match(body)
    return ("ref:" if found[0].startswith(b"ref:") else "sha") if found else ""


def _unchunked(response: http.client.HTTPResponse, body: bytes) -> bytes:
    """The text itself, whatever the transfer coding; what came when it was cut short."""
    try:
        return response.read(MAX_TEXT)
    except (http.client.HTTPException, ValueError):
        return body[:MAX_TEXT]
