"""Versions and certificates as real servers speak them."""

import socket
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import pytest

from care_kit.demo.surface.certificate import NOT_AFTER, write_expired
from care_kit.demo.surface.servers import weak_context
from care_kit.model.facts.exposure import Outcome
from care_kit.probes.exposure import http, tls
from care_kit.probes.exposure.pace import unpaced
from tests.probes.exposure.local import serving

ADDRESS, HOST = ip_address("127.0.0.61"), "www.chu-exemple.test"


@contextmanager
def server(folder: Path, oldest: ssl.TLSVersion, newest: ssl.TLSVersion) -> Iterator[int]:
    """A TLS server that speaks a range of versions and sends one page."""
    context = weak_context(write_expired(HOST, folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = oldest, newest

    def page(peer: socket.socket) -> None:
        with context.wrap_socket(peer, server_side=True) as secure:
            secure.recv(4096)
            secure.sendall(b"HTTP/1.1 403 Forbidden\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n")

    with serving(page) as port:
        yield port


V = ssl.TLSVersion


@pytest.mark.parametrize(
    ("oldest", "newest", "accepted"),
    [
        (V.TLSv1, V.TLSv1, {"TLSv1.0"}),
        (V.TLSv1_1, V.TLSv1_2, {"TLSv1.1", "TLSv1.2"}),
        (V.TLSv1_2, V.TLSv1_3, {"TLSv1.2", "TLSv1.3"}),
        (V.TLSv1_3, V.TLSv1_3, {"TLSv1.3"}),
    ],
)
def test_every_version_is_told_accepted_or_refused(
    tmp_path: Path, oldest: ssl.TLSVersion, newest: ssl.TLSVersion, accepted: set[str]
) -> None:
    with server(tmp_path, oldest, newest) as port:
        fact = tls.look(HOST, ADDRESS, port, unpaced())
    found = {one.version: one.outcome for one in fact.attempts}
    assert {name for name, one in found.items() if one is Outcome.ACCEPTED} == accepted
    assert Outcome.UNKNOWN not in found.values()


@pytest.mark.parametrize("version", [V.TLSv1, V.TLSv1_3])
def test_the_certificate_is_read_whatever_the_version(
    tmp_path: Path, version: ssl.TLSVersion
) -> None:
    with server(tmp_path, version, version) as port:
        fact = tls.look(HOST, ADDRESS, port, unpaced())
    assert fact.certificate is not None
    assert fact.certificate.not_after == NOT_AFTER
    assert (fact.certificate.names, fact.certificate.key_bits) == ((HOST,), 2048)


def test_a_page_is_read_over_old_tls_with_its_raw_headers(tmp_path: Path) -> None:
    with server(tmp_path, V.TLSv1, V.TLSv1) as port:
        fact = http.look(HOST, ADDRESS, port, unpaced(), tls=True)
    assert fact.status == 403
    assert fact.headers == (("Set-Cookie", "a"), ("Set-Cookie", "b"))


def test_a_broken_certificate_is_told_not_dropped() -> None:
    found, error = tls._read(b"0\x03abc")
    assert found is None
    assert error
