"""Requests no visitor makes: which, where, how many, and what is kept of the answers."""

import socket
import ssl
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import pytest

from care_kit.demo.surface.certificate import write_expired
from care_kit.demo.surface.servers import weak_context
from care_kit.model.facts.exposure import HttpFact, Outcome
from care_kit.model.facts.scope import HIDDEN_FILES
from care_kit.probes.exposure import asides, services, web
from care_kit.probes.exposure.pace import unpaced
from care_kit.probes.exposure.targets import Visit
from care_kit.rules.exposure.asides import ENVIRONMENT, GIT
from tests.probes.exposure.local import serving

ADDRESS, HOST = ip_address("127.0.0.61"), "www.chu-exemple.test"
ANSWERS = {
    b"OPTIONS": b"HTTP/1.1 204 No Content\r\nAllow: GET, TRACE\r\n\r\n",
    b"GET /.git": b"HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\nref: refs/heads/secrets\n",
    b"HEAD": b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\nContent-Type: text/plain\r\n\r\n",
    b"GET": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
}


def site(context: ssl.SSLContext, heard: list[bytes]) -> Callable[[socket.socket], None]:
    """A real TLS server that answers by the beginning of the request."""

    def answer(peer: socket.socket) -> None:
        peer.settimeout(2)
        with context.wrap_socket(peer, server_side=True) as secure:
            request = secure.recv(4096)
            heard.append(request)
            secure.sendall(next(ANSWERS[one] for one in ANSWERS if request.startswith(one)))
            if request.startswith(b"HEAD"):
                secure.recv(1)  # stays open, as a server that ignores « Connection: close »

    return answer


def front(port: int) -> HttpFact:
    return HttpFact(HOST, str(ADDRESS), port, True, Outcome.ACCEPTED, 200)


@pytest.fixture
def heard() -> list[bytes]:
    return []


def look(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    heard: list[bytes],
    *optional: str,
    pages: int = 1,
    guest: bool = False,
) -> list[HttpFact]:
    context = weak_context(write_expired(HOST, folder))
    with serving(site(context, heard)) as port:
        monkeypatch.setattr(services, "PATH_PORTS", (port,))
        visit = Visit(HOST, ADDRESS, frozenset({port}), guest)
        return asides.look(visit, unpaced(), [front(port)] * pages, optional)


def test_methods_and_origins_are_asked_of_every_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: list[bytes]
) -> None:
    options, crossing = look(tmp_path, monkeypatch, heard)
    assert (options.method, options.header("Allow")) == ("OPTIONS", "GET, TRACE")
    assert (crossing.method, crossing.origin) == ("GET", asides.ORIGIN)
    assert b"Origin: https://care-kit.invalid\r\n" in heard[1]
    assert b"Origin" not in heard[0]


def test_hidden_files_are_asked_only_when_the_scope_says_so_and_never_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: list[bytes]
) -> None:
    git, secrets = look(tmp_path, monkeypatch, heard, HIDDEN_FILES)[:2]
    assert (git.path, git.text) == (GIT, "ref:"), "the branch's name is not kept"
    assert (secrets.path, secrets.method, secrets.status) == (ENVIRONMENT, "HEAD", 200)
    assert heard[1].startswith(b"HEAD /.env ")


def test_the_ceiling_of_a_visit_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: list[bytes]
) -> None:
    assert len(look(tmp_path, monkeypatch, heard, HIDDEN_FILES, pages=web.MOST - 1)) == 1


def test_the_plan_counts_them_within_the_ceiling() -> None:
    assert asides.most(frozenset({443}), web.MOST - 1, (HIDDEN_FILES,)) == 1
    assert asides.most(frozenset({443}), 13, (HIDDEN_FILES,)) == 4
    assert asides.most(frozenset({80}), 1, (HIDDEN_FILES,)) == 0


def test_nothing_is_asked_of_a_provider_or_of_a_silent_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: list[bytes]
) -> None:
    assert look(tmp_path, monkeypatch, heard, guest=True) == []
    assert look(tmp_path, monkeypatch, heard, pages=0) == []
    assert heard == []
