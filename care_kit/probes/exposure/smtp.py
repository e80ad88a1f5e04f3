"""What a mail relay offers: its greeting, one EHLO, then QUIT. No message, no recipient."""

import re

from care_kit.probes.exposure import replies
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.pace import Lane
from care_kit.probes.exposure.wire import Wire, connected

SECONDS = 8.0
EHLO = "smtp-ehlo"
HELLO, STARTTLS, QUIT = b"EHLO care-kit.invalid\r\n", b"STARTTLS\r\n", b"QUIT\r\n"
_OFFERED = re.compile(r"^250[ -]STARTTLS\s*$", re.MULTILINE | re.IGNORECASE)


def hello(address: Address, port: int, lane: Lane | None = None) -> dict[str, str]:
    """The relay's answer to EHLO, one extension per line; empty when it is not a full answer."""
    try:
        with connected(address, port, SECONDS, lane) as wire:
            answer = greeted(wire)
            if answer:
                wire.send(QUIT)
    except OSError:
        return {}
    return {EHLO: replies.shown(answer)} if answer else {}


def offers(texts: str) -> bool:
    """Whether the answer to EHLO proposes STARTTLS."""
    return _OFFERED.search(texts) is not None


def secure(wire: Wire) -> bool:
    """Ask for TLS (RFC 3207); whether the relay is ready for it."""
    if not greeted(wire):
        return False
    wire.send(STARTTLS)
    return replies.receive(wire, whole).startswith(b"220")


def greeted(wire: Wire) -> bytes:
    """The answer to EHLO; empty when the relay does not greet."""
    if not replies.receive(wire, whole).startswith(b"220"):
        return b""
    wire.send(HELLO)
    return replies.receive(wire, whole)


def whole(data: bytes) -> bool:
    """Whether a reply is complete (RFC 5321 §4.2.1)."""
    last = data.rstrip(b"\r\n").rpartition(b"\n")[2]
    return data.endswith(b"\n") and last[3:4] != b"-"
