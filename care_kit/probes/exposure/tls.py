"""TLS as one port speaks it: one attempt per protocol version, suites, certificate and chain."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from care_kit.model.facts.exposure import (
    CertificateFact,
    Outcome,
    PreferenceFact,
    TlsAttempt,
    TlsFact,
    Trust,
    TrustFact,
)
from care_kit.model.facts.hosts import is_address
from care_kit.probes.exposure import certificate, hello, sslv2, starttls, suites, trust
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.pace import HANDSHAKE, HELLO, Lane
from care_kit.probes.exposure.text import clean
from care_kit.probes.exposure.wire import Wire

SECONDS = 6.0
GIVE_UP_AFTER = 2
MOST = len(hello.VERSIONS) + 1 + suites.MOST + 1 + 2
"""Connections at most: versions, SSLv2, families, order, and two handshakes for leaf and chain."""

_GIVEN_UP = "abandon après deux délais dépassés"


def look(host: str, address: Address, port: int, lane: Lane) -> TlsFact:
    """One attempt per version; after two silences in a row the rest is UNKNOWN.

    When one was accepted, the families of suites and the chain of trust are asked too. On a port
    that starts in clear text, each attempt asks for TLS first in the words of its protocol.
    """
    return _Look(host, address, port, lane).fact()


def handshake(wire: Wire, host: str, context: ssl.SSLContext | None = None) -> ssl.SSLSocket:
    """TLS over a connected socket, within its deadline; OSError (ssl.SSLError) when refused."""
    wire.sock.settimeout(wire.remaining())
    name = None if is_address(host) else host
    return (context or trust.lenient_context()).wrap_socket(wire.sock, server_hostname=name)


@dataclass
class _Look:
    """The attempts on one port under one name, and what they gave so far."""

    host: str
    address: Address
    port: int
    lane: Lane
    leaf: bytes = b""
    chain: int = 0
    error: str = ""
    silences: int = 0
    chosen: int = 0

    def fact(self) -> TlsFact:
        families = suites.Families(self.host, self.address, self.port, self.lane)
        attempts = [self._attempt(version, families) for version in hello.VERSIONS]
        attempts.append(self._oldest())
        shown = TlsFact(self.host, str(self.address), self.port, tuple(attempts))
        if not any(one.outcome is Outcome.ACCEPTED for one in attempts):
            return replace(shown, certificate_error=self.error)
        asked = families.look()
        preference = self._preference()
        trusted = self._trust(hidden=attempts[4].outcome is Outcome.ACCEPTED)
        return replace(
            shown,
            certificate=self._certificate(),
            certificate_error=self.error,
            suites=asked,
            trust=trusted,
            preference=preference,
        )

    def _preference(self) -> PreferenceFact | None:
        """The same suites offered last first, to a server that chose one of TLS 1.2."""
        if not self.chosen:
            return None
        reply = hello.Reply()
        with suppress(OSError, ValueError), self._opened(HELLO) as wire:
            wire.send(hello.backwards_hello(self.host))
            hello.read_flight(wire, reply)
        if not reply.version:
            return PreferenceFact(self.chosen)
        last = reply.suite if hello.offered("TLSv1.2", reply.suite) else 0
        return PreferenceFact(self.chosen, last, reply.heartbeat)

    def _attempt(self, version: str, families: suites.Families) -> TlsAttempt:
        if self.silences >= GIVE_UP_AFTER:
            return TlsAttempt(version, Outcome.UNKNOWN, _GIVEN_UP)
        reply, error = hello.Reply(), ""
        try:
            with self._opened(HELLO) as wire:
                wire.send(hello.client_hello(version, self.host))
                hello.read_flight(wire, reply)
            self.silences = 0
        except TimeoutError:
            error, self.silences = "délai dépassé", self.silences + 1
        except (OSError, ValueError) as cause:
            error, self.silences = _reason(cause), 0
        self.leaf, self.chain = reply.certificate or self.leaf, reply.chain or self.chain
        if version == "TLSv1.2":
            families.learn(reply)
            known = reply.version == hello.VERSIONS[version]
            self.chosen = reply.suite if known and hello.offered(version, reply.suite) else 0
        return _judged(version, reply, error)

    def _oldest(self) -> TlsAttempt:
        """SSLv2, whose silence says nothing of the port: servers often just close."""
        if self.silences >= GIVE_UP_AFTER:
            return TlsAttempt(sslv2.NAME, Outcome.UNKNOWN, _GIVEN_UP)
        data, error = b"", ""
        try:
            with self._opened(HELLO) as wire:
                wire.send(sslv2.client_hello())
                data = sslv2.read(wire)
        except TimeoutError:
            error = "délai dépassé"
        except OSError as cause:
            error = _reason(cause)
        return sslv2.judged(data, error)

    def _trust(self, *, hidden: bool) -> TrustFact:
        """One handshake checked against the station's store; names are not its matter.

        TLS 1.3 hides the certificate from a bare hello (`hidden`): the same handshake shows it,
        or one that checks nothing when this one fails.
        """
        store = trust.station_store()
        if store is None:
            self._show(hidden)
            return TrustFact(Trust.UNKNOWN, detail="aucun magasin d'autorités sur ce poste")
        try:
            shown = self._shaken(store.context)
            self.leaf = self.leaf or shown
            return TrustFact(Trust.TRUSTED, store.name, self.chain)
        except ssl.SSLCertVerificationError as cause:
            self._show(hidden)
            why = trust.cause(cause.verify_code, self.chain, self._certificate())
            return TrustFact(why, store.name, self.chain, clean(cause.verify_message))
        except (OSError, ValueError) as cause:
            self._show(hidden)
            return TrustFact(Trust.UNKNOWN, store.name, self.chain, _reason(cause))

    def _show(self, hidden: bool) -> None:
        """Read the certificate by a handshake when no hello showed it."""
        if self.leaf or not hidden:
            return
        try:
            self.leaf = self._shaken(trust.lenient_context())
        except (OSError, ValueError) as cause:
            self.error = _reason(cause)

    def _shaken(self, context: ssl.SSLContext) -> bytes:
        """The leaf shown in a whole handshake; OSError when it fails."""
        with self._opened(HANDSHAKE) as wire, handshake(wire, self.host, context) as secure:
            return secure.getpeercert(binary_form=True) or b""

    def _certificate(self) -> CertificateFact | None:
        found, error = _read(self.leaf)
        self.error = error or self.error
        return found

    @contextmanager
    def _opened(self, packets: int) -> Iterator[Wire]:
        """A connection on which TLS may start, at this host's turn."""
        with (
            self.lane.turn(starttls.packets(self.port, packets)),
            starttls.opened(self.address, self.port, SECONDS, self.lane) as wire,
        ):
            yield wire


def _judged(version: str, reply: hello.Reply, error: str) -> TlsAttempt:
    """ACCEPTED only on a ServerHello of the very version asked, with a suite we proposed."""
    if reply.version:
        chosen = hello.NAMES.get(reply.version, hex(reply.version))
        if reply.version != hello.VERSIONS[version]:
            older = reply.version < hello.VERSIONS[version]
            outcome = Outcome.REFUSED if older else Outcome.UNKNOWN
            return TlsAttempt(version, outcome, f"le serveur répond {chosen}")
        if not hello.offered(version, reply.suite):
            return TlsAttempt(version, Outcome.UNKNOWN, "suite non proposée")
        return TlsAttempt(version, Outcome.ACCEPTED, f"suite 0x{reply.suite:04x}")
    if reply.alert in hello.REFUSALS:
        return TlsAttempt(version, Outcome.REFUSED, f"alerte {reply.alert}")
    if reply.alert >= 0:
        return TlsAttempt(version, Outcome.UNKNOWN, f"alerte {reply.alert}")
    return TlsAttempt(version, Outcome.UNKNOWN, error or "connexion fermée sans réponse")


def _read(leaf: bytes) -> tuple[CertificateFact | None, str]:
    if not leaf:
        return None, ""
    try:
        return certificate.read(leaf), ""
    except ValueError as cause:
        return None, str(cause)


def _reason(cause: Exception) -> str:
    return clean(str(cause)) or type(cause).__name__
