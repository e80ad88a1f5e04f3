"""The registry's answer about a domain: verified TLS, bounded, never guessed."""

import json
import socket
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from dns.resolver import Resolver

from care_kit.model.facts.exposure import DnsFact, DnsOutcome, RegistrationFact
from care_kit.probes.exposure import rdap
from care_kit.probes.exposure.pace import unpaced
from tests.lab.exposure import certificates
from tests.probes.exposure.local import serving
from tests.probes.exposure.test_hostile import silence

NAME, DOMAIN = "rdap.registre.test", "mail.chu-exemple.fr"
END = {"eventAction": "expiration", "eventDate": "2027-03-31T10:00:00Z"}
ENDS = {"events": [{"eventAction": "registration"}, END]}


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A registry whose authority this station trusts, found at a loopback address."""
    signer = certificates.authority()
    signer.write_root(tmp_path / "root.pem")
    key = ec.generate_private_key(ec.SECP256R1())
    files = certificates.write(tmp_path, "rdap", NAME, signer, key=key)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
    here = DnsFact(NAME, "A", DnsOutcome.ANSWER, ("127.0.0.61",))
    monkeypatch.setattr("care_kit.probes.exposure.dns.ask", lambda *_question: here)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    return context


class Registry:
    """Answers every request with the same bytes, and remembers what it was asked."""

    def __init__(self, context: ssl.SSLContext, status: str, body: bytes) -> None:
        self._context, self.asked = context, [b""]
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n"
        self._answer = head.encode() + body

    def __call__(self, peer: socket.socket) -> None:
        peer.settimeout(2)
        with self._context.wrap_socket(peer, server_side=True) as secure:
            self.asked.append(secure.recv(4096))
            secure.sendall(self._answer)


def asked(service: str) -> RegistrationFact:
    return rdap.ask(service, DOMAIN, Resolver(configure=False), lambda _address: unpaced())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdap, "SECONDS", 1.0)


def test_the_end_of_the_registered_domain_is_read(known: ssl.SSLContext) -> None:
    registry = Registry(known, "200 OK", json.dumps(ENDS).encode())
    with serving(registry) as port:
        fact = asked(f"https://{NAME}:{port}/v1/")
    assert (fact.domain, fact.outcome) == (DOMAIN, DnsOutcome.ANSWER)
    assert fact.expires == datetime(2027, 3, 31, 10, tzinfo=UTC)
    assert registry.asked[-1].startswith(b"GET /v1/domain/chu-exemple.fr HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        ("404 Not Found", b"{}", DnsOutcome.NXDOMAIN),
        ("302 Found", b"", DnsOutcome.UNKNOWN),
        ("200 OK", b"<html>", DnsOutcome.UNKNOWN),
        ("200 OK", b"[]", DnsOutcome.UNKNOWN),
        ("200 OK", b'{"events": 3}', DnsOutcome.UNKNOWN),
        ("200 OK", b'{"events": [{"eventAction": "expiration"}]}', DnsOutcome.UNKNOWN),
        ("200 OK", b"[" * 60_000, DnsOutcome.UNKNOWN),
    ],
)
def test_anything_else_gives_no_date(
    known: ssl.SSLContext, status: str, body: bytes, outcome: DnsOutcome
) -> None:
    with serving(Registry(known, status, body)) as port:
        fact = asked(f"https://{NAME}:{port}")
    assert (fact.outcome, fact.expires) == (outcome, None)


def test_a_registry_nobody_vouches_for_is_not_believed(
    known: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving(Registry(known, "200 OK", json.dumps(ENDS).encode())) as port:
        fact = asked(f"https://{NAME}:{port}")
    assert fact.outcome is DnsOutcome.UNKNOWN
    assert "certificate" in fact.detail.lower()


@pytest.mark.usefixtures("quick")
def test_a_registry_that_says_nothing_is_left(known: ssl.SSLContext) -> None:
    with serving(silence) as port:
        assert asked(f"https://{NAME}:{port}").outcome is DnsOutcome.UNKNOWN
