"""What a server says first, and whether an FTP server offers TLS: no password is ever sent."""

from collections.abc import Mapping

from care_kit.probes.exposure import replies, services, smtp
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.pace import Lane
from care_kit.probes.exposure.text import escaped
from care_kit.probes.exposure.wire import Wire, connected

SECONDS = 4.0
MAX_BYTES = 512
GREETING, AUTH_TLS = "greeting", "ftp-auth-tls"
AUTH = b"AUTH TLS\r\n"


def listen(address: Address, port: int, lane: Lane | None = None) -> Mapping[str, str]:
    """Texts by probe id, as `PortFact.scripts` keeps them; empty when the server stays silent."""
    texts: dict[str, str] = {}
    try:
        with connected(address, port, SECONDS, lane) as wire:
            if port in services.FTP_PORTS:
                texts |= _ftp(wire)
            elif line := _line(wire):
                texts[GREETING] = escaped(line)
    except OSError:
        pass  # a silent or broken peer leaves no text, which rules read as "not tested"
    return {name: text for name, text in texts.items() if text}


def _ftp(wire: Wire) -> dict[str, str]:
    """The greeting, which may have many lines, then whether TLS is offered once it has ended."""
    first = replies.receive(wire, smtp.whole)
    if not first:
        return {}
    texts = {GREETING: escaped(first.splitlines()[0])}
    if first.startswith(b"220"):
        wire.send(AUTH)
        texts[AUTH_TLS] = escaped(replies.receive(wire, smtp.whole).split(b"\r\n")[0])
    return texts


def _line(wire: Wire) -> bytes:
    """Bytes up to the first line end, MAX_BYTES, the deadline or the close."""
    data = b""
    while b"\n" not in data and len(data) < MAX_BYTES:
        try:
            more = wire.receive(MAX_BYTES)
        except TimeoutError:
            break
        if not more:
            break
        data += more
        if data.startswith(b"\xff") and len(data) >= 3:
            break  # Telnet negotiation: binary, without a line end
    return data.split(b"\n")[0].strip(b"\r")[:MAX_BYTES]
