"""What IMAP and POP3 servers offer before any identification: no account is ever named."""

import re
from collections.abc import Callable

from care_kit.probes.exposure import replies, services
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.pace import Lane
from care_kit.probes.exposure.wire import Wire, connected

SECONDS = 8.0
IMAP, POP3 = "imap-capability", "pop3-capa"
CAPABILITY, LOGOUT, CAPA, QUIT = b"a1 CAPABILITY\r\n", b"a2 LOGOUT\r\n", b"CAPA\r\n", b"QUIT\r\n"
IMAP_STARTTLS, STLS = b"a1 STARTTLS\r\n", b"STLS\r\n"
_OFFERED = re.compile(r"\bSTARTTLS\b|^STLS\s*$", re.MULTILINE | re.IGNORECASE)


def capabilities(address: Address, port: int, lane: Lane | None = None) -> dict[str, str]:
    """What the server says it can do, by probe id; empty when it is not a full answer."""
    asked = _imap if port in services.IMAP_PORTS else _pop3
    try:
        with connected(address, port, SECONDS, lane) as wire:
            name, answer = asked(wire)
    except OSError:
        return {}
    return {name: replies.shown(answer)} if answer else {}


def offers(text: str) -> bool:
    """Whether capabilities propose TLS (RFC 2595)."""
    return _OFFERED.search(text) is not None


def secure_imap(wire: Wire) -> bool:
    """Ask for TLS (RFC 9051 §6.2.1); whether the server is ready for it."""
    if not _greeted(wire, b"* OK"):
        return False
    wire.send(IMAP_STARTTLS)
    return b"a1 OK" in replies.receive(wire, _tagged)


def secure_pop3(wire: Wire) -> bool:
    """Ask for TLS (RFC 2595 §4); whether the server is ready for it."""
    if not _greeted(wire, b"+OK"):
        return False
    wire.send(STLS)
    return replies.receive(wire, replies.line).startswith(b"+OK")


def _imap(wire: Wire) -> tuple[str, bytes]:
    return IMAP, _told(wire, b"* OK", CAPABILITY, _tagged, LOGOUT)


def _pop3(wire: Wire) -> tuple[str, bytes]:
    return POP3, _told(wire, b"+OK", CAPA, _listed, QUIT)


def _told(
    wire: Wire, greeting: bytes, question: bytes, whole: Callable[[bytes], bool], leave: bytes
) -> bytes:
    if not _greeted(wire, greeting):
        return b""
    wire.send(question)
    answer = replies.receive(wire, whole)
    if answer:
        wire.send(leave)
    return answer


def _greeted(wire: Wire, greeting: bytes) -> bool:
    return replies.receive(wire, replies.line).startswith(greeting)


def _tagged(data: bytes) -> bool:
    """Whether the line that answers our tag has ended."""
    last = data.rstrip(b"\r\n").rpartition(b"\n")[2]
    return data.endswith(b"\n") and last.startswith(b"a1 ")


def _listed(data: bytes) -> bool:
    """Whether a POP3 list has ended, or was refused."""
    return data.endswith(b"\n.\r\n") or (data.startswith(b"-ERR") and replies.line(data))
