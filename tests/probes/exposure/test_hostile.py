"""Hostile peers cost bounded time and memory, and give "unknown", never a verdict."""

import socket
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import pytest

from care_kit.model.facts.exposure import Outcome
from care_kit.probes.exposure import greeting, http, tls
from care_kit.probes.exposure.pace import unpaced
from tests.probes.exposure.local import Behaviour, serving

ADDRESS = ip_address("127.0.0.61")
SECONDS = 0.8


def drip(peer: socket.socket) -> None:
    """One byte at a time, often enough that no plain socket timeout ever expires."""
    for _ in range(200):
        peer.sendall(b"\x16")
        time.sleep(0.1)


def silence(peer: socket.socket) -> None:
    """Takes everything and says nothing."""
    while peer.recv(4096):
        pass


def flood(peer: socket.socket) -> None:
    """A hundred megabytes without a line end."""
    for _ in range(1600):
        peer.sendall(b"A" * 65_536)


def http_flood(peer: socket.socket) -> None:
    """A proper header, then an endless body."""
    peer.recv(4096)
    peer.sendall(b"HTTP/1.1 200 OK\r\nServer: \x1b[31mx\r\n\r\n<title>\x1b]0;ha\x07t</title>")
    flood(peer)


def tls_flood(peer: socket.socket) -> None:
    """Well-formed TLS records of a handshake message that never ends."""
    peer.sendall(b"\x16\x03\x03\x40\x00\x02\xff\xff\xff" + b"\x00" * (0x4000 - 4))
    while True:
        peer.sendall(b"\x16\x03\x03\x40\x00" + b"\x00" * 0x4000)


@contextmanager
def bounded(seconds: float, megabytes: float = 4.0) -> Iterator[None]:
    """Fails when what runs inside takes longer, or more memory."""
    tracemalloc.start()
    start = time.monotonic()
    try:
        yield
        assert time.monotonic() - start < seconds
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1_000_000
    finally:
        tracemalloc.stop()


@pytest.fixture(autouse=True)
def short_deadlines(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same code with shorter deadlines, so that the tests stay quick."""
    for module in (tls, http, greeting):
        monkeypatch.setattr(module, "SECONDS", SECONDS)


HOSTILE = [drip, silence, flood, tls_flood]


@pytest.mark.parametrize("behaviour", HOSTILE)
def test_tls_stays_unknown_and_bounded(behaviour: Behaviour) -> None:
    with serving(behaviour) as port, bounded(SECONDS * 5 + 1):
        fact = tls.look("www.chu-exemple.test", ADDRESS, port, unpaced())
    assert {one.outcome for one in fact.attempts} == {Outcome.UNKNOWN}
    assert fact.certificate is None


def test_tls_gives_up_after_two_silences() -> None:
    with serving(silence) as port, bounded(SECONDS * 2 + 1):
        fact = tls.look("www.chu-exemple.test", ADDRESS, port, unpaced())
    assert fact.attempts[-1].detail == "abandon après deux délais dépassés"


@pytest.mark.parametrize("behaviour", HOSTILE)
@pytest.mark.parametrize("secure", [False, True])
def test_http_stays_unknown_and_bounded(behaviour: Behaviour, secure: bool) -> None:
    with serving(behaviour) as port, bounded(SECONDS + 1):
        fact = http.look("www.chu-exemple.test", ADDRESS, port, unpaced(), tls=secure)
    assert fact.outcome is Outcome.UNKNOWN


def test_an_endless_page_is_cut_and_its_escapes_removed() -> None:
    with serving(http_flood) as port, bounded(SECONDS + 1):
        fact = http.look("www.chu-exemple.test", ADDRESS, port, unpaced(), tls=False)
    assert (fact.status, fact.title, fact.header("server")) == (200, "t", "x")


@pytest.mark.parametrize("behaviour", HOSTILE)
def test_listening_is_bounded(behaviour: Behaviour) -> None:
    with serving(behaviour) as port, bounded(SECONDS + 1):
        texts = greeting.listen(ADDRESS, port)
    assert all(len(text) <= 4 * greeting.MAX_BYTES for text in texts.values())


def test_a_banner_cannot_drive_the_terminal() -> None:
    with serving(lambda peer: peer.sendall(b"\x1b[2Jbonjour\x07\r\n")) as port:
        assert greeting.listen(ADDRESS, port) == {"greeting": "\\x1b[2Jbonjour\\x07"}


def test_a_host_name_cannot_inject_a_header() -> None:
    with serving(silence) as port:
        fact = http.look("a\r\nX-Evil: 1", ADDRESS, port, unpaced(), tls=False)
    assert (fact.outcome, fact.detail) == (Outcome.UNKNOWN, "nom d'hôte inutilisable")


def test_a_closed_port_is_unknown_not_refused() -> None:
    """A TCP refusal says nothing of what TLS would have said."""
    with serving(silence) as port:
        pass
    fact = tls.look("www.chu-exemple.test", ADDRESS, port, unpaced())
    assert {one.outcome for one in fact.attempts} == {Outcome.UNKNOWN}


def test_a_server_that_hangs_up_is_unknown() -> None:
    with serving(lambda peer: peer.close()) as port:
        fact = tls.look("www.chu-exemple.test", ADDRESS, port, unpaced())
    assert {one.outcome for one in fact.attempts} == {Outcome.UNKNOWN}


def test_a_redirect_loop_is_never_followed() -> None:
    asked: list[bytes] = []

    def loop(peer: socket.socket) -> None:
        asked.append(peer.recv(4096))
        peer.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")

    with serving(loop) as port, bounded(SECONDS + 1):
        fact = http.look("www.chu-exemple.test", ADDRESS, port, unpaced(), tls=False)
    assert (fact.status, fact.header("location"), len(asked)) == (302, "/", 1)


def test_html_in_a_title_stays_text_and_is_cut() -> None:
    title = b"<img src=x onerror=alert(1)>\x1b[2J" + b"a" * 200

    def page(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(b"HTTP/1.1 200 OK\r\n\r\n<title>" + title + b"</title>")

    with serving(page) as port, bounded(SECONDS + 1):
        fact = http.look("www.chu-exemple.test", ADDRESS, port, unpaced(), tls=False)
    assert fact.title.startswith("<img src=x onerror=alert(1)>a")
    assert len(fact.title) == 120


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x03\xff\xff" + b"\x00" * 70_000,  # a record longer than TLS allows
        b"\x16\x03\x03\x00\x04\x02\xff\xff\xff",  # a message that never comes
        b"\x16\x03\x03\x00\x2a\x02\x00\x00\x26\x03\x03" + b"\xff" * 36,  # lengths out of bounds
        b"\x15\x03\x03\x00\x01\x02",  # half an alert
        b"\xff" * 100,
    ],
)
def test_malformed_tls_is_unknown(garbage: bytes) -> None:
    def speak(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(garbage)

    with serving(speak) as port, bounded(SECONDS * 2 + 1):
        fact = tls.look("www.chu-exemple.test", ADDRESS, port, unpaced())
    assert {one.outcome for one in fact.attempts} == {Outcome.UNKNOWN}
    assert fact.certificate is None
