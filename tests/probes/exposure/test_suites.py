"""Families of suites and chains of trust, as real servers answer them."""

import socket
import ssl
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from care_kit.demo.surface.certificate import write_expired
from care_kit.demo.surface.servers import weak_context
from care_kit.model.facts.exposure import CertificateFact, Outcome, SuiteAttempt, Trust
from care_kit.probes.exposure import suites, tls, trust
from care_kit.probes.exposure.pace import unpaced
from tests.lab.exposure import certificates
from tests.probes.exposure.local import serving
from tests.probes.exposure.test_hostile import HOSTILE, SECONDS, bounded, silence
from tests.rules.exposure.builders import certificate

ADDRESS, HOST = ip_address("127.0.0.61"), "www.chu-exemple.test"
FFDHE2048 = """\
-----BEGIN DH PARAMETERS-----
MIIBCAKCAQEA//////////+t+FRYortKmq/cViAnPTzx2LnFg84tNpWp4TZBFGQz
+8yTnc4kmz75fS/jY2MMddj2gbICrsRhetPfHtXV/WVhJDP1H18GbtCFY2VVPe0a
87VXE15/V8k1mE8McODmi3fipona8+/och3xWKE2rec1MKzKT0g6eXq8CrGCsyT7
YdEIqUuyyOP7uWrat2DX9GgdT0Kj3jlN9K5W7edjcrsZCwenyO4KbXCeAvzhzffi
7MA0BM0oNC9hkXL+nOmFg/+OTxIy7vKBg8P+OxtMb61zO7X8vC7CIAXFjvGDfRaD
ssbzSibBsu/6iGtCOGEoXJf//////////wIBAg==
-----END DH PARAMETERS-----
"""
"""The 2048-bit group of RFC 7919."""

ACCEPTED, REFUSED, UNKNOWN = Outcome.ACCEPTED, Outcome.REFUSED, Outcome.UNKNOWN


def shaking(context: ssl.SSLContext) -> Callable[[socket.socket], None]:
    """A TLS server that shakes hands and waits."""

    def shake(peer: socket.socket) -> None:
        peer.settimeout(2)
        with context.wrap_socket(peer, server_side=True) as secure:
            secure.recv(10)

    return shake


def asked(port: int) -> tuple[SuiteAttempt, ...]:
    """What one port says of every family."""
    return suites.Families(HOST, ADDRESS, port, unpaced()).look()


def limited(folder: Path, ciphers: str) -> ssl.SSLContext:
    context = weak_context(write_expired(HOST, folder))
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    (folder / "group.pem").write_text(FFDHE2048)
    context.load_dh_params(str(folder / "group.pem"))
    return context


@pytest.mark.parametrize(
    ("ciphers", "accepted"),
    [
        ("AES128-SHA", set()),
        ("AES128-GCM-SHA256", {"AEAD"}),
        ("ECDHE-RSA-AES128-SHA", {"PFS"}),
        ("DHE-RSA-AES128-GCM-SHA256", {"AEAD", "PFS", "DHE"}),
        ("AECDH-AES128-SHA", {"NULL-ANON-EXPORT"}),
        ("NULL-SHA256", {"NULL-ANON-EXPORT"}),
    ],
)
def test_each_family_is_told_accepted_or_refused(
    tmp_path: Path, ciphers: str, accepted: set[str]
) -> None:
    with serving(shaking(limited(tmp_path, ciphers))) as port:
        found = asked(port)
    assert {one.family for one in found if one.outcome is ACCEPTED} == accepted
    assert {one.family for one in found if one.outcome is REFUSED} == (
        suites.FAMILIES.keys() - accepted
    )


def test_the_size_of_a_diffie_hellman_group_is_read(tmp_path: Path) -> None:
    with serving(shaking(limited(tmp_path, "DHE-RSA-AES128-GCM-SHA256"))) as port:
        (dhe,) = (one for one in asked(port) if one.family == "DHE")
    assert dhe.dh_bits == 2048
    assert (dhe.compression, dhe.renegotiation) == (0, True)


@pytest.mark.parametrize("behaviour", HOSTILE)
def test_hostile_peers_are_unknown_and_bounded(
    behaviour: Callable[[socket.socket], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suites, "SECONDS", SECONDS)
    with serving(behaviour) as port, bounded(SECONDS * len(suites.FAMILIES) + 1):
        found = asked(port)
    assert {one.outcome for one in found} == {UNKNOWN}


def test_an_untouched_silence_is_soon_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suites, "SECONDS", 0.2)
    with serving(silence) as port:
        found = asked(port)
    assert found[-1].detail == "abandon après deux délais dépassés"


def judged(folder: Path, pem: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Trust:
    """What a station that trusts the authority of `folder` says of a server."""
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "authorities.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(folder / "none"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*pem)
    with serving(shaking(context)) as port:
        found = tls.look(HOST, ADDRESS, port, unpaced()).trust
    assert found is not None
    return found.trust


def test_a_chain_is_judged_with_the_station_s_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = certificates.authority(), certificates.authority()
    ours.write_root(tmp_path / "authorities.pem")
    key = ec.generate_private_key(ec.SECP256R1())
    good = certificates.write(tmp_path, "good", HOST, ours, key=key)
    other = certificates.write(tmp_path, "other", HOST, theirs, key=key)
    old = certificates.write(
        tmp_path, "old", HOST, ours, key=key, ends=certificates.NOW - timedelta(1)
    )
    alone = write_expired(HOST, tmp_path)
    assert judged(tmp_path, good, monkeypatch) is Trust.TRUSTED
    assert judged(tmp_path, old, monkeypatch) is Trust.OTHER  # its date is another check's matter
    assert judged(tmp_path, (alone, alone), monkeypatch) is Trust.SELF_SIGNED
    assert judged(tmp_path, other, monkeypatch) in (Trust.PRIVATE_AUTHORITY, Trust.OTHER)


def test_a_station_without_a_store_judges_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = certificates.write(
        tmp_path, "x", HOST, certificates.authority(), key=ec.generate_private_key(ec.SECP256R1())
    )
    assert judged(tmp_path, pair, monkeypatch) is Trust.UNKNOWN
    assert trust.station_store() is None


@pytest.mark.parametrize(
    ("code", "sent", "leaf", "expected"),
    [
        (18, 1, None, Trust.SELF_SIGNED),
        (19, 2, None, Trust.PRIVATE_AUTHORITY),
        (20, 1, certificate(fetches_issuer=True), Trust.MISSING_INTERMEDIATE),
        (20, 0, certificate(fetches_issuer=True), Trust.MISSING_INTERMEDIATE),
        (21, 1, certificate(), Trust.PRIVATE_AUTHORITY),
        (20, 3, certificate(fetches_issuer=True), Trust.PRIVATE_AUTHORITY),
        (10, 2, certificate(), Trust.OTHER),
    ],
)
def test_what_a_failed_check_means(
    code: int, sent: int, leaf: CertificateFact | None, expected: Trust
) -> None:
    assert trust.cause(code, sent, leaf) is expected
