"""One packet per UDP service: answers, refusals and silences kept apart."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from ipaddress import ip_address

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from care_kit.model.facts.exposure import Outcome
from care_kit.probes.exposure import datagrams
from care_kit.probes.exposure.pace import unpaced
from tests.probes.exposure.udp import serving

ADDRESS = ip_address("127.0.0.61")


@contextmanager
def answering(
    monkeypatch: pytest.MonkeyPatch, service: int, answer: bytes | None
) -> Iterator[list[bytes]]:
    """A UDP server in the place of a service, on a free port; gives what it received."""
    received: list[bytes] = []

    def reply(data: bytes) -> bytes | None:
        received.append(data)
        return answer

    with serving(str(ADDRESS), reply) as port:
        monkeypatch.setattr(datagrams, "PACKETS", {port: datagrams.PACKETS[service]})
        yield received


def asked() -> tuple[Outcome, str]:
    (fact,) = datagrams.ask(ADDRESS, datagrams.PACKETS, unpaced())
    return fact.outcome, fact.detail


@pytest.mark.parametrize(
    ("service", "answer"),
    [
        (69, b"\x00\x05\x00\x01"),
        (123, b"\x16\x82\x00\x01"),
        (137, b"ck\x84"),
        (161, b"\x30\x00"),
        (500, b"care-kit"),
        (623, b"\x06\x00\xff\x07"),
        (1434, b"\x05"),
        (1900, b"HTTP/1.1 200 OK"),
        (11211, b"\x00\x01\x00\x00\x00\x01\x00\x00VERSION"),
    ],
)
def test_the_service_s_own_answer_is_recognised_after_one_packet(
    monkeypatch: pytest.MonkeyPatch, service: int, answer: bytes
) -> None:
    with answering(monkeypatch, service, answer) as received:
        assert asked()[0] is Outcome.ACCEPTED
    assert len(received) == 1


@pytest.mark.parametrize("service", list(datagrams.PACKETS))
def test_noise_proves_nothing(monkeypatch: pytest.MonkeyPatch, service: int) -> None:
    with answering(monkeypatch, service, b"\xff\xff"):
        assert asked() == (Outcome.UNKNOWN, "réponse non reconnue")


def test_silence_is_bounded_and_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datagrams, "SECONDS", 0.3)
    start = time.monotonic()
    with answering(monkeypatch, 161, None):
        assert asked() == (Outcome.UNKNOWN, "aucune réponse")
    assert time.monotonic() - start < 2


def test_a_closed_port_says_so_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((str(ADDRESS), 0))
        port = sock.getsockname()[1]
    monkeypatch.setattr(datagrams, "PACKETS", {port: datagrams.PACKETS[161]})
    assert asked() == (Outcome.REFUSED, "port fermé")


def test_an_answer_from_another_address_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """TFTP may answer from another port, hence a socket open to strangers."""
    monkeypatch.setattr(datagrams, "SECONDS", 0.3)
    with (
        answering(monkeypatch, 69, None) as received,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger,
    ):
        stranger.bind(("127.0.0.71", 0))
        real = datagrams._send

        def send(*arguments: object) -> object:
            failed = real(*arguments)  # type: ignore[arg-type]
            waiting = arguments[0]
            (key,) = waiting.get_map().values()  # type: ignore[attr-defined]
            stranger.sendto(b"\x00\x05", ("127.0.0.1", key.fileobj.getsockname()[1]))
            return failed

        monkeypatch.setattr(datagrams, "_send", send)
        assert asked() == (Outcome.UNKNOWN, "aucune réponse")
    assert len(received) == 1


def test_a_station_that_cannot_open_a_socket_learns_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Such a station cannot be had here: the system's refusal is played."""

    def refused(*_arguments: object) -> socket.socket:
        raise OSError("no such address family")

    monkeypatch.setattr(socket, "socket", refused)
    found = datagrams.ask(ADDRESS, datagrams.PACKETS, unpaced())
    assert {one.outcome for one in found} == {Outcome.UNKNOWN}
    assert len(found) == len(datagrams.PACKETS)


def resolver(flags: int, rcode: int, *, answered: bool) -> bytes:
    reply = dns.message.make_response(dns.message.make_query(datagrams.STRANGER, "A"))
    reply.flags |= flags
    reply.set_rcode(dns.rcode.Rcode(rcode))
    if answered:
        reply.answer = [dns.rrset.from_text(datagrams.STRANGER, 60, "IN", "A", "192.0.2.1")]
    return reply.to_wire()


@pytest.mark.parametrize(
    ("flags", "rcode", "answered", "outcome"),
    [
        (dns.flags.RA, dns.rcode.NOERROR, True, Outcome.ACCEPTED),
        (dns.flags.RA, dns.rcode.SERVFAIL, False, Outcome.UNKNOWN),
        (dns.flags.RA, dns.rcode.REFUSED, False, Outcome.REFUSED),
        (0, dns.rcode.NOERROR, True, Outcome.REFUSED),
    ],
)
def test_recursion_is_proved_by_a_stranger_s_name(
    monkeypatch: pytest.MonkeyPatch, flags: int, rcode: int, answered: bool, outcome: Outcome
) -> None:
    with answering(monkeypatch, 53, resolver(flags, rcode, answered=answered)):
        assert asked()[0] is outcome


def test_no_packet_is_large_nor_carries_a_community() -> None:
    for packet in datagrams.PACKETS.values():
        assert len(packet.payload) <= 128
        assert b"public" not in packet.payload
    assert replace(datagrams.PACKETS[161]).payload[2:5] == b"\x02\x01\x03"  # SNMP version 3
