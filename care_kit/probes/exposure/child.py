"""Programs we start: bounded by our clock, in memory and in what they print, and ended with us.

On Linux the system itself ends a program when we end, however we end; elsewhere it is ended when
a run stops, and by its own bound of time when we were killed.
"""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

MEMORY_BYTES = 512 * 1024 * 1024
OUTPUT_BYTES = 16 * 1024 * 1024

_LAUNCHER = """\
import ctypes, os, resource, signal, sys
parent, memory, output, seconds = map(int, sys.argv[1:5])
for kind, most in (
    (resource.RLIMIT_AS, memory),
    (resource.RLIMIT_FSIZE, output),
    (resource.RLIMIT_CPU, seconds),
    (resource.RLIMIT_CORE, 0),
):
    resource.setrlimit(kind, (most, most))
ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
if os.getppid() != parent:
    sys.exit(1)
os.execv(sys.argv[5], sys.argv[5:])
"""


class Overrun(Exception):
    """The program was ended: it went past its time, its memory or its output."""


@dataclass(frozen=True)
class Ended:
    """What a program printed, cut at OUTPUT_BYTES, and its exit code (negative: a signal)."""

    code: int
    output: bytes
    errors: bytes


_running: set["subprocess.Popen[bytes]"] = set()
_lock = threading.Lock()


def run(command: Sequence[str], seconds: float) -> Ended:
    """Run a program (its whole path first) for so long at most.

    Overrun when it had to be ended; OSError when it cannot be started.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - a list of our own words, no shell
            [*_launcher(seconds), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
        )
        with _lock:
            _running.add(process)
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired as cause:
            raise Overrun(f"arrêté après {seconds:.0f} s") from cause
        finally:
            process.kill()
            process.wait()
            with _lock:
                _running.discard(process)
        return Ended(code, _printed(output), _printed(errors))


def end_all() -> None:
    """End at once every program that still runs."""
    with _lock:
        for one in _running:
            with suppress(OSError):
                one.kill()


def _launcher(seconds: float) -> list[str]:
    if not sys.platform.startswith("linux"):
        return []
    bounds = (os.getpid(), MEMORY_BYTES, OUTPUT_BYTES, int(seconds) + 1)
    return [sys.executable, "-I", "-S", "-c", _LAUNCHER, *map(str, bounds)]


def _printed(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(OUTPUT_BYTES)
