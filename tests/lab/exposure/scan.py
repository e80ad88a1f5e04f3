"""Run inside the scanner's namespace.

`python -m tests.lab.exposure.scan SCOPE FACTS STATEMENT TRAFFIC`
"""

import hashlib
import json
import sys
from pathlib import Path

from care_kit.model.formats import codec
from care_kit.probes.exposure import collect
from care_kit.probes.exposure.dns import TRIES
from care_kit.probes.exposure.plan import plan
from care_kit.probes.exposure.scope import read_scope


def counters() -> tuple[int, int]:
    """TCP connections opened and UDP packets sent in this namespace, as the kernel counts them."""
    lines = [one.split() for one in Path("/proc/self/net/snmp").read_text().splitlines()]
    known = {
        (names[0], name): int(value)
        for names, values in zip(lines[::2], lines[1::2], strict=True)
        for name, value in zip(names[1:], values[1:], strict=True)
    }
    return known["Tcp:", "ActiveOpens"], known["Udp:", "OutDatagrams"]


if __name__ == "__main__":
    scope, raw = read_scope(Path(sys.argv[1]))
    announced, before = plan(scope), counters()
    facts, statement = collect(scope, hashlib.sha256(raw).hexdigest())
    opened, sent = (now - then for now, then in zip(counters(), before, strict=True))
    Path(sys.argv[2]).write_bytes(facts)
    Path(sys.argv[3]).write_bytes(codec.canonical(statement))
    traffic = {
        "opened": opened,
        "sent": sent,
        "connections": announced.connections,
        "packets": announced.datagrams + announced.questions * TRIES,
    }
    Path(sys.argv[4]).write_text(json.dumps(traffic))
