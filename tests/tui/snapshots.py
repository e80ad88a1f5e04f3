"""Screens compared with the text kept beside the tests: what somebody without colour sees.

`CARE_SNAPSHOTS=write pytest tests/tui` writes them again; read the difference before keeping it.
"""

import os
import re
from pathlib import Path

from care_kit.tui.app import CareApp
from tests.tui.small import screen_lines

FOLDER = Path(__file__).parent / "snapshots"
_MOMENT = re.compile(r"\d{2}/\d{2}/\d{4} \d{2}:\d{2}")
_HASH = re.compile(r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{12,}\b")


def assert_same(app: CareApp, name: str) -> None:
    """The screen is the one kept under `name`; moments and hashes are not compared."""
    lines = [_neutral(line).rstrip() for line in screen_lines(app)]
    shown = "\n".join(lines) + "\n"
    file = FOLDER / f"{name}.txt"
    if os.environ.get("CARE_SNAPSHOTS") == "write":
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


def _neutral(line: str) -> str:
    return _HASH.sub("<empreinte>", _MOMENT.sub("JJ/MM/AAAA HH:MM", line))
