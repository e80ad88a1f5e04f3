"""What our port scan adds to the bare nmap command, same arguments, same targets.

`python bench/exposure_ports.py [--rounds 3]`, as root on Debian with nmap: everything happens
between two network namespaces made for the occasion. On each round our scan runs first and gives
the command lines it ran; the same lines are then run bare. Both are timed inside a process that
has already started, around the same work: scanning, and for ours reading the answer.
"""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from noise import in_turn, machine, spread

from tests.lab.exposure import stand_in
from tests.lab.exposure.network import HEALTHY, SILENT, WEAK, Network, running_network

MINUTES = 5
TARGETS = {
    "open and closed ports, scripts included": (WEAK, "careful"),
    "closed ports": (HEALTHY, "careful"),
    "dropped packets": (SILENT, "careful"),
    "own loopback, fast pace": ("127.0.0.1", "own"),
}


class Timed(NamedTuple):
    """What one side took, and the nmap command lines it ran."""

    seconds: float
    commands: list[str]


def main() -> None:
    """Make the namespaces, run both sides in turn on each target, print."""
    choices = _choices()
    if choices.scan:
        _scan(*choices.scan)
    elif choices.bare:
        _bare(json.load(sys.stdin))
    else:
        with running_network() as network, tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            network.serve([sys.executable, stand_in.__file__, WEAK, name], folder)
            network.wait_for([f"{WEAK}:{port} " for port in stand_in.SAYS])
            print(machine(), flush=True)
            for label, (address, pace) in TARGETS.items():
                _compare(network, label, address, pace, choices.rounds)
            print(machine())


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scan", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _compare(network: Network, label: str, address: str, pace: str, rounds: int) -> None:
    lines: list[str] = []

    def ours() -> float:
        said = _inside(network, "--scan", address, pace)
        lines[:] = said.commands
        return said.seconds

    sides: dict[str, Callable[[], float]] = {
        "care-kit": ours,
        "nmap": lambda: _inside(network, "--bare", given=json.dumps(lines)).seconds,
    }
    found = in_turn(sides, rounds)
    added = [one - other for one, other in zip(found["care-kit"], found["nmap"], strict=True)]
    shares = [gap / other * 100 for gap, other in zip(added, found["nmap"], strict=True)]
    print(f"{label} ({len(lines)} nmap commands)")
    for name, walls in found.items():
        print(f"  {name}: {spread(walls)}")
    print(f"  added: {spread(added)}, {spread(shares, '%')}", flush=True)


def _inside(network: Network, *options: str, given: str = "") -> Timed:
    """This script again, in the scanner's namespace."""
    command = ["ip", "netns", "exec", network.scanner, sys.executable, __file__, *options]
    done = subprocess.run(
        command, input=given, stdout=subprocess.PIPE, text=True, check=True, timeout=MINUTES * 60
    )
    seconds, commands = json.loads(done.stdout)
    return Timed(seconds, commands)


def _scan(text: str, pace: str) -> None:
    from ipaddress import ip_address

    from care_kit.probes.exposure import ports, services
    from care_kit.probes.exposure.pace import CAREFUL, Ceiling, Lane, unpaced

    ran: list[str] = []
    began = time.monotonic()
    ports.scan(
        ip_address(text),
        services.PORTS,
        unpaced() if pace == "own" else Lane(CAREFUL, Ceiling(CAREFUL.shared)),
        delay=0 if pace == "own" else CAREFUL.delay,
        scripts_on=services.PORTS - services.SILENT,
        ran=ran.append,
    )
    print(json.dumps([time.monotonic() - began, ran]))


def _bare(lines: list[str]) -> None:
    began = time.monotonic()
    for line in lines:
        subprocess.run(shlex.split(line), stdout=subprocess.PIPE, check=True)
    print(json.dumps([time.monotonic() - began, lines]))


if __name__ == "__main__":
    main()
