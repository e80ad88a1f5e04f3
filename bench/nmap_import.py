"""`care probe import-nmap` of 1,000 to 10,000 machines, against parsing the same XML once.

`python bench/nmap_import.py`. The scope has 1,024 addresses whatever the file. The peer only parses
(defusedxml); ours also keeps, encodes and states.
"""

import argparse
import math
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from defusedxml import ElementTree

from care_kit.model.facts.scope import Scope, Validity
from care_kit.probes.imports.nmap_xml import import_nmap

PORTS = (22, 80, 135, 139, 443, 445, 3389, 8080, 8443, 9100)
_PORT = (
    '<port protocol="tcp" portid="{}"><state state="open" reason="syn-ack"/>'
    '<service name="x"/></port>'
)


def scan(machines: int) -> str:
    """An nmap file of so many machines with ten open ports each."""
    ports = "".join(_PORT.format(one) for one in PORTS)
    start = int((datetime.now(UTC) - timedelta(days=1)).timestamp())
    hosts = "".join(
        f'<host><status state="up"/><address addr="10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" '
        f'addrtype="ipv4"/><ports>{ports}</ports></host>'
        for n in range(machines)
    )
    return (
        f'<nmaprun scanner="nmap" args="nmap -oX x" start="{start}" version="7.93">{hosts}'
        f'<runstats><finished time="{start + 60}" exit="success"/></runstats></nmaprun>'
    )


def seconds(work: Callable[[], object], runs: int) -> float:
    """Median duration."""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return median(found)


def main() -> None:
    """Print one line per size, then the exponent of the growth."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=3)
    runs = arguments.parse_args().runs
    today = datetime.now(UTC).date()
    validity = Validity(today - timedelta(days=2), today + timedelta(days=2))
    sizes, ours = (1000, 2000, 4000, 10_000), []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            text = scan(size)
            path = Path(folder) / "scan.xml"
            path.write_text(text, encoding="utf-8")
            blocks = tuple(f"10.0.{one}.0/24" for one in range(4))
            scope = Scope("CH", "banc", "astreinte", "interne", blocks, validity)
            ours.append(seconds(partial(import_nmap, path, scope, "0" * 64), runs))
            peer = seconds(partial(ElementTree.fromstring, text), runs)
            print(f"{size:6} machines: {ours[-1]:.2f} s, parsing alone {peer:.2f} s")
    slope = math.log(ours[-1] / ours[0]) / math.log(sizes[-1] / sizes[0])
    print(f"growth: exponent {slope:.2f}")


if __name__ == "__main__":
    main()
