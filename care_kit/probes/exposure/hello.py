"""A ClientHello offering exactly one version, written and read byte by byte.

The station's OpenSSL refuses to speak SSLv3, RC4 or 3DES, so it cannot see them on a server: an
answer of "unsupported" from it would read as a healthy server. These bytes have no such limit.
Formats: RFC 6101 (SSLv3), RFC 2246, 4346, 5246 (TLS 1.0 to 1.2), RFC 8446 (TLS 1.3).
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from care_kit.model.facts.hosts import is_address
from care_kit.probes.exposure.wire import Wire

VERSIONS = {
    "SSLv3": 0x0300,
    "TLSv1.0": 0x0301,
    "TLSv1.1": 0x0302,
    "TLSv1.2": 0x0303,
    "TLSv1.3": 0x0304,
}
NAMES = {number: name for name, number in VERSIONS.items()}

HANDSHAKE, ALERT = 22, 21
SERVER_HELLO, CERTIFICATE, KEY_EXCHANGE, HELLO_DONE = 2, 11, 12, 14
MAX_FLIGHT = 131_072
PROTOCOL_VERSION = 70
REFUSALS = {40: "handshake_failure", PROTOCOL_VERSION: "protocol_version"}

_SUITES_13 = (0x1301, 0x1302, 0x1303, 0x1304, 0x1305)
_SUITES = (
    *(0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xCCAA, 0x009E, 0x009F),
    *(0xC009, 0xC013, 0xC00A, 0xC014, 0xC023, 0xC027, 0xC024, 0xC028, 0x0033, 0x0039, 0x0067),
    *(0x006B, 0x009C, 0x009D, 0x002F, 0x0035, 0x003C, 0x003D, 0x0041, 0x0084, 0x0032, 0x0038),
    *(0xC008, 0xC012, 0x0016, 0x0013, 0x000A, 0xC007, 0xC011, 0x0005, 0x0004, 0x0009, 0x0015),
    # CCM, then Camellia and ARIA in GCM: a server may speak nothing else.
    *(0xC09C, 0xC09D, 0xC09E, 0xC09F, 0xC0A0, 0xC0A1, 0xC0A2, 0xC0A3, 0xC0AC, 0xC0AD, 0xC0AE),
    *(0xC0AF, 0xC07A, 0xC07B, 0xC07C, 0xC07D, 0xC086, 0xC087, 0xC08A, 0xC08B, 0xC050, 0xC051),
    *(0xC052, 0xC053, 0xC05C, 0xC05D, 0xC060, 0xC061),
    *(0x0034, 0x003A, 0xC018, 0xC019, 0x0018, 0x001B, 0x0001, 0x0002, 0x003B, 0x0003, 0x0008),
)
"""Broad on purpose, weak ones included: only the version is being asked."""

_SECURE_RENEGOTIATION = 0x00FF  # a signal, not a suite (RFC 5746 §3.3)
_HEARTBEAT = 15  # RFC 6520: asked about, never used
_NOT_COMPRESSED, _COMPRESSED = b"\x00", b"\x01\x00"
_GROUPS = (0x001D, 0x0017, 0x0018, 0x0019)
_SIGNATURES = (
    *(0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0807, 0x0808),
    *(0x0401, 0x0501, 0x0601, 0x0203, 0x0201, 0x0202, 0x0402),
)


class Malformed(ValueError):
    """The peer's bytes are not TLS."""


@dataclass
class Reply:
    """What a server's first flight told: the version it chose, an alert, its certificate.

    `chain` is how many certificates came; `key_exchange` the raw ServerKeyExchange.
    """

    version: int = 0
    suite: int = 0
    compression: int = -1
    renegotiation: bool = False
    heartbeat: bool = False
    alert: int = -1
    certificate: bytes = b""
    chain: int = 0
    key_exchange: bytes = b""
    done: bool = False
    _rest: bytes = field(default=b"", repr=False)
    _messages: bytes = field(default=b"", repr=False)

    def feed(self, data: bytes) -> None:
        """Read more bytes of the flight; Malformed as soon as they cannot be TLS."""
        self._rest += data
        while len(self._rest) >= 5 and not self.done:
            kind, version, size = struct.unpack(">BHH", self._rest[:5])
            if kind not in (HANDSHAKE, ALERT, 20, 23) or version >> 8 != 3 or size > 18_432:
                raise Malformed("not a TLS record")
            if len(self._rest) < 5 + size:
                return
            body, self._rest = self._rest[5 : 5 + size], self._rest[5 + size :]
            self._record(kind, body)

    def _record(self, kind: int, body: bytes) -> None:
        if kind == ALERT:
            self._alert(body)
        elif kind == HANDSHAKE:
            self._messages += body
            for number, message in self._complete():
                self._message(number, message)
        else:
            self.done = True

    def _alert(self, body: bytes) -> None:
        """A warning (level 1) lets the handshake go on: an unknown name, for instance."""
        if len(body) < 2:
            raise Malformed("short alert")
        if body[0] == 2 or body[1] == 0:
            self.alert, self.done = body[1], True

    def _complete(self) -> Iterator[tuple[int, bytes]]:
        while len(self._messages) >= 4:
            size = int.from_bytes(self._messages[1:4])
            if len(self._messages) < 4 + size:
                return
            number, message = self._messages[0], self._messages[4 : 4 + size]
            self._messages = self._messages[4 + size :]
            yield number, message

    def _message(self, number: int, message: bytes) -> None:
        if number == SERVER_HELLO:
            self.version, self.suite = server_hello(message)
            self.compression, self.renegotiation = options(message)
            self.heartbeat = announces(message, _HEARTBEAT)
            self.done = self.version >= VERSIONS["TLSv1.3"]
        elif number == CERTIFICATE:
            self.certificate, self.chain = first_certificate(message), count(message)
        elif number == KEY_EXCHANGE:
            self.key_exchange = message
        elif number == HELLO_DONE:
            self.done = True


def client_hello(version: str, host: str) -> bytes:
    """The bytes to send; `host` goes into the server name extension unless it is an address.

    Compression is proposed in TLS 1.2, so that the answer tells what it would tell of suites.
    """
    compressions = _COMPRESSED if version == "TLSv1.2" else _NOT_COMPRESSED
    return _hello(version, host, _SUITES_13 if version == "TLSv1.3" else _SUITES, compressions)


def suites_hello(suites: tuple[int, ...], host: str) -> bytes:
    """A ClientHello up to TLS 1.2 that offers those suites only, and compression."""
    return _hello("TLSv1.2", host, suites, _COMPRESSED)


def backwards_hello(host: str) -> bytes:
    """The suites of the TLS 1.2 hello, last first; it asks whether heartbeats are known."""
    return _hello("TLSv1.2", host, _SUITES[::-1], _NOT_COMPRESSED, heartbeat=True)


def _hello(
    version: str,
    host: str,
    suites: tuple[int, ...],
    compressions: bytes,
    *,
    heartbeat: bool = False,
) -> bytes:
    number = VERSIONS[version]
    if version != "TLSv1.3":
        suites = (*suites, _SECURE_RENEGOTIATION)
    body = struct.pack(">H", min(number, 0x0303)) + os.urandom(32)
    body += _short(os.urandom(32) if version == "TLSv1.3" else b"")
    body += _long(_words(suites)) + _short(compressions)
    if version != "SSLv3":
        asked = _extension(_HEARTBEAT, b"\x01") if heartbeat else b""
        body += _long(_extensions(version, host) + asked)
    message = b"\x01" + len(body).to_bytes(3) + body
    return struct.pack(">BHH", HANDSHAKE, min(number, 0x0301), len(message)) + message


def read_flight(wire: Wire, reply: Reply) -> None:
    """Read until the flight ends; a peer that goes on for ever is cut at MAX_FLIGHT bytes."""
    total = 0
    while not reply.done and total < MAX_FLIGHT:
        data = wire.receive()
        if not data:
            return
        total += len(data)
        reply.feed(data)


def server_hello(message: bytes) -> tuple[int, int]:
    """Version and suite a ServerHello really chose (a HelloRetryRequest chooses too)."""
    try:
        version = int.from_bytes(message[:2])
        at = 35 + message[34]
        suite = int.from_bytes(message[at : at + 2])
        if len(message) < at + 3:
            raise Malformed("short ServerHello")
        for number, value in _read_extensions(message[at + 3 :]):
            if number == 43:
                version = int.from_bytes(value)
    except IndexError as cause:
        raise Malformed("short ServerHello") from cause
    return version, suite


def options(message: bytes) -> tuple[int, bool]:
    """Compression method chosen, and whether secure renegotiation is announced (RFC 5746)."""
    at = 37 + message[34]
    if len(message) <= at:
        raise Malformed("short ServerHello")
    extensions = _read_extensions(message[at + 1 :])
    return message[at], any(number == 0xFF01 for number, _value in extensions)


def announces(message: bytes, extension: int) -> bool:
    """Whether a ServerHello carries that extension."""
    at = 38 + message[34]
    return any(number == extension for number, _value in _read_extensions(message[at:]))


def count(message: bytes) -> int:
    """How many certificates a Certificate message of TLS 1.2 or older carries."""
    at, found = 3, 0
    while at + 3 <= len(message):
        at += 3 + int.from_bytes(message[at : at + 3])
        found += 1
    return found


def first_certificate(message: bytes) -> bytes:
    """DER of the leaf in a Certificate message of TLS 1.2 or older; empty when there is none."""
    if len(message) < 3:
        raise Malformed("short Certificate")
    if int.from_bytes(message[:3]) == 0:
        return b""
    size = int.from_bytes(message[3:6])
    leaf = message[6 : 6 + size]
    if len(leaf) != size:
        raise Malformed("short Certificate")
    return leaf


def offered(version: str, suite: int) -> bool:
    """Whether the suite a server chose is one that this version's hello proposed."""
    return suite in (_SUITES_13 if version == "TLSv1.3" else _SUITES)


def _extensions(version: str, host: str) -> bytes:
    found = b""
    if not is_address(host):
        name = host.encode("idna") if not host.isascii() else host.encode("ascii")
        found += _extension(0, _long(b"\x00" + _long(name)))
    found += _extension(10, _long(_words(_GROUPS))) + _extension(11, b"\x01\x00")
    if version in ("TLSv1.2", "TLSv1.3"):
        found += _extension(13, _long(_words(_SIGNATURES)))
    if version == "TLSv1.3":
        found += _extension(43, b"\x02\x03\x04") + _extension(45, b"\x01\x01")
        share = struct.pack(">HH", 0x001D, 32) + os.urandom(32)
        found += _extension(51, _long(share))
    return found


def _read_extensions(data: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 2, 2 + int.from_bytes(data[:2])
    while at + 4 <= min(end, len(data)):
        number, size = struct.unpack(">HH", data[at : at + 4])
        yield number, data[at + 4 : at + 4 + size]
        at += 4 + size


def _extension(number: int, value: bytes) -> bytes:
    return struct.pack(">H", number) + _long(value)


def _words(numbers: tuple[int, ...]) -> bytes:
    return b"".join(struct.pack(">H", one) for one in numbers)


def _short(value: bytes) -> bytes:
    return bytes([len(value)]) + value


def _long(value: bytes) -> bytes:
    return struct.pack(">H", len(value)) + value
