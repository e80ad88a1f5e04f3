"""Programs we start are bounded, and end with us however we end."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from care_kit.probes.exposure import child

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="bounds are Linux's; elsewhere only the clock"
)
PYTHON = sys.executable


def python(code: str) -> list[str]:
    return [PYTHON, "-I", "-S", "-c", code]


def test_what_is_printed_comes_back() -> None:
    ended = child.run(python("import sys; print('a'); print('b', file=sys.stderr)"), 10)
    assert (ended.code, ended.output, ended.errors) == (0, b"a\n", b"b\n")


def test_a_program_that_never_ends_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(child.Overrun, match="arrêté après 1 s"):
        child.run(python("while True: pass"), 1)
    assert time.monotonic() - began < 5


def test_memory_is_bounded() -> None:
    ended = child.run(python("bytearray(10 ** 9)"), 10)
    assert ended.code != 0
    assert b"MemoryError" in ended.errors


def test_output_is_bounded() -> None:
    ended = child.run(python("while True: print('a' * 10 ** 6)"), 20)
    assert ended.code != 0
    assert len(ended.output) <= child.OUTPUT_BYTES


def test_a_stop_ends_every_program() -> None:
    codes: list[int] = []
    sleeping = python("import time; time.sleep(60)")
    thread = threading.Thread(target=lambda: codes.append(child.run(sleeping, 60).code))
    thread.start()
    began = time.monotonic()
    while thread.is_alive() and time.monotonic() - began < 10:
        child.end_all()
        thread.join(0.05)
    assert codes == [-signal.SIGKILL]


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_program_ends_with_its_parent(ending: signal.Signals, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    code = f"import os,time; open({str(told)!r},'w').write(str(os.getpid())); time.sleep(60)"
    script = f"from care_kit.probes.exposure import child; child.run({python(code)!r}, 60)"
    parent = subprocess.Popen(
        [PYTHON, "-c", script], env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    )
    while not (told.exists() and told.read_text()):
        assert parent.poll() is None
        time.sleep(0.02)
    parent.send_signal(ending)
    parent.wait(10)
    end = time.monotonic() + 5
    while _alive(int(told.read_text())):
        assert time.monotonic() < end, "it outlived its parent"
        time.sleep(0.02)


def _alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
