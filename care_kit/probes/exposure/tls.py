"""TLS as one port speaks it: one attempt per protocol version, and the certificate shown."""

import ssl
import time
from dataclasses import dataclass, replace

from care_kit.model.exposure_facts import (
    CertificateFact,
    Outcome,
    TlsAttempt,
    TlsFact,
    Trust,
    TrustFact,
)
from care_kit.model.hosts import is_address
from care_kit.probes.exposure import certificate, hello, suites, trust
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.text import clean
from care_kit.probes.exposure.wire import Wire, connected

SECONDS = 6.0
GIVE_UP_AFTER = 2
_OP_LEGACY_SERVER_CONNECT = 0x4  # OpenSSL's constant, named in `ssl` from Python 3.12 on


@dataclass(frozen=True)
class _Seen:
    attempt: TlsAttempt
    leaf: bytes = b""
    chain: int = 0
    silent: bool = False


def look(host: str, address: Address, port: int, delay: float) -> TlsFact:
    """Five attempts, `delay` seconds apart. After two silences in a row the rest is UNKNOWN.

    When one was accepted, the families of suites and the chain of trust are asked too.
    """
    attempts: list[TlsAttempt] = []
    leaf, chain, silences = b"", 0, 0
    for version in hello.VERSIONS:
        if silences >= GIVE_UP_AFTER:
            detail = "abandon après deux délais dépassés"
            attempts.append(TlsAttempt(version, Outcome.UNKNOWN, detail))
            continue
        seen = _attempt(version, host, address, port)
        silences = silences + 1 if seen.silent else 0
        leaf, chain = seen.leaf or leaf, seen.chain or chain
        attempts.append(seen.attempt)
        time.sleep(delay)
    error = ""
    if not leaf and attempts[-1].outcome is Outcome.ACCEPTED:
        leaf, error = _leaf_by_handshake(host, address, port)
    found, error = _certificate(leaf, error)
    fact = TlsFact(host, str(address), port, tuple(attempts), found, error)
    if not any(one.outcome is Outcome.ACCEPTED for one in attempts):
        return fact
    return replace(
        fact,
        suites=suites.look(host, address, port, delay),
        trust=_trust(host, address, port, chain, found),
    )


def lenient_context() -> ssl.SSLContext:
    """A client that accepts anything: used to read what a weak server shows, never to trust it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.options |= _OP_LEGACY_SERVER_CONNECT
    return context


def handshake(wire: Wire, host: str, context: ssl.SSLContext | None = None) -> ssl.SSLSocket:
    """TLS over a connected socket, within its deadline; OSError (ssl.SSLError) when refused."""
    wire.sock.settimeout(wire.remaining())
    name = None if is_address(host) else host
    return (context or lenient_context()).wrap_socket(wire.sock, server_hostname=name)


def _attempt(version: str, host: str, address: Address, port: int) -> _Seen:
    reply = hello.Reply()
    error, silent = "", False
    try:
        with connected(address, port, SECONDS) as wire:
            wire.send(hello.client_hello(version, host))
            hello.read_flight(wire, reply)
    except TimeoutError:
        error, silent = "délai dépassé", True
    except (OSError, ValueError) as cause:
        error = clean(str(cause)) or type(cause).__name__
    return _Seen(_judged(version, reply, error), reply.certificate, reply.chain, silent)


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


def _leaf_by_handshake(host: str, address: Address, port: int) -> tuple[bytes, str]:
    """TLS 1.3 hides the certificate from a bare hello, so the handshake is done by `ssl`."""
    try:
        with connected(address, port, SECONDS) as wire, handshake(wire, host) as secure:
            return secure.getpeercert(binary_form=True) or b"", ""
    except (OSError, ValueError) as cause:
        return b"", clean(str(cause)) or type(cause).__name__


def _trust(
    host: str, address: Address, port: int, sent: int, leaf: CertificateFact | None
) -> TrustFact:
    """One more handshake, checked against the station's store; names are not its matter."""
    store = trust.station_store()
    if store is None:
        return TrustFact(Trust.UNKNOWN, detail="aucun magasin d'autorités sur ce poste")
    context = trust.trusting(lenient_context())
    try:
        with connected(address, port, SECONDS) as wire, handshake(wire, host, context):
            return TrustFact(Trust.TRUSTED, store, sent)
    except ssl.SSLCertVerificationError as cause:
        why = trust.cause(cause.verify_code, sent, leaf)
        return TrustFact(why, store, sent, clean(cause.verify_message))
    except (OSError, ValueError) as cause:
        detail = clean(str(cause)) or type(cause).__name__
        return TrustFact(Trust.UNKNOWN, store, sent, detail)


def _certificate(leaf: bytes, error: str) -> tuple[CertificateFact | None, str]:
    if not leaf:
        return None, error
    try:
        return certificate.read(leaf), ""
    except ValueError as cause:
        return None, str(cause)
