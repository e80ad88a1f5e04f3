"""A probe in its own process: what it tells, how it is stopped, what never leaves the pipes."""

import hashlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from care_kit.demo.surface import Surface, running_surface
from care_kit.probes.directory.target import Target
from care_kit.tui.scan.runner import Scan
from care_kit.tui.scan.wire import (
    DirectoryRequest,
    Done,
    ExposureRequest,
    Progress,
    Refused,
    Seen,
    heard,
    line,
    request,
)
from tests.lab.directory.conftest import own_address

ADDRESS = own_address()
PASSWORD = "Secret-du-test-42"


@pytest.fixture(scope="module")
def surface() -> Iterator[Surface]:
    with running_surface(ADDRESS) as one:
        yield one


def asked(surface: Surface, folder: Path) -> ExposureRequest:
    scope = folder / "perimetre.toml"
    scope.write_text(surface.scope_toml(), encoding="utf-8")
    digest = hashlib.sha256(scope.read_bytes()).hexdigest()
    return ExposureRequest(scope, digest, folder / "test.care", use_nmap=False)


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that accepts and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_requests_and_messages_survive_the_pipe() -> None:
    sent = DirectoryRequest(Target("dc1.test", "a@test", ca_file=Path("ac.pem")), PASSWORD)
    assert request(line(sent)) == sent
    for one in (Progress("Comptes", 3), Refused("Non.", "Oui.")):
        assert heard(line(one)) == one


def test_a_run_tells_its_steps_its_parts_then_its_reading(surface: Surface, tmp_path: Path) -> None:
    told = list(Scan(asked(surface, tmp_path)).events())
    assert any(isinstance(one, Progress) for one in told)
    parts = [one.piece for one in told if isinstance(one, Seen)]
    assert {one.key for one in parts} >= {ADDRESS}
    assert isinstance(told[-1], Done)
    assert told[-1].statement.complete


def test_a_changed_scope_is_refused(surface: Surface, tmp_path: Path) -> None:
    wanted = asked(surface, tmp_path)
    wanted.scope.write_text(surface.scope_toml() + "\n", encoding="utf-8")
    (told,) = Scan(wanted).events()
    assert isinstance(told, Refused)
    assert "vient de changer" in told.sentence


def test_a_probe_that_waits_stops_in_under_a_second(silent: int) -> None:
    scan = Scan(DirectoryRequest(Target("127.0.0.1", "a@test", port=silent), PASSWORD))
    told: list[object] = []
    listening = threading.Thread(target=lambda: told.extend(scan.events()))
    listening.start()
    sleep(1.5)  # it now waits for the server's first byte
    begun = monotonic()
    scan.stop()
    listening.join(5)
    assert monotonic() - begun < 5
    assert isinstance(told[-1], Refused)


@pytest.mark.lab
def test_the_password_is_in_no_argument_and_no_environment(silent: int) -> None:
    scan = Scan(DirectoryRequest(Target("127.0.0.1", "a@test", port=silent), PASSWORD))
    process = Path(f"/proc/{scan._process.pid}")
    sleep(0.5)
    seen = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
    scan.stop()
    list(scan.events())
    assert PASSWORD.encode() not in seen


def test_when_the_application_dies_the_probe_ends(silent: int) -> None:
    program = (
        "import os, sys\n"
        "from care_kit.probes.directory.target import Target\n"
        "from care_kit.tui.scan.runner import Scan\n"
        "from care_kit.tui.scan.wire import DirectoryRequest\n"
        f"scan = Scan(DirectoryRequest(Target('127.0.0.1', 'a@test', port={silent}), 'x'))\n"
        "print(scan._process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    parent = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    probe = int(parent.stdout)
    deadline = monotonic() + 5
    while monotonic() < deadline and _alive(probe):
        sleep(0.05)
    assert not _alive(probe)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.is_file() and status.read_text().split()[2] == "Z")


def test_a_run_stopped_in_the_middle_gives_what_it_read(surface: Surface, tmp_path: Path) -> None:
    scan = Scan(asked(surface, tmp_path))
    told: list[object] = []
    for one in scan.events():
        told.append(one)
        if isinstance(one, Seen) and not scan.stopped:
            scan.stop()
    assert isinstance(told[-1], Done)
    assert not told[-1].statement.complete
    assert any("interrompu" in limit for limit in told[-1].statement.limits)
