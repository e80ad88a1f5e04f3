"""A relay a little further: scripted words, every one of them counted; no message ever."""

import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path

import pytest

from care_kit.demo.surface.certificate import write_expired
from care_kit.demo.surface.servers import weak_context
from care_kit.model.facts.scope import OPEN_RELAY
from care_kit.probes.exposure import relays, smtp
from care_kit.probes.exposure.pace import unpaced
from care_kit.probes.exposure.targets import Target
from tests.probes.exposure.local import serving
from tests.probes.exposure.test_hostile import HOSTILE, SECONDS, bounded
from tests.probes.exposure.test_starttls import Words, moved

ADDRESS, HOST = ip_address("127.0.0.61"), "mail.chu-exemple.test"
EHLO = b"250-relais.test\r\n250 STARTTLS\r\n"
GREETING = b"220 relais.test\r\n"


def relay(rcpt: bytes, sender: bytes = b"250 2.1.0 Ok\r\n") -> Words:
    answers = {b"EHLO": EHLO, b"MAIL": sender, b"RCPT": rcpt, b"RSET": b"250 Ok\r\n"}
    return Words(GREETING, answers, b"")


@pytest.mark.parametrize(
    ("rcpt", "said"),
    [
        (b"250 2.1.5 Ok\r\n", "250 2.1.5 Ok"),
        (b"554 5.7.1 Relay access denied\r\n", "554 5.7.1 Relay access denied"),
    ],
)
def test_a_foreign_recipient_is_proposed_then_taken_back(rcpt: bytes, said: str) -> None:
    server = relay(rcpt)
    with serving(server) as port:
        assert relays.foreign_recipient(ADDRESS, port) == {relays.RELAYING: said}
    spoken = b"".join(server.heard)
    assert spoken == smtp.HELLO + relays.SENDER + relays.STRANGER + b"RSET\r\n" + smtp.QUIT
    assert b"DATA" not in spoken


def test_a_refused_sender_says_nothing_of_relaying() -> None:
    server = relay(b"", sender=b"550 5.7.1 no empty sender, relay\r\n")
    with serving(server) as port:
        found = relays.foreign_recipient(ADDRESS, port)
    assert found[relays.RELAYING].startswith("MAIL 550")
    assert relays.STRANGER not in server.heard


def test_the_second_hello_is_read_inside_tls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = weak_context(write_expired(HOST, tmp_path))

    def speak(peer: socket.socket) -> None:
        peer.settimeout(2)
        peer.sendall(GREETING)
        peer.recv(100)
        peer.sendall(EHLO)
        assert peer.recv(100) == smtp.STARTTLS
        peer.sendall(b"220 go\r\n")
        with context.wrap_socket(peer, server_side=True) as secure:
            assert secure.recv(100) == smtp.HELLO
            secure.sendall(b"250-relais.test\r\n250 AUTH NTLM LOGIN\r\n")
            secure.recv(100)

    with serving(speak) as port:
        moved(monkeypatch, 25, port)
        found = relays.encrypted_hello(ADDRESS, port)
    assert found == {relays.EHLO_OVER_TLS: "250-relais.test\n250 AUTH NTLM LOGIN"}


@pytest.mark.parametrize("behaviour", HOSTILE)
def test_a_hostile_relay_costs_little(
    behaviour: Callable[[socket.socket], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relays, "SECONDS", SECONDS)
    with serving(behaviour) as port, bounded(SECONDS + 1):
        assert relays.foreign_recipient(ADDRESS, port) == {}


def test_only_what_the_scope_asks_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def recorded(name: str) -> Callable[..., Mapping[str, str]]:
        def exchange(*_: object) -> Mapping[str, str]:
            done.append(name)
            return {}

        return exchange

    for name in ("foreign_recipient", "encrypted_hello"):
        monkeypatch.setattr(relays, name, recorded(name))
    usual = Target(ADDRESS, frozenset({25}), fragile=False)
    asked = replace(usual, optional=frozenset({OPEN_RELAY}))
    offered = {smtp.EHLO: "250-a\n250 STARTTLS"}
    for target, port, texts in (
        (usual, 25, {}),
        (usual, 587, offered),
        (replace(asked, fragile=True), 25, offered),
    ):
        assert relays.look(target, port, texts, unpaced()) == {}
    assert done == []
    relays.look(asked, 25, offered, unpaced())
    assert done == ["encrypted_hello", "foreign_recipient"]
    assert [relays.most(one) for one in (usual, asked, replace(asked, fragile=True))] == [1, 2, 0]
