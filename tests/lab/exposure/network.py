"""Two network namespaces joined by a virtual cable: servers in one, the scanner in the other.

Nothing can leave them: neither has a default route.
"""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

WEAK, HEALTHY, SCANNER = "192.0.2.10", "192.0.2.20", "198.51.100.2"
SILENT = "192.0.2.99"  # routed to the servers' namespace, which owns no such address and drops


@dataclass
class Network:
    """Names of the namespaces, and the processes to stop at the end."""

    servers: str
    scanner: str
    stack: ExitStack = field(repr=False)

    def serve(self, command: Sequence[str], folder: Path, **environment: str) -> None:
        """Start a server in the servers' namespace; it is stopped with the network."""
        log = self.stack.enter_context((folder / f"{Path(command[0]).name}.log").open("wb"))
        process = subprocess.Popen(
            ["ip", "netns", "exec", self.servers, *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, **environment},
        )
        self.stack.callback(_stop, process)

    def wait_for(self, listening: Sequence[str], seconds: float = 15.0) -> None:
        """Return once every "address:port" listens; AssertionError names those that never do."""
        end = time.monotonic() + seconds
        while missing := [one for one in listening if one not in self._listening()]:
            assert time.monotonic() < end, f"never listened: {missing}"
            time.sleep(0.05)

    def _listening(self) -> str:
        command = ["ip", "netns", "exec", self.servers, "ss", "-Hltn"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def scan(self, command: Sequence[str], **environment: str) -> None:
        """Run a program in the scanner's namespace."""
        full = ["ip", "netns", "exec", self.scanner, *command]
        subprocess.run(full, check=True, env={**os.environ, **environment})


@contextmanager
def running_network() -> Iterator[Network]:
    """Namespaces and cable, removed on leaving whatever happened."""
    unique = str(os.getpid())
    servers, scanner = f"ck-servers-{unique}", f"ck-scanner-{unique}"
    near, far = f"cks{unique}", f"ckc{unique}"
    with ExitStack() as stack:
        for name in (servers, scanner):
            _ip("netns", "add", name)
            stack.callback(_ip, "netns", "delete", name)
        _ip("link", "add", near, "netns", servers, "type", "veth", "peer", far, "netns", scanner)
        for address in (f"{WEAK}/24", f"{HEALTHY}/24", "198.51.100.1/24"):
            _ip("-n", servers, "address", "add", address, "dev", near)
        _ip("-n", scanner, "address", "add", f"{SCANNER}/24", "dev", far)
        for name, device in ((servers, near), (scanner, far)):
            _ip("-n", name, "link", "set", "lo", "up")
            _ip("-n", name, "link", "set", device, "up")
        _ip("-n", scanner, "route", "add", "192.0.2.0/24", "via", "198.51.100.1")
        # Unlimited refusals: the kernel otherwise keeps silent about the seventh closed UDP port.
        limit = ["sysctl", "-q", "-w", "net.ipv4.icmp_ratelimit=0"]
        subprocess.run(["ip", "netns", "exec", servers, *limit], check=True)
        yield Network(servers, scanner, stack)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
