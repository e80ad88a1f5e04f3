"""One odd answer is told for the part it concerns alone, and the run goes on."""

import os
from pathlib import Path

import pytest

from care_kit.model.facts.exposure import ExposureFacts, PortState
from care_kit.model.formats import codec
from care_kit.model.words.errors import ScopeError
from care_kit.probes.exposure import (
    asides,
    collect,
    connect,
    datagrams,
    dialogue,
    pace,
    tls,
    web,
)
from care_kit.probes.exposure import dns as domains
from care_kit.probes.exposure.journal import Journal
from care_kit.probes.exposure.pace import Stopped
from care_kit.probes.exposure.walls import Wall
from tests.probes.exposure.local import serving
from tests.probes.exposure.scopes import TODAY, scope

WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
ADDRESS = f"127.0.0.{100 + WORKER}"  # its own for each process that runs these tests
HTTPS = 8443


class Odd(Exception):
    """Something no reader of ours foresaw."""


def odd(*_arguments: object, **_named: object) -> None:
    raise Odd("imprévu")


ONE = scope(
    view="interne",
    networks=(f"{ADDRESS}/32", "127.0.0.60/32"),
    validity=TODAY,
    hosts=(),
    domains=("chu-exemple.test",),
    resolver=f"{ADDRESS}:9",
)


@pytest.mark.parametrize(
    ("module", "reader", "place"),
    [
        (tls, "look", "TLS de {}, port 8443"),
        (web, "look", "pages de {}"),
        (asides, "look", "requêtes à {}"),
        (datagrams, "ask", "UDP"),
        (connect, "scan", "ports"),
        (domains, "domain_facts", "DNS"),
        (domains, "transfers", "transfert de zone"),
    ],
)
def test_a_reader_that_fails_takes_nothing_else_with_it(
    module: object, reader: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, reader, odd)
    with serving(lambda peer: None, HTTPS, ADDRESS):
        data, statement = collect(ONE, "0" * 64, use_nmap=False)
    facts = codec.decode(ExposureFacts, codec.decompress(data))
    assert not statement.complete
    (told,) = {one for one in statement.limits if "Odd, imprévu" in one and ADDRESS in one} or {
        one for one in statement.limits if "Odd, imprévu" in one
    }
    assert told.startswith("Non lu : ")
    assert place.format(ADDRESS) in told
    assert {one.address for one in facts.ports} == {ADDRESS, "127.0.0.60"}
    if reader != "scan":
        opened = {one.port for one in facts.ports if one.state is PortState.OPEN}
        assert opened == {HTTPS}


def test_a_part_that_failed_is_read_again_when_resumed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "suite"
    with monkeypatch.context() as patched, serving(lambda peer: None, HTTPS, ADDRESS):
        patched.setattr(tls, "look", odd)
        journal = Journal.begin(path, "0" * 64, "care-kit")
        collect(ONE, "0" * 64, use_nmap=False, journal=journal)
        journal.close(remove=False)
    with serving(lambda peer: None, HTTPS, ADDRESS):
        journal = Journal.resume(path, "0" * 64, "care-kit")
        assert {key for _kind, key in journal.pieces} == {"127.0.0.60", "chu-exemple.test"}
        _data, statement = collect(ONE, "0" * 64, use_nmap=False, journal=journal)
        journal.close(remove=True)
    assert not any("Odd" in one for one in statement.limits)


def test_a_stop_and_a_scope_error_go_through_walls() -> None:
    for fault in (Stopped(), ScopeError("hors", "là")):

        def raising(fault: Exception = fault) -> None:
            raise fault

        with pytest.raises(type(fault)):
            Wall().behind("x", raising, None)


def test_dialogues_are_behind_walls_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogue, "texts", odd)
    with serving(lambda peer: None, 2121, ADDRESS):
        data, statement = collect(ONE, "0" * 64, use_nmap=False)
    facts = codec.decode(ExposureFacts, codec.decompress(data))
    assert any("port 2121 : réponse illisible (Odd, imprévu)" in one for one in statement.limits)
    assert {one.port for one in facts.ports if one.state is PortState.OPEN} == {2121}


def test_a_host_that_keeps_us_is_left_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "HOST_SECONDS", 0.0)
    with serving(lambda peer: None, HTTPS, ADDRESS):
        data, statement = collect(ONE, "0" * 64, use_nmap=False)
    facts = codec.decode(ExposureFacts, codec.decompress(data))
    assert {one.state for one in facts.ports} == {PortState.UNKNOWN}
    assert {one.reason for one in facts.ports if one.reason} >= {"Délai de l'hôte dépassé (0 min)."}
    assert not statement.complete
