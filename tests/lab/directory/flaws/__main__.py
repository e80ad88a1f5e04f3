"""Writes flaws into domains that are not running: one JSON order per line, one answer per line.

Runs under Debian's own Python. Each order is obeyed by a child, so that no two domains meet in
one process and Samba's modules are loaded only once.
"""

import json
import os
import sys
from pathlib import Path

import samba.samdb  # noqa: F401 - loaded before the children are made

from care_kit.demo.samba.seed.store import Store
from tests.lab.directory.flaws import FLAWS


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _obey(order["flaw"], Path(order["folder"]))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _obey(name: str, folder: Path) -> None:
    code = 1
    try:
        with Store(folder) as store:
            FLAWS[name].write(store)
        code = 0
    finally:
        os._exit(code)


main()
