"""DICOM associations and SMTP greetings: the bytes sent, and what is made of the answers."""

import socket
from collections.abc import Callable
from ipaddress import ip_address

import pytest

from care_kit.probes.exposure import dialogue, dicom, smtp
from care_kit.probes.exposure.targets import Target
from tests.probes.exposure.local import serving
from tests.probes.exposure.test_hostile import HOSTILE, SECONDS, bounded

ADDRESS = ip_address("127.0.0.61")
ACCEPT = bytes.fromhex("0200 00000002 0001")
REJECT = bytes.fromhex("0300 00000004 00010107")


def recorded(answer: bytes, kept: list[bytes]) -> Callable[[socket.socket], None]:
    """A node that answers the first bytes, then keeps everything it receives."""

    def node(peer: socket.socket) -> None:
        peer.settimeout(2)
        kept.append(peer.recv(4096))
        peer.sendall(answer)
        while data := peer.recv(4096):
            kept.append(data)

    return node


@pytest.mark.parametrize(
    ("answer", "said", "then"),
    [
        (ACCEPT, "accepted", dicom.RELEASE),
        (REJECT, "rejected result=1 source=1 why=7", b""),
        (bytes.fromhex("0700 00000004 00000000"), "", b""),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "", b""),
        (bytes.fromhex("0200 7fffffff"), "", b""),
    ],
)
def test_an_association_is_asked_then_released(answer: bytes, said: str, then: bytes) -> None:
    kept: list[bytes] = []
    with serving(recorded(answer, kept)) as port:
        texts = dicom.associate(ADDRESS, port)
    assert texts == ({dicom.ASSOCIATE: said} if said else {})
    assert b"".join(kept) == dicom.request() + then


def test_the_request_proposes_the_verification_service_alone() -> None:
    sent = dicom.request()
    assert int.from_bytes(sent[2:6]) == len(sent) - 6
    assert sent.count(b"1.2.840.10008.1.1\x40") == 1
    assert b"1.2.840.10008.5" not in sent  # image storage and query classes


def relay(*answers: bytes) -> Callable[[socket.socket], None]:
    """An SMTP server: a greeting, then one answer per command."""

    def speak(peer: socket.socket) -> None:
        for one in answers:
            peer.sendall(one)
            peer.recv(4096)

    return speak


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((b"220 a\r\n", b"250-a\r\n250 STARTTLS\r\n"), "250-a\n250 STARTTLS"),
        ((b"220-a\r\n220 b\r\n", b"250 a\r\n"), "250 a"),
        ((b"554 no\r\n",), ""),
        ((b"220 a\r\n", b"250-a\r\n"), ""),
    ],
)
def test_a_relay_s_extensions_are_read(answers: tuple[bytes, ...], said: str) -> None:
    with serving(relay(*answers)) as port:
        assert smtp.hello(ADDRESS, port) == ({smtp.EHLO: said} if said else {})


@pytest.mark.parametrize("behaviour", HOSTILE)
@pytest.mark.parametrize("module", [dicom, smtp])
def test_hostile_peers_are_bounded(
    behaviour: Callable[[socket.socket], None],
    module: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "SECONDS", SECONDS)
    speak = dicom.associate if module is dicom else smtp.hello
    with serving(behaviour) as port, bounded(SECONDS + 1):
        assert speak(ADDRESS, port) == {}


def test_a_fragile_address_and_a_silent_port_hear_nothing() -> None:
    everything = frozenset(range(1, 65_536))
    assert dialogue.ports(Target(ADDRESS, everything, fragile=True)) == frozenset()
    spoken = dialogue.ports(Target(ADDRESS, everything, fragile=False))
    assert not spoken & {102, 502, 515, 631, 2575, 2761, 2762, 9100, 20000, 44818}
