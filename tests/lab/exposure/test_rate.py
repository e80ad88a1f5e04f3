"""At the careful pace, what leaves the scanner's interface in any second stays under the ceiling.

Run as a program (`python -m tests.lab.exposure.test_rate MEANS ADDRESS`) it is the scan itself.
"""

import subprocess
import sys
import time
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import pytest

from care_kit.probes.exposure import connect, ports, services
from care_kit.probes.exposure.pace import CAREFUL
from tests.lab.exposure import stand_in
from tests.lab.exposure.network import SILENT, Network

pytestmark = pytest.mark.lab

BUSY = "192.0.2.30"
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


def scanned(network: Network, means: str, address: str) -> list[Sample]:
    """Scan from the scanner's namespace and read its counters until the end."""
    program = [sys.executable, "-m", "tests.lab.exposure.test_rate", means, address]
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


if __name__ == "__main__":
    target = ip_address(sys.argv[2])
    if sys.argv[1] == "nmap":
        talkative = ASKED - services.SILENT
        ports.scan(target, ASKED, CAREFUL, scripts_on=talkative, ran=lambda _command: None)
    else:
        connect.scan(target, ASKED, CAREFUL)
