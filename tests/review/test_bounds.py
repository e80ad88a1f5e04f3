"""Whatever is received, a verification ends soon and in bounded memory (real processes)."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.review.rebuild import Files, contained, files_of, resealed, zipped

MOST_MB = 150
RUN = """
import sys
from pathlib import Path
from care_kit.cli.app import run
code = run(["verify", sys.argv[1]])
status = Path("/proc/self/status").read_text().splitlines()
peak = next(one for one in status if one.startswith("VmHWM")).split()[1]
print("PEAK", int(peak) // 1024, "CODE", code)
"""


def measured(path: Path) -> tuple[int, int, str]:
    """Peak of memory in MB, exit code and output of a verification in its own process."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "CARE_KIT_OVERLAY": "/nonexistent"},
    )
    last = done.stdout.splitlines()[-1].split()
    return int(last[1]), int(last[3]), done.stdout + done.stderr


def nested(package: Path, path: str, content: bytes) -> bytes:
    files = files_of(package)
    top = min(files).partition("/")[0]
    return resealed({**files, f"{top}/{path}": content})


def deflated(package: Path, path: str, content: bytes) -> bytes:
    files: Files = files_of(package)
    top = min(files).partition("/")[0]
    files[f"{top}/{path}"] = content

    def write(archive: zipfile.ZipFile) -> None:
        for name, raw in files.items():
            archive.writestr(name, raw)

    return zipped(write)


def dossier(package: Path, **values: object) -> bytes:
    files = files_of(package)
    name = next(one for one in files if one.endswith("data/dossier.json"))
    return json.dumps({**json.loads(files[name]), **values}).encode()


LIST = "manifest-sha512.txt"
HUGE = 11_000_000
BOMBS: dict[str, Callable[[Path], bytes]] = {
    "a deflated gigabyte": lambda one: deflated(one, "data/dossier.json", bytes(1_000_000_000)),
    "a deflated journal": lambda one: deflated(one, "data/journal.jsonl", b"\n" * 30_000_000),
    "deep JSON": lambda one: nested(one, "data/dossier.json", b"[" * HUGE),
    "many lists": lambda one: nested(
        one, "data/dossier.json", b'{"format":"care-kit/dossier/2","x":[' + b"[]," * 3_600_000
    ),
    "many findings": lambda one: nested(
        one,
        "data/dossier.json",
        dossier(
            one,
            findings=[{"check": "x", "target": "y", "verdict": "fail", "reason": ""}] * 90_000,
        ),
    ),
    "long journal": lambda one: nested(one, "data/journal.jsonl", b"{}\n" * 5_000_000),
    "wide line": lambda one: nested(
        one, "data/journal.jsonl", b'{"a":[' + b"1," * 7_000_000 + b"1]}\n"
    ),
    "huge page": lambda one: nested(one, "data/rapport.html", b"<p>1</p>" * 20_000_000),
    "workbook bomb": lambda one: nested(one, "data/dossier.xlsx", _book_bomb()),
    "many files": lambda one: zipped(_many),
    "container of many files": lambda one: zipped(_container, zipfile.ZIP_STORED),
    "long manifest": lambda one: contained(
        {**files_of(one), f"{min(files_of(one)).partition('/')[0]}/{LIST}": b"x\n" * 3_000_000}
    ),
}


def _many(archive: zipfile.ZipFile) -> None:
    for rank in range(21_000):
        archive.writestr(f"x/{rank}", b"")


def _container(archive: zipfile.ZipFile) -> None:
    archive.writestr("mimetype", b"application/vnd.etsi.asic-e+zip")
    for rank in range(150_000):
        archive.writestr(f"{rank:0200d}", b"")


def _book_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(900_000_000))
    return stream.getvalue()


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_bounded_memory(
    redacted_package: Path, tmp_path: Path, bomb: str
) -> None:
    path = tmp_path / "bombe.zip"
    path.write_bytes(BOMBS[bomb](redacted_package))
    peak, code, told = measured(path)
    assert code in (1, 7), told
    assert peak <= MOST_MB, (peak, told[-2000:])


def test_an_honest_package_is_judged_again_in_bounded_memory(complete_package: Path) -> None:
    peak, code, told = measured(complete_package)
    assert code == 0, told
    assert peak <= MOST_MB
