"""SSLv2: no server still makes it (OpenSSL dropped it in 1.1), so its answer is scripted here.

Its refusal is a real server's.
"""

import socket
import ssl
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import pytest

from care_kit.demo.surface.certificate import write_expired
from care_kit.demo.surface.servers import weak_context
from care_kit.model.facts.exposure import Outcome, TlsAttempt
from care_kit.probes.exposure import sslv2, tls
from care_kit.probes.exposure.pace import unpaced
from tests.probes.exposure.local import serving

ADDRESS, HOST = ip_address("127.0.0.61"), "www.chu-exemple.test"
SERVER_HELLO = bytes.fromhex("8021 04 00 01 0002 0000 0006 0010") + bytes(6 + 16)


def answering(data: bytes) -> Callable[[socket.socket], None]:
    def speak(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(data)

    return speak


def oldest(port: int) -> TlsAttempt:
    return tls.look(HOST, ADDRESS, port, unpaced()).attempts[-1]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (SERVER_HELLO, Outcome.ACCEPTED),
        (b"\x80\x03\x00\x00\x01" + bytes(10), Outcome.REFUSED),  # SSLv2's "no cipher" error
        (b"\x15\x03\x01\x00\x02\x02\x46", Outcome.REFUSED),  # TLS alert: protocol_version
        (SERVER_HELLO.replace(b"\x00\x02", b"\x03\x00", 1), Outcome.UNKNOWN),
        (b"HTTP/1.1 400 Bad Request\r\n", Outcome.UNKNOWN),
        (b"\x80", Outcome.UNKNOWN),
        (b"", Outcome.UNKNOWN),
    ],
)
def test_only_its_own_server_hello_proves_sslv2(answer: bytes, outcome: Outcome) -> None:
    with serving(answering(answer)) as port:
        found = oldest(port)
    assert (found.version, found.outcome) == ("SSLv2", outcome)


def test_a_real_server_refuses_it_with_an_alert(tmp_path: Path) -> None:
    context = weak_context(write_expired(HOST, tmp_path))

    def shake(peer: socket.socket) -> None:
        try:
            context.wrap_socket(peer, server_side=True).close()
        except ssl.SSLError:
            return

    with serving(shake) as port:
        assert oldest(port) == TlsAttempt("SSLv2", Outcome.REFUSED, "alerte TLS")


def test_the_hello_is_as_long_as_it_says() -> None:
    sent = sslv2.client_hello()
    assert int.from_bytes(sent[:2]) == 0x8000 | (len(sent) - 2)
    assert sent[2:5] == b"\x01\x00\x02"
