"""Building, verifying, adding: time against `sha512sum` plus a copy of the same bytes, and memory.

    .venv/bin/python bench/package.py [MEGABYTES]

Each step runs in a process of its own; its peak is VmHWM, read by itself at the end.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from care_kit.cli.app import run

PIECES = 2
OWN = {"CARE_AUTHOR": "Bench", "CARE_KIT_OVERLAY": "/nonexistent"}


def main(megabytes: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for rank in range(PIECES):
            _text(folder / f"piece{rank}.txt", megabytes * 1_000_000)
        made = ("init", "b.care", "--name", "CH", "--finess-ej", "990000010")
        _measured(folder, *made, "--category", "public", "--region", "Fictive")
        adding = [_add(folder, rank) for rank in range(PIECES)]
        building = _measured(folder, "export", "package", "--to", "remise")
        package = next((folder / "remise").glob("*.zip"))
        verifying = _measured(folder, "verify", str(package))
        print(json.dumps({"megabytes": megabytes * PIECES}))
        _told("evidence add, each", adding[-1], _peer(folder, [folder / "piece1.txt"]))
        _told("export package", building, _peer(folder, sorted(folder.glob("piece*.txt"))))
        _told("verify", verifying, _peer(folder, [package]))


def _text(path: Path, size: int) -> None:
    line = os.urandom(36).hex().encode() + b"\n"
    with path.open("wb") as stream:
        for _ in range(size // len(line)):
            stream.write(line)


def _add(folder: Path, rank: int) -> tuple[float, int]:
    return _measured(folder, "evidence", "add", f"piece{rank}.txt", "--for", "CK-GOV-01")


def _measured(folder: Path, *arguments: str) -> tuple[float, int]:
    """Seconds inside the command, and peak of memory in MB."""
    command = [sys.executable, __file__, "--inside", *arguments]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **OWN}, capture_output=True, text=True, check=True
    )
    seconds, peak = done.stdout.splitlines()[-1].split()
    return float(seconds), int(peak)


def _peer(folder: Path, files: list[Path]) -> float:
    """`sha512sum` then `cp` of the same bytes, with a sync as our writer does."""
    names = [str(one) for one in files]
    (folder / "copie").mkdir(exist_ok=True)
    started = time.perf_counter()
    subprocess.run(["sha512sum", *names], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cp", *names, str(folder / "copie")], check=True)
    subprocess.run(["sync", str(folder / "copie" / files[-1].name)], check=True)
    return time.perf_counter() - started


def _told(what: str, ours: tuple[float, int], peer: float) -> None:
    seconds, peak = ours
    print(f"{what}: {seconds:.2f} s, peer {peer:.2f} s, ratio {seconds / peer:.2f}, peak {peak} MB")


def _inside(arguments: list[str]) -> None:
    started = time.perf_counter()
    code = run(arguments)
    seconds = time.perf_counter() - started
    status = Path("/proc/self/status").read_text().splitlines()
    peak = next(one for one in status if one.startswith("VmHWM")).split()[1]
    print(f"{seconds:.3f} {int(peak) // 1024}")
    raise SystemExit(code)


if __name__ == "__main__":
    if "--inside" in sys.argv[:2]:
        _inside(sys.argv[2:])
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 149)
