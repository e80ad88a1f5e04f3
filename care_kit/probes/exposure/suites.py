"""Which families of cipher suites a port accepts: one ClientHello per family, up to TLS 1.2.

The station's OpenSSL cannot offer RC4, 3DES or EXPORT at all, hence bytes of ours (`hello`).
"""

import time

from care_kit.model.exposure_facts import Outcome, SuiteAttempt
from care_kit.probes.exposure import hello
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.text import clean
from care_kit.probes.exposure.wire import connected

SECONDS = 6.0
GIVE_UP_AFTER = 2
_INSUFFICIENT_SECURITY = 71

_DHE = (0x009E, 0x009F, 0xCCAA, 0x0033, 0x0039, 0x0067, 0x006B, 0x0032, 0x0038, 0x0016)
_ECDHE_AEAD = (0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8)
_ECDHE_CBC = (0xC009, 0xC013, 0xC00A, 0xC014, 0xC023, 0xC027, 0xC024, 0xC028)

FAMILIES: dict[str, tuple[int, ...]] = {
    "RC4-3DES": (
        *(0x0005, 0x0004, 0xC007, 0xC011, 0x000A, 0x0013, 0x0016, 0xC008, 0xC012),
        *(0x0009, 0x0015, 0x0012, 0x000D, 0x0010, 0xC003, 0xC00D, 0xC002, 0xC00C),
    ),
    "NULL-ANON-EXPORT": (
        *(0x0001, 0x0002, 0x003B, 0xC001, 0xC006, 0xC00B, 0xC010, 0xC015),
        *(0x0018, 0x001A, 0x001B, 0x0034, 0x003A, 0x006C, 0x006D, 0x00A6, 0x00A7),
        *(0xC016, 0xC017, 0xC018, 0xC019, 0x0003, 0x0006, 0x0008, 0x0014, 0x0017, 0x0019),
    ),
    "AEAD": (*_ECDHE_AEAD, 0x009E, 0x009F, 0xCCAA, 0x009C, 0x009D, 0xC09C, 0xC09D),
    "PFS": (*_ECDHE_AEAD, *_ECDHE_CBC, *_DHE),
    "DHE": _DHE,
}
"""Suites by family, numbers of the IANA registry."""


def look(host: str, address: Address, port: int, delay: float) -> tuple[SuiteAttempt, ...]:
    """One attempt per family, `delay` seconds apart; after two silences the rest is UNKNOWN."""
    attempts: list[SuiteAttempt] = []
    silences = 0
    for family in FAMILIES:
        if silences >= GIVE_UP_AFTER:
            detail = "abandon après deux délais dépassés"
            attempts.append(SuiteAttempt(family, Outcome.UNKNOWN, detail))
            continue
        try:
            attempts.append(_attempt(family, host, address, port))
            silences = 0
        except TimeoutError:
            attempts.append(SuiteAttempt(family, Outcome.UNKNOWN, "délai dépassé"))
            silences += 1
        time.sleep(delay)
    return tuple(attempts)


def _attempt(family: str, host: str, address: Address, port: int) -> SuiteAttempt:
    """TimeoutError when the peer stayed silent; anything else it did is told."""
    reply, error = hello.Reply(), ""
    try:
        with connected(address, port, SECONDS) as wire:
            wire.send(hello.suites_hello(FAMILIES[family], host))
            hello.read_flight(wire, reply)
    except TimeoutError:
        if not reply.version:
            raise
    except (OSError, ValueError) as cause:
        error = clean(str(cause)) or type(cause).__name__
    return _judged(family, reply, error)


def _judged(family: str, reply: hello.Reply, error: str) -> SuiteAttempt:
    """ACCEPTED only on a ServerHello with a suite of the family."""
    if reply.version:
        if reply.suite not in FAMILIES[family]:
            return SuiteAttempt(family, Outcome.UNKNOWN, "suite non proposée")
        return SuiteAttempt(
            family,
            Outcome.ACCEPTED,
            f"suite 0x{reply.suite:04x}",
            reply.compression,
            reply.renegotiation,
            _prime_bits(reply.key_exchange) if family == "DHE" else 0,
        )
    if reply.alert in hello.REFUSALS or reply.alert == _INSUFFICIENT_SECURITY:
        return SuiteAttempt(family, Outcome.REFUSED, f"alerte {reply.alert}")
    return SuiteAttempt(family, Outcome.UNKNOWN, error or "connexion fermée sans réponse")


def _prime_bits(message: bytes) -> int:
    """Size of the prime of a Diffie-Hellman ServerKeyExchange (RFC 5246 §7.4.3); 0 unreadable."""
    size = int.from_bytes(message[:2])
    prime = message[2 : 2 + size]
    return int.from_bytes(prime).bit_length() if len(prime) == size else 0
