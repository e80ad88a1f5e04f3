"""One small packet per UDP service: what answered, what the system says is closed, silence.

Each packet asks who is there in the service's own words; none carries a password, a community
name or a write. Formats: RFC 1035 (DNS), 1350 (TFTP), 1002 (NetBIOS), 9327 (NTP control), 3414
(SNMPv3 discovery), 2409 (IKE), IPMI 2.0 §22.13, MS-SQL MC-SQLR, UPnP 1.1, memcached protocol,
ASHRAE 135 annex J (BACnet/IP: which device is there, sent only when the scope asks for it).
"""

import selectors
import socket
import struct
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import dns.exception
import dns.flags
import dns.message
import dns.rcode

from care_kit.model.facts.exposure import DatagramFact, Outcome
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.gate import Forbidden, Gate, Speech
from care_kit.probes.exposure.pace import KNOCK, Lane

SECONDS = 2.0
MAX_BYTES = 4096
STRANGER = "example.com."
"""A name of nobody in the hospital (RFC 2606), asked to learn whether a server works for all."""

Read = Callable[[bytes], tuple[Outcome, str]]


@dataclass(frozen=True)
class Datagram:
    """A packet, how its answer is read, and whether the answer comes from another port."""

    service: str
    payload: bytes
    read: Read
    moves: bool = False


def _starts(*prefixes: bytes, at: int = 0) -> Read:
    """An answer is the service's own when it has one of those bytes at that place."""

    def read(data: bytes) -> tuple[Outcome, str]:
        if any(data[at:].startswith(one) for one in prefixes):
            return Outcome.ACCEPTED, f"réponse de {len(data)} octets"
        return Outcome.UNKNOWN, "réponse non reconnue"

    return read


def _recursion(data: bytes) -> tuple[Outcome, str]:
    """ACCEPTED only on an answer for a stranger's name with recursion offered (RA)."""
    try:
        message = dns.message.from_wire(data, ignore_trailing=True)
    except (dns.exception.DNSException, ValueError):
        return Outcome.UNKNOWN, "réponse non reconnue"
    offered = bool(message.flags & dns.flags.RA)
    if offered and message.rcode() == dns.rcode.NOERROR and message.answer:
        return Outcome.ACCEPTED, "récursion offerte et nom tiers résolu"
    if message.rcode() == dns.rcode.REFUSED or not offered:
        return Outcome.REFUSED, "récursion refusée"
    return Outcome.UNKNOWN, "récursion offerte, nom tiers non résolu"


def _ike() -> bytes:
    """An IKEv1 main mode proposal: AES-128, SHA-1, shared key, group 2."""
    wanted = ((1, 7), (14, 128), (2, 2), (3, 1), (4, 2))
    attributes = b"".join(struct.pack(">HH", 0x8000 | kind, value) for kind, value in wanted)
    transform = struct.pack(">BBHBBH", 0, 0, 8 + len(attributes), 1, 1, 0) + attributes
    proposal = struct.pack(">BBHBBBB", 0, 0, 8 + len(transform), 1, 1, 0, 1) + transform
    payload = struct.pack(">BBHII", 0, 0, 12 + len(proposal), 1, 1) + proposal
    return (
        b"care-kit"
        + bytes(8)
        + struct.pack(">BBBBII", 1, 16, 2, 0, 0, 28 + len(payload))
        + (payload)
    )


PACKETS: dict[int, Datagram] = {
    53: Datagram("dns", dns.message.make_query(STRANGER, "A").to_wire(), _recursion),
    69: Datagram(
        "tftp",
        b"\x00\x01care-kit-absent\x00octet\x00",
        _starts(b"\x00\x05", b"\x00\x03", b"\x00\x06"),
        moves=True,
    ),
    123: Datagram("ntp", b"\x16\x02\x00\x01" + bytes(8), _starts(b"\x82", b"\xc2", at=1)),
    137: Datagram(
        "netbios",
        b"ck\x00\x00\x00\x01" + bytes(6) + b"\x20CK" + b"A" * 30 + b"\x00\x00\x21\x00\x01",
        _starts(b"ck"),
    ),
    161: Datagram(
        "snmp",
        bytes.fromhex(
            "303e020103301102046b6974310203 00ffe3040104020103"
            "0410300e0400020100020100040004000400"
            "301404000400a00e02046b697431020100 0201003000"
        ),
        _starts(b"\x30"),
    ),
    500: Datagram("ike", _ike(), _starts(b"care-kit")),
    623: Datagram(
        "ipmi",
        bytes.fromhex("0600ff07 00000000000000000009 2018c88100388e04b5"),
        _starts(b"\x06\x00\xff\x07"),
    ),
    1434: Datagram("mssql", b"\x02", _starts(b"\x05")),
    1900: Datagram(
        "ssdp",
        b'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\n'
        b"MX: 1\r\nST: upnp:rootdevice\r\n\r\n",
        _starts(b"HTTP/1.1 200"),
        moves=True,
    ),
    11211: Datagram(
        "memcached", b"\x00\x01\x00\x00\x00\x01\x00\x00version\r\n", _starts(b"VERSION", at=8)
    ),
    47808: Datagram(
        "bacnet", bytes.fromhex("810a0011 0104 0005010c 0c023fffff 194b"), _starts(b"\x81\x0a")
    ),
}
"""The packets that may be sent, by port: one each, never repeated."""


def ask(address: Address, ports: Iterable[int], lane: Lane) -> tuple[DatagramFact, ...]:
    """Send one packet per port, each at its turn, then wait SECONDS for all of them.

    Silence is UNKNOWN: a firewall and a closed port without ICMP look the same from here.
    """
    facts: dict[int, DatagramFact] = {}
    with selectors.DefaultSelector() as waiting:
        try:
            for port in sorted(ports):
                facts[port] = _fact(address, port, Outcome.UNKNOWN, "aucune réponse")
                with lane.turn(KNOCK):
                    failed = _send(waiting, address, port, lane.gate)
                if failed:
                    facts[port] = failed
            _gather(waiting, address, facts)
        finally:
            for key in list(waiting.get_map().values()):
                _close(waiting, key.fileobj)
    return tuple(facts[port] for port in sorted(facts))


def _send(
    waiting: selectors.BaseSelector, address: Address, port: int, gate: Gate
) -> DatagramFact | None:
    packet = PACKETS[port]
    try:
        sock = gate.datagram(address, port, Speech.TALK)
    except Forbidden as refusal:
        return _fact(address, port, Outcome.UNKNOWN, str(refusal))
    except OSError as cause:  # a station without IPv6, or out of sockets
        return _fact(address, port, Outcome.UNKNOWN, type(cause).__name__)
    waiting.register(sock, selectors.EVENT_READ, port)
    try:
        if packet.moves:
            sock.sendto(packet.payload, (str(address), port))
        else:
            sock.connect((str(address), port))
            sock.send(packet.payload)
    except ConnectionError:
        _close(waiting, sock)
        return _fact(address, port, Outcome.REFUSED, "port fermé")
    except OSError as cause:
        _close(waiting, sock)
        return _fact(address, port, Outcome.UNKNOWN, type(cause).__name__)
    return None


def _gather(
    waiting: selectors.BaseSelector, address: Address, facts: dict[int, DatagramFact]
) -> None:
    """Read one answer per socket until all came or time is up; strangers' packets are ignored."""
    end = time.monotonic() + SECONDS
    while waiting.get_map() and (left := end - time.monotonic()) > 0:
        for key, _events in waiting.select(left):
            port: int = key.data
            sock = key.fileobj
            assert isinstance(sock, socket.socket)  # noqa: S101 - only sockets are registered
            try:
                data, sender = sock.recvfrom(MAX_BYTES)
            except ConnectionError:
                facts[port] = _fact(address, port, Outcome.REFUSED, "port fermé")
            except OSError as cause:
                facts[port] = _fact(address, port, Outcome.UNKNOWN, type(cause).__name__)
            else:
                if sender[0] != str(address):
                    continue
                facts[port] = _fact(address, port, *PACKETS[port].read(data))
            _close(waiting, sock)


def _close(waiting: selectors.BaseSelector, sock: object) -> None:
    assert isinstance(sock, socket.socket)  # noqa: S101 - only sockets are registered
    waiting.unregister(sock)
    sock.close()


def _fact(address: Address, port: int, outcome: Outcome, detail: str) -> DatagramFact:
    return DatagramFact(str(address), port, PACKETS[port].service, outcome, detail)
