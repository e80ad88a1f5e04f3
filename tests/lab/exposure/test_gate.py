"""The gate of the scope, packets counted on the wire: none where none is due.

One hospital answers on every kind of part: ports, nmap scripts, dialogues, TLS, pages, UDP, DNS,
zone transfers. The same run is made without any exclusion (each kind is then seen to leave), and
with each kind of exclusion.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from care_kit.model.facts.scope import BACNET, HIDDEN_FILES, OPEN_RELAY, Host, Scope, Validity
from care_kit.model.formats import codec
from care_kit.model.words.errors import ScopeError
from care_kit.probes.exposure import collect, services
from tests.lab.exposure import certificates, stand_in
from tests.lab.exposure.network import HEALTHY, Network
from tests.lab.exposure.sniff import Packet

pytestmark = pytest.mark.lab

OPEN, RESOLVER = "192.0.2.40", "192.0.2.41"
METADATA, PRIVATE = "169.254.169.254", "10.9.8.53"
DOMAIN = "porte.test"
PORTS = frozenset({22, 25, 53, 80, 104, 443, 2575, 5900})
TALKED = {22, 25, 80, 443}
UDP = services.UDP_PORTS
MARGIN = 1.0


def scope() -> Scope:
    return Scope(
        owner="Labo",
        purpose="porte du périmètre",
        contact="labo",
        view="externe",
        networks=("192.0.2.0/24",),
        validity=Validity(date.today(), date.today() + timedelta(days=1)),
        domains=(DOMAIN,),
        hosts=(Host(f"www.{DOMAIN}", (OPEN,), (80, 443)),),
        excluded_addresses=tuple(
            one for one in EVERYBODY_ELSE if one not in (f"{OPEN}/32", f"{RESOLVER}/32")
        ),
        excluded_ports=tuple(services.PORTS - PORTS),
        resolver=f"{RESOLVER}:53",
        optional=(OPEN_RELAY, HIDDEN_FILES, BACNET),
    )


EVERYBODY_ELSE = ("192.0.2.0/27", "192.0.2.32/29", "192.0.2.42/31", "192.0.2.44/30",
                  "192.0.2.48/28", "192.0.2.64/26", "192.0.2.128/25")  # fmt: skip


@pytest.fixture(scope="module")
def hospital(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Network:
    """A host that is open and talks, a resolver whose zone names servers of every kind."""
    folder = tmp_path_factory.mktemp("porte")
    for one in (folder, *folder.parents[:2]):
        one.chmod(0o755)
    for address in (OPEN, RESOLVER, PRIVATE, METADATA):
        add = ["ip", "-n", network.servers, "address", "add", f"{address}/32", "dev", "lo"]
        subprocess.run(add, check=True)
    for address in (PRIVATE, METADATA):  # what would leave for there must be seen
        route = ["ip", "-n", network.scanner, "route", "add", address, "via", "198.51.100.1"]
        subprocess.run(route, check=True)
    pair = certificates.write(
        folder,
        "site",
        f"www.{DOMAIN}",
        certificates.authority(),
        key=rsa.generate_private_key(65_537, 2048),
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"user root; daemon off; pid {folder}/nginx.pid; error_log stderr;\n"
        "events { worker_connections 64; }\nhttp { access_log off;\n"
        f"server {{ listen {OPEN}:80; listen {OPEN}:443 ssl; root {folder};\n"
        f"ssl_certificate {pair[0]}; ssl_certificate_key {pair[1]}; }} }}\n"
    )
    network.serve(["nginx", "-c", str(configuration), "-e", "stderr"], folder)
    network.serve([sys.executable, stand_in.__file__, OPEN, str(folder)], folder)
    network.serve(
        [sys.executable, "-m", "tests.lab.exposure.zone", RESOLVER],
        folder,
        PYTHONPATH=str(Path.cwd()),
    )
    wanted = [f"{OPEN}:{port} " for port in PORTS - {53}] + [f"{RESOLVER}:53 "]
    network.wait_for(wanted)
    return network


@contextmanager
def heard(network: Network, folder: Path) -> Iterator[Callable[[], list[Packet]]]:
    """Everything that arrives at the servers while the block lasts."""
    device, file = f"cks{network.servers.rpartition('-')[2]}", folder / "packets"
    command = [sys.executable, "-m", "tests.lab.exposure.sniff", device, str(file)]
    listener = subprocess.Popen(["ip", "netns", "exec", network.servers, *command])
    try:
        while not (file.exists() and file.read_text()):
            assert listener.poll() is None
            time.sleep(0.05)

        def packets() -> list[Packet]:
            time.sleep(0.3)
            return [Packet(**json.loads(one)) for one in file.read_text().splitlines() if one]

        yield packets
    finally:
        listener.kill()
        listener.wait()


def run(network: Network, folder: Path, one: Scope) -> list[Packet]:
    """What a run inside that scope sends, as the servers' side of the cable sees it."""
    (folder / "scope.json").write_bytes(codec.canonical(one))
    with heard(network, folder) as packets:
        network.scan([sys.executable, "-m", "tests.lab.exposure.test_gate", str(folder)])
        return packets()


def to(packets: list[Packet], address: str, *ports: int) -> list[Packet]:
    return [one for one in packets if one.to == address and (not ports or one.port in ports)]


def said(packets: list[Packet]) -> int:
    return sum(one.said for one in packets)


def test_without_exclusions_every_kind_of_part_leaves(hospital: Network, tmp_path: Path) -> None:
    """The control: each of these counts is 0 in a test below."""
    found = run(hospital, tmp_path, scope())
    assert {one.port for one in to(found, OPEN) if one.protocol == "tcp"} >= PORTS
    assert all(said(to(found, OPEN, port)) for port in TALKED), "dialogues, TLS, pages, scripts"
    assert {one.port for one in to(found, OPEN) if one.protocol == "udp"} >= {161, 623}
    assert said([one for one in to(found, RESOLVER, 53) if one.protocol == "udp"]), "DNS"
    assert said([one for one in to(found, RESOLVER, 53) if one.protocol == "tcp"]), "transfers"


@pytest.mark.parametrize("written", ["::ffff:c000:228", "192.0.2.40/31"])
def test_an_excluded_address_gets_no_packet_in_any_writing(
    hospital: Network, tmp_path: Path, written: str
) -> None:
    one = scope()
    closed = replace(one, excluded_addresses=(*one.excluded_addresses, written))
    assert to(run(hospital, tmp_path, closed), OPEN) == []


def test_an_excluded_port_gets_no_packet(hospital: Network, tmp_path: Path) -> None:
    one = scope()
    ports = (25, 443, 5900, 161, 623, 53)
    closed = replace(one, excluded_ports=(*one.excluded_ports, *ports))
    found = run(hospital, tmp_path, closed)
    assert to(found, OPEN, *ports) == []
    assert [one for one in found if one.to == RESOLVER and one.port == 53] == []


@pytest.mark.parametrize("written", [f"::ffff:{OPEN}"])
def test_a_fragile_address_is_knocked_at_and_never_spoken_to(
    hospital: Network, tmp_path: Path, written: str
) -> None:
    found = to(run(hospital, tmp_path, replace(scope(), fragile_addresses=(written,))), OPEN)
    assert {one.port for one in found if one.protocol == "tcp"} >= PORTS
    assert said(found) == 0
    assert [one for one in found if one.protocol == "udp"] == []


def test_name_servers_at_private_and_metadata_addresses_get_nothing(
    hospital: Network, tmp_path: Path
) -> None:
    """The zone names them: no transfer is asked of them, even in the internal view."""
    found = run(hospital, tmp_path, replace(scope(), view="interne"))
    assert to(found, RESOLVER), "the zone was read"
    assert to(found, METADATA) == []
    assert to(found, PRIVATE) == []


def test_a_machine_of_a_provider_left_alone_gets_nothing(hospital: Network, tmp_path: Path) -> None:
    one = scope()
    host = Host(f"www.{DOMAIN}", (HEALTHY,), (443,), provider="Hébergeur")
    closed = replace(one, hosts=(host,), fragile_addresses=(HEALTHY,))
    assert to(run(hospital, tmp_path, closed), HEALTHY) == []


def test_nothing_leaves_once_the_hours_are_over(hospital: Network, tmp_path: Path) -> None:
    """The hours end while the host is being read."""
    now = datetime.now()
    if now.hour == 23 and now.minute == 59:
        pytest.skip("hours that would run over midnight")
    ends = now + timedelta(seconds=8)
    one = replace(scope(), validity=Validity(date.today(), date.today(), now.time(), ends.time()))
    found = to(run(hospital, tmp_path, one), OPEN)
    assert found, "the run had begun"
    assert [one for one in found if one.at > ends.timestamp()] == []


def test_nothing_leaves_outside_the_hours(hospital: Network, tmp_path: Path) -> None:
    past = Validity(date.today() - timedelta(days=2), date.today() - timedelta(days=1))
    assert run(hospital, tmp_path, replace(scope(), validity=past)) == []


if __name__ == "__main__":
    asked = codec.decode(Scope, (Path(sys.argv[1]) / "scope.json").read_bytes())
    try:
        collect(asked, "0" * 64)
    except ScopeError as error:
        print(error.sentence)
