"""The DNS and mail facts of up to 1,000 domains, against a real authoritative server.

`python bench/exposure_dns.py [--sizes 100 300 1000] [--rounds 3]`, as root on Debian with bind9:
everything happens between two network namespaces. Each run is a process of its own; packets are
those the kernel counts in its namespace, and the busiest second is looked for among readings
made every 20 ms.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from noise import machine, spread

from care_kit.probes.exposure.pace import CAREFUL
from tests.lab.exposure.network import WEAK, Network, running_network

MINUTES = 40
EVERY = 0.02
SELECTORS = ("s1", "s2")

_NAMED = """\
options {{
  directory "{folder}"; pid-file "{folder}/named.pid"; session-keyfile "{folder}/session.key";
  listen-on {{ {address}; }}; listen-on-v6 {{ none; }}; recursion no; notify no;
  dnssec-validation no; allow-transfer {{ none; }};
}};
controls {{ }};
{zones}
"""
_ZONE = """\
$TTL 300
@    IN SOA ns1 dsi 1 3600 600 86400 300
@    IN NS  ns1
@    IN NS  ns2
@    IN A   {address}
@    IN MX  10 mail
@    IN TXT "v=spf1 mx include:_spf.fournisseur.test include:_spf.envoi.test -all"
@    IN CAA 0 issue "ac.test"
ns1  IN A   {address}
ns2  IN A   {address}
mail IN A   {address}
_dmarc     IN TXT "v=DMARC1; p=reject; rua=mailto:rapports@fournisseur.test"
_mta-sts   IN TXT "v=STSv1; id=1"
_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:rapports@fournisseur.test"
s1._domainkey IN TXT "v=DKIM1; k=rsa; p="
"""
_PROVIDER = """\
$TTL 300
@    IN SOA ns1 dsi 1 3600 600 86400 300
@    IN NS  ns1
ns1  IN A   {address}
_spf IN TXT "v=spf1 ip4:192.0.2.0/24 -all"
*._report._dmarc IN TXT "v=DMARC1"
"""


@dataclass(frozen=True)
class Run:
    """One collection: seconds, questions kept as facts, packets sent, peak memory in MB."""

    seconds: float
    facts: int
    unknown: int
    sent: int
    busiest: int
    megabytes: float


def main() -> None:
    """Serve the domains, collect each size in turn, print."""
    choices = _choices()
    if choices.collect:
        _collect(choices.collect)
        return
    found: dict[int, list[Run]] = {size: [] for size in choices.sizes}
    with running_network() as network, _serving(network, max(choices.sizes)):
        print(machine(), flush=True)
        for _ in range(choices.rounds):
            for size in choices.sizes:
                found[size].append(_run(network, size))
        _print(found)
        print(machine())


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--collect", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def _names(size: int) -> tuple[str, ...]:
    return tuple(f"hopital-{rank:04d}.test" for rank in range(size))


@contextmanager
def _serving(network: Network, size: int) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "hospital").write_text(_ZONE.format(address=WEAK))
        (folder / "provider").write_text(_PROVIDER.format(address=WEAK))
        files = dict.fromkeys(_names(size), "hospital")
        files |= dict.fromkeys(("fournisseur.test", "envoi.test"), "provider")
        zones = "\n".join(
            f'zone "{zone}" {{ type primary; file "{folder}/{file}"; }};'
            for zone, file in files.items()
        )
        configuration = folder / "named.conf"
        configuration.write_text(_NAMED.format(folder=folder, address=WEAK, zones=zones))
        network.serve(["named", "-g", "-c", str(configuration)], folder)
        network.wait_for([f"{WEAK}:53 "], 60)
        yield


def _run(network: Network, size: int) -> Run:
    command = ["ip", "netns", "exec", network.scanner, sys.executable, __file__]
    process = subprocess.Popen(
        [*command, "--collect", str(size)], stdout=subprocess.PIPE, text=True
    )
    ends = time.monotonic() + MINUTES * 60
    readings: list[tuple[float, int]] = []
    while process.poll() is None:
        if time.monotonic() > ends:
            process.kill()
        sent = _sent(Path(f"/proc/{process.pid}/net"))
        if sent is not None:
            readings.append((time.monotonic(), sent))
        time.sleep(EVERY)
    assert process.stdout
    said = json.load(process.stdout)
    return Run(
        sent=readings[-1][1] - readings[0][1],
        busiest=_busiest(readings),
        **said,
    )


def _sent(counters: Path) -> int | None:
    """UDP packets sent in the process's namespace; None when it is not in it, or gone."""
    try:
        if "ckc" not in (counters / "dev").read_text():
            return None
        lines = [one.split() for one in (counters / "snmp").read_text().splitlines()]
    except OSError:
        return None
    names, values = (one for one in lines if one[0] == "Udp:")
    return int(dict(zip(names, values, strict=True))["OutDatagrams"])


def _busiest(readings: list[tuple[float, int]]) -> int:
    """The most sent between two readings at most one second apart."""
    first, most = 0, 0
    for at, sent in readings:
        while at - readings[first][0] > 1:
            first += 1
        most = max(most, sent - readings[first][1])
    return most


def _collect(size: int) -> None:
    """The child: the probe itself on a scope of domains alone, figures as JSON."""
    from care_kit.model.facts.exposure import DnsOutcome, ExposureFacts
    from care_kit.model.facts.scope import Scope, Validity
    from care_kit.model.formats import codec
    from care_kit.probes.exposure import collect

    scope = Scope(
        owner="Banc",
        purpose="mesure",
        contact="banc",
        view="externe",
        networks=(),
        validity=Validity(date.today(), date.today() + timedelta(days=1)),
        domains=_names(size),
        resolver=f"{WEAK}:53",
        dkim_selectors=SELECTORS,
    )
    began = time.monotonic()
    data, _ = collect(scope, "0" * 64, use_nmap=False)
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    facts = codec.decode(ExposureFacts, codec.decompress(data)).dns
    unknown = sum(one.outcome is DnsOutcome.UNKNOWN for one in facts)
    figures = {"seconds": seconds, "facts": len(facts), "unknown": unknown, "megabytes": peak}
    print(json.dumps(figures))


def _print(found: dict[int, list[Run]]) -> None:
    for size, runs in found.items():
        seconds = [one.seconds for one in runs]
        each = statistics.median(seconds) / size * 1000
        print(f"{size} domains: {spread(seconds)}, {each:.1f} ms per domain")
        rates = [one.sent / one.seconds for one in runs]
        print(f"  {runs[0].sent} packets, {runs[0].facts} facts, {runs[0].unknown} unknown")
        print(f"  rate: {spread(rates, 'packets/s')}")
        busiest = [float(one.busiest) for one in runs]
        print(f"  busiest second: {spread(busiest, 'packets')}, ceiling {CAREFUL.rate}")
        print(f"  peak memory: {spread([one.megabytes for one in runs], 'MB')}")


if __name__ == "__main__":
    main()
