"""The TLS collector against testssl.sh and sslyze, on thirty servers whose truth is known.

`python bench/exposure_tls.py [--rounds 3] [--sample 3] [--without-testssl]` on Debian with nginx
and openssl; everything stays on loopback. sslyze and tlslite-ng go to a throw-away virtual
environment, testssl.sh to a throw-away folder: nothing is installed. Every tool is asked for the
facts the collector reports and no other (versions, families of suites, certificate, chain,
renegotiation, compression), every run is a process of its own, start included.

As root: the servers and the tools live in a network namespace of their own, where the kernel's
counters tell how many connections each run opened and how many packets went both ways.

care-kit is measured without any pause, one server at a time and four at once, then at its careful
pace, each server being a host of its own. sslyze scans up to ten servers at once with five
connections each; it is also measured with one server and one connection at a time. testssl.sh
takes about half a minute per server: one at a time it is measured on `--sample` of them in every
round, and on all of them once at the end, four at once. Its warnings are off, without which it
gives up on every server that the machine's OpenSSL cannot speak to.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from noise import in_turn, machine, spread
from tls_servers import ADDRESS, HOST, PORTS, VERSIONS, Server, serving

MINUTES = 20
AT_ONCE = 4  # two per core here: more only fight for them
FACTS = (
    *("--certinfo", "--sslv3", "--tlsv1", "--tlsv1_1", "--tlsv1_2", "--tlsv1_3"),
    *("--compression", "--reneg", "--mozilla_config=disable"),
)
TESTSSL_FACTS = (
    *("--quiet", "--color", "0", "--warnings", "off", "--nodns", "none", "--ip", ADDRESS),
    *("-p", "-s", "-f", "-S", "-R", "-C"),
)
SSLYZE_NAMES = ("ssl_3_0", "tls_1_0", "tls_1_1", "tls_1_2", "tls_1_3")
TESTSSL_NAMES = ("SSLv3", "TLS1", "TLS1_1", "TLS1_2", "TLS1_3")
ONE_AT_A_TIME = """\
import sys
from sslyze import *
scanner = Scanner(per_server_concurrent_connections_limit=1, concurrent_server_scans_limit=1)
commands = {ScanCommand[name] for name in (
    "CERTIFICATE_INFO SSL_3_0_CIPHER_SUITES TLS_1_0_CIPHER_SUITES TLS_1_1_CIPHER_SUITES "
    "TLS_1_2_CIPHER_SUITES TLS_1_3_CIPHER_SUITES TLS_COMPRESSION SESSION_RENEGOTIATION").split()}
scanner.queue_scans([
    ServerScanRequest(ServerNetworkLocation(sys.argv[1], int(port), sys.argv[2]),
                      scan_commands=commands) for port in sys.argv[3:]])
print(len(list(scanner.get_results())), "servers")
"""

PACES = {"alone": 1, "several": 4, "careful": 4}
"""Servers at once, by pace; the first two without any pause."""

Seen = dict[int, Server | None]
"""What a tool said of each port, in the shape of the truth; None where it gave nothing."""


def main() -> None:
    """Start the servers, run every tool in turn, print."""
    choices = _choices()
    if choices.collect:
        _collect(choices.collect)
    elif choices.inside:
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        with serving(choices.inside, choices.inside / "rivals" / "bin" / "python"):
            _measure(Bench(choices.inside), choices)
    else:
        with tempfile.TemporaryDirectory(prefix="care-kit-bench-") as name:
            _rivals(Path(name))
            _testssl(Path(name))
            inside = ["unshare", "--net", sys.executable, *sys.argv, "--inside", name]
            subprocess.run(inside, check=True)


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sample", type=int, default=3)
    parser.add_argument("--without-testssl", action="store_true")
    parser.add_argument("--collect", choices=[*PACES], help=argparse.SUPPRESS)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _rivals(folder: Path) -> None:
    """The throw-away environment of sslyze and tlslite-ng."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "rivals")], check=True)
    programs = folder / "rivals" / "bin"
    install = [str(programs / "pip"), "install", "--quiet", "sslyze", "tlslite-ng"]
    subprocess.run(install, check=True, stderr=subprocess.DEVNULL, timeout=300)


def _testssl(folder: Path) -> None:
    """Debian's package, unpacked without being installed."""
    download = ["apt-get", "-qq", "download", "testssl.sh"]
    subprocess.run(download, check=True, cwd=folder, stderr=subprocess.DEVNULL, timeout=300)
    (package,) = folder.glob("testssl.sh_*.deb")
    subprocess.run(["dpkg-deb", "-x", str(package), str(folder / "testssl")], check=True)


class Bench:
    """The commands, each returning its wall time in seconds and keeping what it said.

    `traffic` holds, by command, the connections it opened and the packets that went both ways.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._rivals = folder, folder / "rivals" / "bin"
        self._testssl = folder / "testssl"
        self.seen: dict[str, Seen] = {}
        self.traffic: dict[str, tuple[int, int]] = {}

    def counted(self, name: str, run: Callable[[], float]) -> float:
        """A run, its traffic kept under a name."""
        before = _traffic()
        wall = run()
        opened, packets = (now - then for now, then in zip(_traffic(), before, strict=True))
        self.traffic[name] = opened, packets
        return wall

    def ours(self, pace: str, ports: Sequence[int] = tuple(PORTS)) -> float:
        asked = " ".join(map(str, ports))
        wall, said = _timed([sys.executable, __file__, "--collect", pace], asked)
        seen: Seen = {int(port): Server("", *one) for port, one in json.loads(said).items()}
        self.seen["care-kit"] = self.seen.get("care-kit", {}) | seen
        return wall

    def sslyze(self) -> float:
        file = self._folder / "sslyze.json"
        places = [f"{HOST}:{port}{{{ADDRESS}}}" for port in PORTS]
        command = [str(self._rivals / "sslyze"), *FACTS, f"--json_out={file}", *places]
        wall, _ = _timed(command)
        seen = _read_sslyze(json.loads(file.read_text()))
        if not any(seen.values()):
            sys.exit("sslyze reached no server at all: there is nothing to compare")
        self.seen["sslyze"] = seen
        return wall

    def sslyze_alone(self) -> float:
        ports = map(str, PORTS)
        command = [str(self._rivals / "python"), "-c", ONE_AT_A_TIME, HOST, ADDRESS, *ports]
        return _timed(command)[0]

    def testssl(self, ports: Sequence[int], at_once: int) -> float:
        """One process per server: its own mass mode forces the warnings on again."""
        began = time.monotonic()
        with ThreadPoolExecutor(at_once) as pool:
            seen = dict(zip(ports, pool.map(self._testssl_one, ports), strict=True))
        self.seen["testssl.sh"] = self.seen.get("testssl.sh", {}) | seen
        return time.monotonic() - began

    def _testssl_one(self, port: int) -> Server | None:
        file = self._folder / f"testssl-{port}.json"
        file.unlink(missing_ok=True)
        where = {"TESTSSL_INSTALL_DIR": str(self._testssl / "etc" / "testssl")}
        program = str(self._testssl / "usr" / "bin" / "testssl")
        options = [*TESTSSL_FACTS, "--jsonfile", str(file), f"{HOST}:{port}"]
        _timed(["bash", program, *options], **where)
        return _read_testssl(json.loads(file.read_text()))


def _timed(command: Sequence[str], given: str = "", **environment: str) -> tuple[float, str]:
    began = time.monotonic()
    done = subprocess.run(
        command,
        input=given,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=MINUTES * 60,
        env={**os.environ, **environment},
    )
    if not done.stdout:
        sys.exit(f"{command[0]}: {done.stderr[-2000:]}")
    return time.monotonic() - began, done.stdout


def _traffic() -> tuple[int, int]:
    """Connections opened and packets carried since the namespace began, as the kernel counts."""
    tcp = [one.split() for one in Path("/proc/net/snmp").read_text().splitlines() if "Tcp:" in one]
    opened = int(dict(zip(tcp[0], tcp[1], strict=True))["ActiveOpens"])
    lines = [one.split() for one in Path("/proc/net/dev").read_text().splitlines()]
    return opened, next(int(one[10]) for one in lines if one[0] == "lo:")


def _collect(pace: str) -> None:
    """The child: what the exposure probe does on each TLS port, printed as JSON."""
    from ipaddress import ip_address

    from care_kit.model.facts.exposure import Outcome
    from care_kit.probes.exposure import tls
    from care_kit.probes.exposure.pace import CAREFUL, Ceiling, Lane, unpaced

    ceiling = Ceiling(CAREFUL.shared)

    def look(port: int) -> tuple[object, ...]:
        lane = Lane(CAREFUL, ceiling) if pace == "careful" else unpaced()
        fact = tls.look(HOST, ip_address(ADDRESS), port, lane)
        versions = [one.version for one in fact.attempts if one.outcome is Outcome.ACCEPTED]
        families = {one.family for one in fact.suites if one.outcome is Outcome.ACCEPTED}
        weak, none = ("RC4-3DES" in families), ("NULL-ANON-EXPORT" in families)
        return versions, "", "", 0, weak, none

    ports = [int(one) for one in sys.stdin.read().split()]
    with ThreadPoolExecutor(PACES[pace]) as pool:
        print(json.dumps(dict(zip(ports, pool.map(look, ports), strict=True))))


def _read_sslyze(report: dict[str, object]) -> Seen:
    found: Seen = {}
    results: list[dict[str, dict[str, object]]] = report["server_scan_results"]  # type: ignore[assignment]
    for one in results:
        port = int(str(one["server_location"]["port"]))
        if one["scan_result"] is None:
            found[port] = None
            continue
        versions, suites = [], []
        for version, name in zip(VERSIONS, SSLYZE_NAMES, strict=True):
            part: dict[str, dict[str, list[dict[str, dict[str, str]]]]]
            part = one["scan_result"][f"{name}_cipher_suites"]  # type: ignore[assignment]
            accepted = [each["cipher_suite"]["name"] for each in _accepted(part)]
            versions += [version] if accepted else []
            suites += accepted
        weak = any("RC4" in each or "DES" in each for each in suites if "EXPORT" not in each)
        none = any(word in each for each in suites for word in ("NULL", "anon", "EXPORT"))
        found[port] = Server("", tuple(versions), "", weak=weak, none=none)
    return found


def _accepted(
    part: dict[str, dict[str, list[dict[str, dict[str, str]]]]],
) -> list[dict[str, dict[str, str]]]:
    return part["result"]["accepted_cipher_suites"] if part.get("result") else []


def _read_testssl(report: list[dict[str, str]]) -> Server | None:
    names = {one["id"] for one in report if one["finding"].startswith("offered")}
    if not names.intersection(TESTSSL_NAMES):
        return None
    pairs = zip(VERSIONS, TESTSSL_NAMES, strict=True)
    return Server(
        "",
        tuple(version for version, name in pairs if name in names),
        "",
        weak=bool(names & {"cipherlist_LOW", "cipherlist_3DES_IDEA"}),
        none=bool(names & {"cipherlist_NULL", "cipherlist_aNULL", "cipherlist_EXPORT"}),
    )


def _measure(bench: Bench, choices: argparse.Namespace) -> None:
    sample = tuple(PORTS)[:: max(1, len(PORTS) // choices.sample)]
    ours, ours_sample = "care-kit", f"care-kit, {len(sample)} servers"
    single = f"testssl.sh, one server at a time, {len(sample)} servers"
    asked: dict[str, Callable[[], float]] = {
        ours: lambda: bench.ours("alone"),
        "care-kit, four servers at once": lambda: bench.ours("several"),
        "sslyze": bench.sslyze,
        "sslyze, one server and one connection at a time": bench.sslyze_alone,
        ours_sample: lambda: bench.ours("alone", sample),
    }
    if not choices.without_testssl:
        asked[single] = lambda: bench.testssl(sample, 1)
    sides = {name: partial(bench.counted, name, run) for name, run in asked.items()}
    print(machine(), flush=True)
    found = in_turn(sides, choices.rounds)
    for name, walls in found.items():
        base = statistics.median(found[ours_sample if name in (ours_sample, single) else ours])
        print(f"{name}: {spread(walls)}, {statistics.median(walls) / base:.1f} x care-kit")
    sys.stdout.flush()
    paced = "care-kit at its careful pace, four hosts at once"
    print(f"{paced}, once: {bench.counted(paced, lambda: bench.ours('careful')):.1f} s")
    if not choices.without_testssl:
        wall = bench.testssl(tuple(PORTS), AT_ONCE)
        ratio = wall / statistics.median(found[ours])
        print(f"testssl.sh, {AT_ONCE} servers at once, once: {wall:.1f} s, {ratio:.1f} x care-kit")
    for name, (opened, packets) in bench.traffic.items():
        print(f"{name}: {opened} connections, {packets} packets both ways")
    for tool, seen in bench.seen.items():
        _compare(tool, seen)
    print(machine())


def _compare(tool: str, seen: Seen) -> None:
    """How often the tool told the truth, and each server on which it did not."""
    wrong = []
    for port, truth in PORTS.items():
        said = seen.get(port)
        if said is None:
            wrong.append(f"{truth.label}: gives up, no finding")
        elif (tuple(said.versions), said.weak, said.none) != (
            (truth.versions, truth.weak, truth.none)
        ):
            families = f"weak {said.weak}, none {said.none}"
            wrong.append(f"{truth.label}: {', '.join(said.versions) or 'nothing'}; {families}")
    print(f"{tool}: versions and families right on {len(PORTS) - len(wrong)} of {len(PORTS)}")
    for line in wrong:
        print(f"  {line}")


if __name__ == "__main__":
    main()
