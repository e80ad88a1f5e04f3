"""Real servers and a real scan from another network namespace, once per test session."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from care_kit.catalog import toml_file
from care_kit.catalog.dated_tables import load_tables
from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.reading import Statement
from care_kit.model.facts.scope import BACNET, OPEN_RELAY
from care_kit.model.formats import codec
from care_kit.resources import data
from care_kit.rules.exposure import evaluate
from tests.lab.exposure import servers
from tests.lab.exposure.network import HEALTHY, SCANNER, SILENT, WEAK, Network, running_network

TABLES_DAY = date(2026, 11, 21)
"""The day whose tables judge: the shipped KEV edition no longer serves, others do not age."""


@dataclass(frozen=True)
class Reading:
    """What one scan gave, and what the rules make of it."""

    facts: ExposureFacts
    statement: Statement
    findings: tuple[Finding, ...]
    traffic: dict[str, int]
    folder: Path


@pytest.fixture(scope="session")
def network() -> Iterator[Network]:
    with running_network() as one:
        yield one


@pytest.fixture(scope="session")
def weak(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The weak hospital, scanned from outside."""
    folder = _folder(tmp_path_factory, "weak")
    servers.start_weak(network, folder)
    domains = (servers.WEAK_DOMAIN, servers.SECOND_DOMAIN)
    alias = (
        f'[[hosts]]\nname = "{servers.ALIAS}"\naddresses = ["203.0.113.9"]\n'
        'provider = "Hébergeur"\n'
    )
    asked = (BACNET, OPEN_RELAY)
    return _scan(
        network, folder, WEAK, servers.WEAK_HOST, domains, (53, 80, 443, 4433), alias, asked
    )


@pytest.fixture(scope="session")
def healthy(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Its healthy twin, scanned from outside by a station that trusts its authority."""
    folder = _folder(tmp_path_factory, "healthy")
    authorities = servers.start_healthy(network, folder)
    other = f'[[hosts]]\nname = "{servers.MTA_STS_HOST}"\naddresses = ["{HEALTHY}"]\n'
    return _scan(
        network,
        folder,
        HEALTHY,
        servers.HEALTHY_HOST,
        (servers.HEALTHY_DOMAIN,),
        (53, 80, 443),
        more=other,
        SSL_CERT_FILE=str(authorities),
    )


@pytest.fixture(scope="session")
def silent(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """An address behind a firewall that drops everything."""
    folder = _folder(tmp_path_factory, "silent")
    return _scan(network, folder, SILENT, "www.muet.test", (), (443,))


def _folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder that servers which give up root can still go through."""
    folder = factory.mktemp(name)
    for one in (folder, *folder.parents[:2]):
        one.chmod(0o755)
    return folder


def _scan(
    network: Network,
    folder: Path,
    address: str,
    host: str,
    domains: tuple[str, ...],
    ports: tuple[int, ...],
    more: str = "",
    optional: tuple[str, ...] = (),
    **environment: str,
) -> Reading:
    names = ("perimetre.toml", "facts", "statement", "traffic")
    scope, facts, statement, traffic = (folder / name for name in names)
    scope.write_text(
        f"""\
owner = "CHU du labo"
purpose = "essai"
contact = "labo"
view = "externe"
networks = ["{address}/32"]
domains = {list(domains)}
resolver = "{address}:53"
outgoing_address = "{SCANNER}"
dkim_selectors = ["s1"]
optional = {list(optional)}
[validity]
begins = {date.today()}
ends = {date.today() + timedelta(days=1)}
[[hosts]]
name = "{host}"
addresses = ["{address}"]
ports = {list(ports)}
{more}""",
        encoding="utf-8",
    )
    module = "tests.lab.exposure.scan"
    files = [str(one) for one in (scope, facts, statement, traffic)]
    network.scan([sys.executable, "-m", module, *files], **environment)
    read = codec.decode(ExposureFacts, codec.decompress(facts.read_bytes()))
    return Reading(
        read,
        codec.decode(Statement, statement.read_bytes()),
        evaluate(read, checks(), load_tables(TABLES_DAY)),
        json.loads(traffic.read_bytes()),
        folder,
    )


def checks() -> dict[str, Check]:
    """Every exposure check shipped."""
    files = data("checks").joinpath("exposure").iterdir()
    return {one.id: one for one in (toml_file.read(file, Check) for file in files)}
