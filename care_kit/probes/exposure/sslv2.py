"""SSLv2, whose messages are unlike everything after it (draft-hickman-netscape-ssl-00)."""

import os
import struct

from care_kit.model.facts.exposure import Outcome, TlsAttempt
from care_kit.probes.exposure.hello import ALERT
from care_kit.probes.exposure.wire import Wire

NAME, NUMBER = "SSLv2", 0x0002
_CLIENT_HELLO, _ERROR, _SERVER_HELLO = 1, 0, 4
_TLS_ALERT, _FATAL, _ALERT_SIZE = bytes([ALERT, 3]), b"\x00\x02\x02", 7
_SHORTEST = 13  # header of two bytes, then a ServerHello up to its lengths
_CIPHERS = bytes.fromhex("010080 020080 030080 040080 050080 060040 0700c0")
"""RC4, RC2, IDEA, DES and triple DES, export grades included: all that SSLv2 ever had."""


def client_hello() -> bytes:
    """The bytes to send, with a challenge of sixteen bytes."""
    head = struct.pack(">BHHHH", _CLIENT_HELLO, NUMBER, len(_CIPHERS), 0, 16)
    body = head + _CIPHERS + os.urandom(16)
    return struct.pack(">H", 0x8000 | len(body)) + body


def read(wire: Wire) -> bytes:
    """The beginning of the answer, up to what tells its kind; empty when the peer closes."""
    data = b""
    while len(data) < (_ALERT_SIZE if data[:1] == bytes([ALERT]) else _SHORTEST):
        more = wire.receive(4096)
        if not more:
            break
        data += more
    return data


def judged(data: bytes, error: str) -> TlsAttempt:
    """ACCEPTED on a ServerHello of SSLv2, REFUSED on a TLS alert or an SSLv2 error."""
    if len(data) >= _SHORTEST and data[0] & 0x80 and data[2] == _SERVER_HELLO:
        version = int.from_bytes(data[5:7])
        if version == NUMBER:
            return TlsAttempt(NAME, Outcome.ACCEPTED, "ServerHello SSLv2")
        return TlsAttempt(NAME, Outcome.UNKNOWN, f"version {version:#06x}")
    if len(data) >= _ALERT_SIZE and (data[:2], data[3:6]) == (_TLS_ALERT, _FATAL):
        return TlsAttempt(NAME, Outcome.REFUSED, "alerte TLS")
    if data[:1] == b"\x80" and data[2:3] == bytes([_ERROR]):
        return TlsAttempt(NAME, Outcome.REFUSED, "erreur SSLv2")
    return TlsAttempt(NAME, Outcome.UNKNOWN, error or "connexion fermée sans réponse")
