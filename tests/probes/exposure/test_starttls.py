"""TLS after a few words in clear: the words sent, what is offered, and TLS as it then stands.

No SMTP, IMAP or POP3 server is installed by the tests: their words are scripted here, the TLS
that follows is OpenSSL's. FTP and LDAP are spoken to real servers in the lab.
"""

import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import pytest

from care_kit.demo.surface.certificate import write_expired
from care_kit.demo.surface.servers import weak_context
from care_kit.model.facts.exposure import Outcome, PortFact, PortState
from care_kit.probes.exposure import greeting, mailboxes, services, smtp, starttls, tls
from care_kit.probes.exposure.pace import unpaced
from tests.probes.exposure.local import serving
from tests.probes.exposure.test_hostile import HOSTILE, SECONDS, bounded

ADDRESS, HOST = ip_address("127.0.0.61"), "mail.chu-exemple.test"
READY = bytes.fromhex("300c 020101 7807 0a0100 0400 0400")
LONG_READY = bytes.fromhex("3084 00000010 020101 7884 00000007 0a0100 0400 0400")  # as Microsoft
REFUSED = bytes.fromhex("300c 020101 7807 0a0102 0400 0400")


@dataclass
class Words:
    """A greeting, then an answer to each expected beginning; TLS when `starts` is received."""

    greeting: bytes
    answers: Mapping[bytes, bytes]
    starts: bytes
    context: ssl.SSLContext | None = None
    heard: list[bytes] = field(default_factory=list)

    def __call__(self, peer: socket.socket) -> None:
        peer.settimeout(2)
        peer.sendall(self.greeting)
        while line := peer.recv(4096):
            self.heard.append(line)
            peer.sendall(next((self.answers[one] for one in self.answers if one in line), b"?\r\n"))
            if line == self.starts and self.context:
                with self.context.wrap_socket(peer, server_side=True) as secure:
                    secure.recv(10)
                return


def protocols() -> dict[int, Words]:
    """A willing server of each protocol, by usual port."""
    return {
        25: Words(
            b"220-relais.test\r\n220 ESMTP\r\n",
            {b"EHLO": b"250-relais.test\r\n250 STARTTLS\r\n", b"STARTTLS": b"220 go\r\n"},
            smtp.STARTTLS,
        ),
        143: Words(
            b"* OK [CAPABILITY IMAP4rev1] pret\r\n",
            {
                b"CAPABILITY": b"* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK\r\n",
                b"STARTTLS": b"a1 OK go\r\n",
            },
            mailboxes.IMAP_STARTTLS,
        ),
        110: Words(
            b"+OK pret\r\n",
            {b"CAPA": b"+OK\r\nUSER\r\nSTLS\r\n.\r\n", b"STLS": b"+OK go\r\n"},
            mailboxes.STLS,
        ),
        21: Words(b"220 pret\r\n", {b"AUTH TLS": b"234 go\r\n"}, greeting.AUTH),
        389: Words(b"", {starttls.LDAP_REQUEST: READY}, starttls.LDAP_REQUEST),
    }


WORDS = {  # everything that is sent in clear before TLS, and nothing else
    25: [smtp.HELLO, smtp.STARTTLS],
    143: [b"a1 STARTTLS\r\n"],
    110: [b"STLS\r\n"],
    21: [b"AUTH TLS\r\n"],
    389: [starttls.LDAP_REQUEST],
}


def moved(monkeypatch: pytest.MonkeyPatch, usual: int, port: int) -> None:
    """Speak on a free port as on the protocol's own, which needs root to listen to."""
    monkeypatch.setitem(starttls._OPENINGS, port, starttls._OPENINGS[usual])


@pytest.mark.parametrize("usual", sorted(WORDS))
def test_tls_is_read_after_the_words_of_each_protocol(
    usual: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = protocols()[usual]
    server.context = weak_context(write_expired(HOST, tmp_path))
    server.context.maximum_version = ssl.TLSVersion.TLSv1_2
    with serving(server) as port:
        moved(monkeypatch, usual, port)
        fact = tls.look(HOST, ADDRESS, port, unpaced())
    found = {one.version: one.outcome for one in fact.attempts}
    assert (found["TLSv1.2"], found["TLSv1.3"]) == (Outcome.ACCEPTED, Outcome.REFUSED)
    assert fact.certificate is not None
    assert fact.certificate.names == (HOST,)
    assert fact.trust is not None
    assert {one.outcome for one in fact.suites} == {Outcome.ACCEPTED, Outcome.REFUSED}
    said = len(WORDS[usual])
    assert server.heard[:said] == WORDS[usual]
    assert set(server.heard) == set(WORDS[usual])


@pytest.mark.parametrize("usual", sorted(WORDS))
def test_a_server_that_does_not_go_on_to_tls_is_unknown(
    usual: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = protocols()[usual]
    server.answers = {b"EHLO": b"250 relais.test\r\n", b"": b"500 non\r\n"}
    with serving(server) as port:
        moved(monkeypatch, usual, port)
        fact = tls.look(HOST, ADDRESS, port, unpaced())
    assert {one.outcome for one in fact.attempts} == {Outcome.UNKNOWN}
    assert fact.certificate is None


def fact(port: int, **scripts: str) -> PortFact:
    texts = {name.replace("_", "-"): text for name, text in scripts.items()}
    return PortFact(str(ADDRESS), port, PortState.OPEN, scripts=texts)


@pytest.mark.parametrize(
    ("one", "offered"),
    [
        (fact(25, smtp_ehlo="250-a\n250 STARTTLS"), True),
        (fact(587, smtp_ehlo="250-a\n250-STARTTLS\n250 SIZE"), True),
        (fact(25, smtp_ehlo="250-a\n250 X-STARTTLS-NON"), False),
        (fact(25), False),
        (fact(143, imap_capability="* CAPABILITY IMAP4rev1 STARTTLS\na1 OK"), True),
        (fact(143, imap_capability="* CAPABILITY IMAP4rev1\na1 OK"), False),
        (fact(110, pop3_capa="+OK\nUSER\nSTLS\n."), True),
        (fact(110, pop3_capa="-ERR"), False),
        (fact(21, ftp_auth_tls="234 go"), True),
        (fact(21, ftp_auth_tls="530 Please login"), False),
        (fact(389, ldap_starttls="0"), True),
        (fact(389, ldap_starttls="2"), False),
        (fact(443, smtp_ehlo="250 STARTTLS"), False),
    ],
)
def test_tls_is_only_asked_where_it_is_offered(one: PortFact, offered: bool) -> None:
    assert starttls.offered(one) is offered


@pytest.mark.parametrize(
    ("usual", "heard"),
    [
        (143, mailboxes.CAPABILITY + mailboxes.LOGOUT),
        (110, mailboxes.CAPA + mailboxes.QUIT),
    ],
)
def test_mailboxes_are_asked_what_they_can_do_then_left(
    usual: int, heard: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = protocols()[usual]
    with serving(server) as port:
        monkeypatch.setattr(services, "IMAP_PORTS", {port} if usual == 143 else set())
        (text,) = mailboxes.capabilities(ADDRESS, port).values()
    assert mailboxes.offers(text)
    assert b"".join(server.heard) == heard


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        (READY, {starttls.LDAP: "0"}),
        (LONG_READY, {starttls.LDAP: "0"}),
        (REFUSED, {starttls.LDAP: "2"}),
        (b"HTTP/1.1 400 Bad Request\r\n", {}),
        (b"\x30\x02\x02\x01", {}),
    ],
)
def test_a_directory_s_answer_to_starttls_is_read(answer: bytes, texts: dict[str, str]) -> None:
    with serving(Words(b"", {starttls.LDAP_REQUEST: answer}, b"")) as port:
        assert starttls.ldap(ADDRESS, port) == texts


@pytest.mark.parametrize("behaviour", HOSTILE)
@pytest.mark.parametrize("ask", [mailboxes.capabilities, starttls.ldap])
def test_hostile_peers_are_bounded(
    behaviour: Callable[[socket.socket], None],
    ask: Callable[..., dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mailboxes, "SECONDS", SECONDS)
    monkeypatch.setattr(starttls, "LDAP_SECONDS", SECONDS)
    with serving(behaviour) as port, bounded(SECONDS + 1):
        assert ask(ADDRESS, port) == {}


@pytest.mark.parametrize("behaviour", HOSTILE)
@pytest.mark.parametrize("usual", [25, 389])
def test_hostile_peers_before_tls_are_unknown_and_bounded(
    behaviour: Callable[[socket.socket], None], usual: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tls, "SECONDS", SECONDS)
    monkeypatch.setattr(starttls, "GREETING_SECONDS", 0)
    with serving(behaviour) as port, bounded(SECONDS * 6 + 1):
        moved(monkeypatch, usual, port)
        found = tls.look(HOST, ADDRESS, port, unpaced())
    assert {one.outcome for one in found.attempts} == {Outcome.UNKNOWN}
