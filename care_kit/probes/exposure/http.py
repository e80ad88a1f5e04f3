"""One GET: status, raw headers and title, without following anything."""

import http.client
import io
import re
import socket
import ssl
import time
from dataclasses import replace
from typing import cast

import care_kit
from care_kit.model.exposure_facts import HttpFact, Outcome
from care_kit.probes.exposure import services
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.text import clean, clean_lines
from care_kit.probes.exposure.tls import handshake
from care_kit.probes.exposure.wire import Wire, connected

SECONDS = 8.0
MAX_BYTES = 65_536
MAX_HEADERS = 100
MAX_TEXT = 4000
USER_AGENT = f"care-kit/{care_kit.__version__} (auto-controle autorise)"

_TITLE = re.compile(rb"<title[^>]{0,200}>(.{0,400}?)</title", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"[A-Za-z0-9.:\-\[\]]{1,253}")


class _Recorded:
    """What http.client needs of a socket, over bytes already received."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


def look(
    host: str, address: Address, port: int, *, tls: bool, delay: float, path: str = "/"
) -> HttpFact:
    """Ask the page after `delay` seconds; UNKNOWN whenever no readable answer came back."""

    def unknown(detail: str) -> HttpFact:
        return HttpFact(host, str(address), port, tls, Outcome.UNKNOWN, detail=detail, path=path)

    time.sleep(delay)
    try:
        with connected(address, port, SECONDS) as wire:
            if tls:
                with handshake(wire, host) as secure:
                    wire.sock = secure
                    data = _exchange(wire, host, path)
            else:
                data = _exchange(wire, host, path)
        return _parsed(HttpFact(host, str(address), port, tls, Outcome.ACCEPTED, path=path), data)
    except TimeoutError:
        return unknown("délai dépassé")
    except (OSError, ValueError, http.client.HTTPException) as cause:
        return unknown(clean(str(cause)) or type(cause).__name__)


def _exchange(wire: Wire, host: str, path: str) -> bytes:
    """Bytes of the answer, cut at MAX_BYTES or at the deadline once headers are complete."""
    wire.send(_request(host, path))
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
        if _is_whole(data):
            break
    return data[:MAX_BYTES]


def _request(host: str, path: str) -> bytes:
    if not _HOST.fullmatch(host):
        raise ValueError("nom d'hôte inutilisable")
    shown = f"[{host}]" if ":" in host else host
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: {shown}",
        f"User-Agent: {USER_AGENT}",
        "Accept: text/html, */*;q=0.1",
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _is_whole(data: bytes) -> bool:
    """Whether a declared length has come, for servers that do not close when asked."""
    head, separator, body = data.partition(b"\r\n\r\n")
    if not separator:
        return False
    length = re.search(rb"(?im)^content-length:\s*(\d{1,9})\s*$", head)
    return length is not None and len(body) >= int(length[1])


def _parsed(asked: HttpFact, data: bytes) -> HttpFact:
    """The fact completed with what was answered; a page's body is not kept beyond its title."""
    response = http.client.HTTPResponse(cast(socket.socket, _Recorded(data)), method="GET")
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
        text=clean_lines(_unchunked(response, body), MAX_TEXT) if readable else "",
    )


def _unchunked(response: http.client.HTTPResponse, body: bytes) -> bytes:
    """The text itself, whatever the transfer coding; what came when it was cut short."""
    try:
        return response.read(MAX_TEXT)
    except (http.client.HTTPException, ValueError):
        return body[:MAX_TEXT]
