"""Which families of cipher suites a port accepts, up to TLS 1.2.

All the families still unknown are offered together: the suite a server chooses settles the ones
it belongs to, its refusal settles all the others. A healthy server is asked once.
The station's OpenSSL cannot offer RC4, 3DES or EXPORT at all, hence bytes of ours (`hello`).
"""

from collections.abc import Iterable

from care_kit.model.facts.exposure import Outcome, SuiteAttempt
from care_kit.probes.exposure import hello, starttls
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.pace import HELLO, Lane
from care_kit.probes.exposure.text import clean

SECONDS = 6.0
GIVE_UP_AFTER = 2
MOST = 6
"""Connections at most: one per family, and one answer to several of them that told nothing."""

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


class Families:
    """The questions about one name at one port, and what they settled so far."""

    def __init__(self, host: str, address: Address, port: int, lane: Lane) -> None:
        self._host, self._address, self._port, self._lane = host, address, port, lane
        self._settled: dict[str, SuiteAttempt] = {}
        self._silences = 0

    def learn(self, reply: hello.Reply) -> None:
        """Take what an answer already received tells: a suite chosen, or no version before 1.3."""
        if reply.version and hello.offered("TLSv1.2", reply.suite):
            self._accepted(tuple(FAMILIES), reply)
        elif reply.alert == hello.PROTOCOL_VERSION:
            self._all(FAMILIES, Outcome.REFUSED, "TLS 1.2 et antérieurs refusés")

    def look(self) -> tuple[SuiteAttempt, ...]:
        """One attempt per family; after two silences the rest is UNKNOWN."""
        while waiting := self._waiting():
            if not self._ask(waiting):
                break
        for family in self._waiting():
            self._alone(family)
        return tuple(self._settled[family] for family in FAMILIES)

    def _waiting(self) -> tuple[str, ...]:
        return tuple(family for family in FAMILIES if family not in self._settled)

    def _ask(self, families: tuple[str, ...]) -> bool:
        """Offer several families; whether the answer settled at least one of them."""
        reply, error = self._offer(families)
        if reply.version:
            return self._accepted(families, reply)
        if _refused(reply):
            self._all(families, Outcome.REFUSED, f"alerte {reply.alert}")
            return True
        if len(families) == 1:
            self._all(families, Outcome.UNKNOWN, error or "connexion fermée sans réponse")
        return False

    def _alone(self, family: str) -> None:
        """Ask of one family after an answer to several that told nothing."""
        if self._silences >= GIVE_UP_AFTER:
            self._all((family,), Outcome.UNKNOWN, "abandon après deux délais dépassés")
        elif not self._ask((family,)):
            self._settled.setdefault(
                family, SuiteAttempt(family, Outcome.UNKNOWN, "suite non proposée")
            )

    def _offer(self, families: tuple[str, ...]) -> tuple[hello.Reply, str]:
        """The answer to those families' suites, and what went wrong otherwise."""
        reply, error = hello.Reply(), ""
        suites = tuple(dict.fromkeys(one for family in families for one in FAMILIES[family]))
        try:
            with (
                self._lane.turn(starttls.packets(self._port, HELLO)),
                starttls.opened(self._address, self._port, SECONDS, self._lane) as wire,
            ):
                wire.send(hello.suites_hello(suites, self._host))
                hello.read_flight(wire, reply)
        except TimeoutError:
            error = "délai dépassé"
        except (OSError, ValueError) as cause:
            error = clean(str(cause)) or type(cause).__name__
        silent = error == "délai dépassé" and not reply.version
        self._silences = self._silences + 1 if silent else 0
        return reply, error

    def _accepted(self, families: Iterable[str], reply: hello.Reply) -> bool:
        """Settle the families the chosen suite belongs to; whether there was one."""
        chosen = [one for one in families if reply.suite in FAMILIES[one]]
        for family in chosen:
            self._settled[family] = SuiteAttempt(
                family,
                Outcome.ACCEPTED,
                f"suite 0x{reply.suite:04x}",
                reply.compression,
                reply.renegotiation,
                _prime_bits(reply.key_exchange) if family == "DHE" else 0,
            )
        return bool(chosen)

    def _all(self, families: Iterable[str], outcome: Outcome, detail: str) -> None:
        for family in families:
            self._settled[family] = SuiteAttempt(family, outcome, detail)


def _refused(reply: hello.Reply) -> bool:
    return reply.alert in hello.REFUSALS or reply.alert == _INSUFFICIENT_SECURITY


def _prime_bits(message: bytes) -> int:
    """Size of the prime of a Diffie-Hellman ServerKeyExchange (RFC 5246 §7.4.3); 0 unreadable."""
    size = int.from_bytes(message[:2])
    prime = message[2 : 2 + size]
    return int.from_bytes(prime).bit_length() if len(prime) == size else 0
