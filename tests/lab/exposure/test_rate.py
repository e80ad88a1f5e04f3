"""At the careful pace, what leaves the scanner's interface in any second stays under the ceiling.

Run as a program (`python -m tests.lab.exposure.test_rate MEANS ADDRESS...`) it is the scan itself.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from care_kit.model.facts.exposure import PortState
from care_kit.model.facts.scope import Scope, Validity
from care_kit.probes.exposure import collect, connect, ports, services
from care_kit.probes.exposure.gate import ScopeGate
from care_kit.probes.exposure.pace import CAREFUL, Ceiling, Lane
from tests.lab.exposure import certificates, stand_in
from tests.lab.exposure.network import SILENT, Network

pytestmark = pytest.mark.lab

BUSY = "192.0.2.30"
HOSTS = tuple(f"192.0.2.{number}" for number in range(31, 35))
KEPT = frozenset({21, 22, 25, 80, 104, 161, 389, 443, 993, 995, 2575, 3306, 3389, 6379, 8080})
ASKED = frozenset(sorted(services.PORTS)[:50])
EVERY, WINDOW = 0.02, 1.0


@dataclass(frozen=True)
class Sample:
    """The kernel's counters of the scanner's namespace at one moment (seconds)."""

    at: float
    packets: int
    connections: int


@pytest.fixture(scope="module")
def busy(network: Network, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An address where many ports are open and all the others refuse."""
    add = ["ip", "-n", network.servers, "address", "add", f"{BUSY}/32", "dev", "lo"]
    subprocess.run(add, check=True)
    folder = tmp_path_factory.mktemp("busy")
    network.serve([sys.executable, stand_in.__file__, BUSY, str(folder)], folder)
    network.wait_for([f"{BUSY}:{port} " for port in stand_in.SAYS])
    return BUSY


def test_nmap_and_its_scripts_send_fewer_packets_than_the_ceiling(
    network: Network, busy: str
) -> None:
    samples = scanned(network, "nmap", busy)
    assert total([one.packets for one in samples]) > len(ASKED) // 2
    assert worst(samples, [one.packets for one in samples]) <= CAREFUL.rate


def test_ports_that_drop_everything_are_not_asked_faster(network: Network) -> None:
    samples = scanned(network, "nmap", SILENT)
    assert total([one.packets for one in samples]) > len(ASKED) // 2
    assert worst(samples, [one.packets for one in samples]) <= CAREFUL.rate


def test_without_nmap_packets_stay_under_the_ceiling_too(network: Network, busy: str) -> None:
    samples = scanned(network, "connect", busy)
    assert total([one.packets for one in samples]) > len(ASKED) // 2
    assert worst(samples, [one.packets for one in samples]) <= CAREFUL.rate


@pytest.mark.parametrize("means", ["run-nmap", "run"])
def test_a_whole_run_on_several_hosts_stays_under_one_ceiling(
    network: Network, several: tuple[str, ...], means: str
) -> None:
    """Ports, dialogues, TLS, large pages and UDP, of four hosts looked at at once."""
    samples = scanned(network, means, *several)
    packets = [one.packets for one in samples]
    seconds = samples[-1].at - samples[0].at
    print(f"{means}: {total(packets)} packets, {seconds:.1f} s, worst {worst(samples, packets)}")
    assert total(packets) > 1000
    assert worst(samples, packets) <= CAREFUL.rate


@pytest.fixture(scope="module")
def several(network: Network, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Four hosts with a few open ports, TLS, and a page of the largest size that is read."""
    folder = tmp_path_factory.mktemp("several")
    pair = certificates.write(
        folder,
        "site",
        "www.rythme.test",
        certificates.authority(),
        key=rsa.generate_private_key(65_537, 2048),
    )
    (folder / "index.html").write_text("a" * 100_000)
    for one in (folder, *folder.parents[:2]):
        one.chmod(0o755)
    sites = ""
    for address in HOSTS:
        add = ["ip", "-n", network.servers, "address", "add", f"{address}/32", "dev", "lo"]
        subprocess.run(add, check=True)
        network.serve([sys.executable, stand_in.__file__, address, str(folder)], folder)
        sites += (
            f"server {{ listen {address}:80; listen {address}:443 ssl; root {folder}; "
            f"ssl_certificate {pair[0]}; ssl_certificate_key {pair[1]}; }}\n"
        )
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"user root; daemon off; pid {folder}/nginx.pid; error_log stderr;\n"
        f"events {{ worker_connections 64; }}\nhttp {{ access_log off; {sites} }}\n"
    )
    network.serve(["nginx", "-c", str(configuration), "-e", "stderr"], folder)
    wanted = (80, 443, *stand_in.SAYS)
    network.wait_for([f"{address}:{port} " for address in HOSTS for port in wanted])
    return HOSTS


def scanned(network: Network, means: str, *addresses: str) -> list[Sample]:
    """Scan from the scanner's namespace and read its counters until the end."""
    program = [sys.executable, "-m", "tests.lab.exposure.test_rate", means, *addresses]
    process = subprocess.Popen(["ip", "netns", "exec", network.scanner, *program])
    samples: list[Sample] = []
    while process.poll() is None:
        try:
            samples.append(sample(Path(f"/proc/{process.pid}/net")))
        except (OSError, KeyError):  # not yet in the namespace, or already gone
            continue
        finally:
            time.sleep(EVERY)
    assert process.returncode == 0
    return samples


def sample(counters: Path) -> Sample:
    """Packets sent on the cable, and TCP connections opened; KeyError elsewhere than there."""
    lines = [one.split() for one in (counters / "dev").read_text().splitlines()]
    sent = {one[0]: int(one[10]) for one in lines if one[0].startswith("ckc")}
    if not sent:
        raise KeyError("no cable")
    at = time.monotonic()
    tcp = [one.split() for one in (counters / "snmp").read_text().splitlines() if "Tcp:" in one]
    known = dict(zip(tcp[0], tcp[1], strict=True))
    return Sample(at, sum(sent.values()), int(known["ActiveOpens"]))


def total(counts: list[int]) -> int:
    return counts[-1] - counts[0]


def worst(samples: list[Sample], counts: list[int]) -> int:
    """The most counted between two readings at most WINDOW apart."""
    first, most = 0, 0
    for last, one in enumerate(samples):
        while one.at - samples[first].at > WINDOW:
            first += 1
        most = max(most, counts[last] - counts[first])
    return most


def scope(addresses: Sequence[str]) -> Scope:
    """A run limited to a few ports, so that the test stays short."""
    return Scope(
        owner="Labo",
        purpose="mesure du rythme",
        contact="labo",
        view="externe",
        networks=tuple(f"{one}/32" for one in addresses),
        validity=Validity(date.today(), date.today() + timedelta(days=1)),
        excluded_ports=tuple(services.PORTS - KEPT),
        resolver=f"{addresses[0]}:53",
    )


if __name__ == "__main__":
    if sys.argv[1].startswith("run"):
        collect(scope(sys.argv[2:]), "0" * 64, use_nmap=sys.argv[1] == "run-nmap")
        sys.exit()
    target = ip_address(sys.argv[2])
    lane = Lane(
        CAREFUL,
        Ceiling(CAREFUL.shared),
        ScopeGate(replace(scope([sys.argv[2]]), excluded_ports=())),
    )
    found = connect.scan(target, ASKED, lane)
    if sys.argv[1] == "nmap":
        for one in found:
            if one.state is PortState.OPEN and one.port not in services.SILENT:
                ports.scripted(one, target, lane, lambda _command: None)
