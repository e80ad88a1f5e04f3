"""Web visits: the closed list of paths, the ceiling, and what is kept of a page."""

import socket
from ipaddress import ip_address

import pytest

from care_kit.model.facts.exposure import HttpFact, Outcome
from care_kit.probes.exposure import http, services, web
from care_kit.probes.exposure.pace import Lane, unpaced
from care_kit.probes.exposure.targets import Visit
from tests.probes.exposure.local import serving

ADDRESS, HOST = ip_address("127.0.0.61"), "www.chu-exemple.test"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """The network is replaced by a recorder: what matters here is what would be asked."""
    seen: list[tuple[int, str]] = []

    def look(
        host: str, address: object, port: int, _lane: Lane, *, tls: bool, path: str
    ) -> HttpFact:
        seen.append((port, path))
        outcome = Outcome.UNKNOWN if port == 8443 else Outcome.ACCEPTED
        return HttpFact(host, str(address), port, tls, outcome, path=path)

    monkeypatch.setattr(http, "look", look)
    return seen


def visit(*ports: int, host: str = HOST, guest: bool = False) -> Visit:
    return Visit(host, ADDRESS, frozenset(ports), guest)


def test_the_front_page_everywhere_then_the_closed_list(asked: list[tuple[int, str]]) -> None:
    web.look(visit(80, 443), unpaced())
    assert asked == [(80, "/"), (443, "/"), *((443, path) for path in services.PATHS)]


def test_never_more_than_twenty_requests_for_one_name(asked: list[tuple[int, str]]) -> None:
    web.look(visit(*services.HTTP_PORTS, *services.HTTPS_PORTS), unpaced())
    assert len(asked) == web.MOST == 20
    assert web.most(services.HTTP_PORTS | services.HTTPS_PORTS, HOST) == 20


def test_a_port_that_does_not_answer_is_left_alone(asked: list[tuple[int, str]]) -> None:
    web.look(visit(8443), unpaced())
    assert asked == [(8443, "/")]


def test_a_provider_is_asked_what_any_visitor_asks(asked: list[tuple[int, str]]) -> None:
    web.look(visit(443, guest=True), unpaced())
    assert asked == [(443, "/"), (443, services.SECURITY_TXT)]


def test_the_mail_policy_is_asked_of_its_own_name_only(asked: list[tuple[int, str]]) -> None:
    web.look(visit(443, host="mta-sts.chu-exemple.test"), unpaced())
    assert asked == [(443, "/"), (443, services.MTA_STS)]


def test_paths_carry_no_parameter() -> None:
    assert len(services.PATHS) <= 12
    assert not any({"?", "=", "%", "#"} & set(path) for path in services.PATHS)


def page(body: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join((b"HTTP/1.1 200 OK", *headers, b"", body))


@pytest.mark.parametrize(
    ("path", "text"), [(services.SECURITY_TXT, "Contact: a\nExpires: b"), ("/", "")]
)
def test_only_public_text_files_are_kept(path: str, text: str) -> None:
    answer = page(b"Contact: a\r\nExpires: b\x1b[2J\r\n")

    def speak(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(answer)

    with serving(speak) as port:
        fact = http.look(HOST, ADDRESS, port, unpaced(), tls=False, path=path)
    assert (fact.path, fact.text) == (path, text)


def test_a_chunked_text_is_put_together_and_a_broken_one_kept_as_it_came() -> None:
    answers = [
        page(b"b\r\nContact: a\n\r\n0\r\n\r\n", b"Transfer-Encoding: chunked"),
        page(b"zz\r\nContact: a", b"Transfer-Encoding: chunked"),
    ]

    def speak(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(answers.pop(0))

    with serving(speak) as port:
        for expected in ("Contact: a", "zz\nContact: a"):
            fact = http.look(HOST, ADDRESS, port, unpaced(), tls=False, path=services.SECURITY_TXT)
            assert fact.text == expected
