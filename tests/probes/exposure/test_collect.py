"""A whole run on the demonstration surface: what is found, said, and kept when cut short."""

import hashlib
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from care_kit.demo.surface import Surface, running_surface
from care_kit.model.facts.exposure import ExposureFacts, PortState
from care_kit.model.facts.scope import Host, Scope
from care_kit.model.formats import codec
from care_kit.model.words.errors import ScopeError
from care_kit.probes.exposure import collect, ports, run
from care_kit.probes.exposure.scope import read_scope
from care_kit.probes.exposure.view import observed_view

ADDRESS = "127.0.0.64"


@pytest.fixture(scope="module")
def surface() -> Iterator[Surface]:
    with running_surface(ADDRESS) as one:
        yield one


@pytest.fixture
def scope(surface: Surface, tmp_path: Path) -> Scope:
    file = tmp_path / "perimetre.toml"
    file.write_text(surface.scope_toml(), encoding="utf-8")
    return read_scope(file)[0]


def decoded(data: bytes) -> ExposureFacts:
    return codec.decode(ExposureFacts, codec.decompress(data))


def opened(facts: ExposureFacts) -> set[int]:
    return {one.port for one in facts.ports if one.state is PortState.OPEN}


def test_without_nmap_the_same_ports_are_found(scope: Scope) -> None:
    data, statement = collect(scope, "0" * 64, use_nmap=False)
    assert opened(decoded(data)) == {2121, 2323, 8443}
    assert statement.commands == ()
    assert statement.complete
    assert any(limit.startswith("Sans nmap") for limit in statement.limits)


def test_the_statement_carries_the_hashes(scope: Scope) -> None:
    data, statement = collect(scope, "a" * 64, use_nmap=False)
    assert statement.facts_sha512 == hashlib.sha512(data).hexdigest()
    assert statement.scope_sha256 == "a" * 64
    assert statement.target == "chu-exemple.test"


def test_a_missing_nmap_falls_back_and_says_so(
    scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "version", lambda: "")
    data, statement = collect(scope, "0" * 64)
    assert opened(decoded(data)) == {2121, 2323, 8443}
    assert "nmap n'est pas installé sur ce poste." in statement.limits


def test_a_fragile_address_is_never_spoken_to(scope: Scope) -> None:
    data, _ = collect(replace(scope, fragile_addresses=(ADDRESS,)), "0" * 64, use_nmap=False)
    facts = decoded(data)
    assert opened(facts) == {2121, 2323, 8443}
    assert not facts.tls
    assert not facts.http
    assert not any(one.scripts for one in facts.ports)


def test_an_interruption_keeps_the_finished_addresses(
    scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C once the first address is done: it is kept, and the other is said not reached."""
    wider = replace(scope, networks=(f"{ADDRESS}/32", "127.0.0.65/32"))
    monkeypatch.setattr(run, "HOSTS_AT_ONCE", 1)

    def interrupt(step: str, _count: int) -> None:
        if step == "Adresses":
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.2)

    data, statement = collect(wider, "0" * 64, use_nmap=False, progress=interrupt)
    facts = decoded(data)
    assert opened(facts) == {2121, 2323, 8443}
    assert not statement.complete
    assert any("interrompu" in limit for limit in statement.limits)
    assert "Non atteints (1) : 127.0.0.65." in statement.limits
    missing = {one.state for one in facts.ports if one.address == "127.0.0.65"}
    assert missing == {PortState.UNKNOWN}


def test_names_the_dns_does_not_know_are_told(scope: Scope) -> None:
    ours = Host("absent.chu-exemple.test", (ADDRESS,))
    theirs = Host("parti.chu-exemple.test", ("127.0.0.70",), provider="Hébergeur")
    data, statement = collect(replace(scope, hosts=(ours, theirs)), "0" * 64, use_nmap=False)
    facts = decoded(data)
    assert {one.host for one in facts.tls} == {"absent.chu-exemple.test"}
    assert facts.unreadable == ("parti.chu-exemple.test : nom sans réponse du DNS",)
    assert not statement.complete


def test_a_provider_is_asked_by_name_and_never_scanned(scope: Scope) -> None:
    theirs = Host("www.chu-exemple.test", (ADDRESS,), (8443,), provider="Hébergeur")
    data, _ = collect(replace(scope, hosts=(theirs,)), "0" * 64, use_nmap=False)
    facts = decoded(data)
    assert facts.ports == ()
    assert {(one.host, one.port) for one in facts.tls} == {
        ("www.chu-exemple.test", 443),
        ("www.chu-exemple.test", 8443),
    }


def test_progress_is_told_in_french(scope: Scope) -> None:
    told: list[tuple[str, int]] = []
    collect(scope, "0" * 64, use_nmap=False, progress=lambda *step: told.append(step))
    assert told == [("Domaines", 1), ("Adresses", 1)]


def test_an_expired_scope_sends_nothing(scope: Scope) -> None:
    late = replace(scope.validity, begins=scope.validity.begins.replace(year=2020))
    late = replace(late, ends=late.begins)
    with pytest.raises(ScopeError, match="expiré"):
        collect(replace(scope, validity=late), "0" * 64)


@pytest.mark.parametrize(
    ("declared", "outgoing", "view", "limits"),
    [
        ("198.51.100.2", "198.51.100.2", "externe", 0),
        ("198.51.100.2", "10.0.0.5", "externe", 1),
        ("", "198.51.100.2", "externe", 1),
        ("", "203.0.113.4", "interne", 1),
        ("", "", "externe", 1),
    ],
)
def test_the_view_is_checked_against_the_outgoing_address(
    scope: Scope, declared: str, outgoing: str, view: str, limits: int
) -> None:
    one = replace(scope, view="externe", networks=("203.0.113.0/28",), outgoing_address=declared)
    found, said = observed_view(one, outgoing)
    assert (found, len(said)) == (view, limits)
