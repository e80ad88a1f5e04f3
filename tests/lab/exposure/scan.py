"""Run inside the scanner's namespace: `python -m tests.lab.exposure.scan SCOPE FACTS STATEMENT`."""

import hashlib
import sys
from pathlib import Path

from care_kit.model import codec
from care_kit.probes.exposure import collect
from care_kit.probes.exposure.scope import read_scope

if __name__ == "__main__":
    scope, raw = read_scope(Path(sys.argv[1]))
    facts, statement = collect(scope, hashlib.sha256(raw).hexdigest())
    Path(sys.argv[2]).write_bytes(facts)
    Path(sys.argv[3]).write_bytes(codec.canonical(statement))
