"""TLS on ports that start in clear text: who offers it, and how it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from care_kit.model.facts.exposure import PortFact
from care_kit.probes.exposure import greeting, mailboxes, replies, services, smtp
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.pace import Lane
from care_kit.probes.exposure.wire import Wire, connected

GREETING_SECONDS = 6.0
"""Added to the deadline of these ports: relays often make a stranger wait before greeting."""

LDAP, LDAP_READY = "ldap-starttls", "0"
LDAP_SECONDS = 5.0
_PACKETS = 6

_EXTENDED, _LDAP_RESPONSE = 0x77, 0x78
_OID = b"1.3.6.1.4.1.1466.20037"
_NAMED = b"\x80" + bytes([len(_OID)]) + _OID
_ASKED = bytes([_EXTENDED, len(_NAMED)]) + _NAMED
LDAP_REQUEST = b"\x30" + bytes([len(_ASKED) + 3]) + b"\x02\x01\x01" + _ASKED
"""ExtendedRequest StartTLS, message number 1 (RFC 4511 §4.14)."""


class NotOffered(ConnectionError):
    """The server does not go on to TLS on this connection."""


def ldap(address: Address, port: int, lane: Lane | None = None) -> dict[str, str]:
    """The result code a directory gives to StartTLS ("0" when ready); empty when unreadable."""
    try:
        with connected(address, port, LDAP_SECONDS, lane) as wire:
            code = _ldap_code(wire)
    except OSError:
        return {}
    return {} if code is None else {LDAP: str(code)}


def offered(fact: PortFact) -> bool:
    """Whether what was said on a port proposes TLS."""
    texts = fact.scripts
    if fact.port in services.SMTP_PORTS:
        return smtp.offers(texts.get(smtp.EHLO, ""))
    if fact.port in services.IMAP_PORTS | services.POP3_PORTS:
        return any(mailboxes.offers(texts.get(one, "")) for one in (mailboxes.IMAP, mailboxes.POP3))
    if fact.port in services.FTP_PORTS:
        return texts.get(greeting.AUTH_TLS, "").startswith("234")
    return texts.get(LDAP) == LDAP_READY


def packets(port: int, exchange: int) -> int:
    """Packets of an exchange on that port, the words before its first TLS byte included."""
    return exchange + (_PACKETS if port in _OPENINGS else 0)


@contextmanager
def opened(address: Address, port: int, seconds: float, lane: Lane | None = None) -> Iterator[Wire]:
    """A connection on which TLS may start; OSError when there is none, NotOffered when refused."""
    opening = _OPENINGS.get(port)
    wait = GREETING_SECONDS if opening else 0
    with connected(address, port, seconds + wait, lane) as wire:
        if opening and not opening(wire):
            raise NotOffered("TLS n'a pas été proposé sur cette connexion")
        yield wire


def _ftp(wire: Wire) -> bool:
    if not replies.receive(wire, replies.line).startswith(b"220"):
        return False
    wire.send(greeting.AUTH)
    return replies.receive(wire, replies.line).startswith(b"234")


def _ldap(wire: Wire) -> bool:
    return _ldap_code(wire) == 0


def _ldap_code(wire: Wire) -> int | None:
    """Result code of the answer to StartTLS, None when it is not one (BER, RFC 4511 §4.12)."""
    wire.send(LDAP_REQUEST)
    data = replies.receive(wire, _ldap_whole)
    at = 2 if data[1:2] < b"\x80" else 2 + (data[1] & 0x7F)
    body = data[at:]
    if body[:3] != b"\x02\x01\x01" or body[3:4] != bytes([_LDAP_RESPONSE]):
        return None
    inner = body[5:] if body[4:5] < b"\x80" else body[5 + (body[4] & 0x7F) :]
    return inner[2] if inner[:2] == b"\x0a\x01" and len(inner) > 2 else None


def _ldap_whole(data: bytes) -> bool:
    """Whether one BER message has come; anything else is left to the reader to refuse."""
    if len(data) < 2 or data[0] != 0x30:
        return len(data) >= 2
    more = data[1] & 0x7F if data[1] & 0x80 else 0
    size = int.from_bytes(data[2 : 2 + more]) if more else data[1]
    return len(data) >= 2 + more + size


_OPENINGS: Mapping[int, Callable[[Wire], bool]] = {
    **dict.fromkeys(services.SMTP_PORTS, smtp.secure),
    **dict.fromkeys(services.IMAP_PORTS, mailboxes.secure_imap),
    **dict.fromkeys(services.POP3_PORTS, mailboxes.secure_pop3),
    **dict.fromkeys(services.FTP_PORTS, _ftp),
    **dict.fromkeys(services.LDAP_PORTS, _ldap),
}
