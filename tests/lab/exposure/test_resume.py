"""A real run stopped by Ctrl-C or by kill -9: what is finished stays, and is not scanned again."""

import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.model.facts.exposure import ExposureFacts, PortState
from care_kit.model.facts.reading import Statement
from care_kit.model.formats import codec
from care_kit.model.words.vocabulary import Verdict
from care_kit.probes.exposure import journal
from care_kit.rules.exposure import evaluate
from tests.lab.exposure.conftest import checks

pytestmark = pytest.mark.lab

QUICK, SLOW, PORT, MUTE = "127.0.0.81", "127.0.0.82", 8080, (993,)
NMAP, PLAIN = (), ("--without-nmap",)
SECONDS = 60


class _Counting(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: str, port: int, *, mute: bool) -> None:
        super().__init__((address, port), _Handler)
        self.mute, self.connections = mute, 0

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, or was killed."""


class _Handler(socketserver.BaseRequestHandler):
    server: _Counting

    def handle(self) -> None:
        """A page; a mute server takes everything and never answers."""
        self.server.connections += 1
        while self.request.recv(4096):
            if not self.server.mute:
                self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


@dataclass(frozen=True)
class Hospital:
    """A dossier, its signed scope, and listeners that count who connects to each address."""

    folder: Path
    quick: _Counting
    slow: Sequence[_Counting]

    def care(self, *arguments: str) -> "subprocess.Popen[str]":
        """A command in a process group of its own, as a terminal starts it."""
        return subprocess.Popen(
            [sys.executable, "-m", "care_kit", *arguments],
            cwd=self.folder,
            env={**os.environ, "CARE_AUTHOR": "Camille Testeur"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        process = self.care(*arguments)
        out, err = process.communicate(timeout=SECONDS)
        return process.returncode, out, err

    def stopped(self, signal_number: int, *means: str) -> tuple[str, str]:
        """Start the probe and stop it, Ctrl-C or worse, once the quick address is finished."""
        process = self.care("probe", "exposure", "--scope", "p.toml", "--run", *means)
        end = time.monotonic() + SECONDS
        file = journal.beside(self.folder / "ch.care")
        while not file.exists() or QUICK.encode() not in file.read_bytes():
            assert time.monotonic() < end, "the quick address never ended"
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        os.killpg(process.pid, signal_number)
        return process.communicate(timeout=SECONDS)

    def readings(self) -> list[tuple[Statement, ExposureFacts]]:
        """What the dossier holds, oldest first."""
        with Dossier.open(self.folder / "ch.care", "Camille Testeur") as opened:
            return [
                (
                    codec.decode(Statement, opened.blob(one.statement_sha512)),
                    codec.decode(ExposureFacts, codec.decompress(opened.blob(one.facts_sha512))),
                )
                for one in opened.state.readings
            ]


@pytest.fixture
def hospital(tmp_path: Path) -> Iterator[Hospital]:
    listeners = [
        _Counting(QUICK, PORT, mute=False),
        *(_Counting(SLOW, port, mute=True) for port in MUTE),
    ]
    for one in listeners:
        threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True).start()
    (tmp_path / "p.toml").write_text(_scope(), encoding="utf-8")
    made = Hospital(tmp_path, listeners[0], listeners[1:])
    person = ("--name", "C. Testeur", "--role", "RSSI")
    described = ("--name", "CH", "--finess-ej", "990000010", "--category", "public")
    assert made.run("init", "ch.care", *described, "--region", "Fictive")[0] == 0
    assert made.run("scope", "sign", "p.toml", *person)[0] == 0
    try:
        yield made
    finally:
        for one in listeners:
            one.shutdown()
            one.server_close()


def _scope() -> str:
    return f"""\
owner = "CH d'essai"
purpose = "essai d'interruption"
contact = "labo"
view = "interne"
networks = ["{QUICK}/32", "{SLOW}/32"]
resolver = "{QUICK}:53"
[validity]
begins = {date.today()}
ends = {date.today() + timedelta(days=1)}
"""


@pytest.mark.parametrize("means", [NMAP, PLAIN], ids=["nmap", "plain"])
def test_after_kill_9_only_what_was_not_finished_is_scanned(
    hospital: Hospital, means: tuple[str, ...]
) -> None:
    hospital.stopped(signal.SIGKILL, *means)
    assert hospital.readings() == []
    before = hospital.quick.connections
    assert before > 0
    knocks = sum(one.connections for one in hospital.slow)

    code, _out, err = hospital.run("probe", "exposure", "--scope", "p.toml", "--run", *means)
    assert (code, "--resume" in err) == (2, True), "the interrupted run is proposed"

    code, out, err = hospital.run(
        "probe", "exposure", "--scope", "p.toml", "--run", "--resume", *means
    )
    assert code == 0, err
    assert "Reprise : 1" in out
    assert hospital.quick.connections == before
    assert sum(one.connections for one in hospital.slow) > knocks
    ((statement, facts),) = hospital.readings()
    assert statement.complete
    assert any("Relevé fait en 2 séances" in one for one in statement.limits)
    assert (QUICK, PORT) in opened(facts)
    assert {(SLOW, port) for port in MUTE} <= opened(facts)
    assert not journal.beside(hospital.folder / "ch.care").exists()


@pytest.mark.parametrize("means", [NMAP, PLAIN], ids=["nmap", "plain"])
def test_ctrl_c_keeps_an_incomplete_reading_that_names_what_is_missing(
    hospital: Hospital, means: tuple[str, ...]
) -> None:
    out, err = hospital.stopped(signal.SIGINT, *means)
    assert "Traceback" not in err
    assert "INCOMPLET" in out
    assert "--resume" in out
    before = hospital.quick.connections
    ((statement, facts),) = hospital.readings()
    assert not statement.complete
    assert f"Non atteints (1) : {SLOW}." in statement.limits
    assert opened(facts) == {(QUICK, PORT)}
    verdicts = {one.verdict for one in evaluate(facts, checks()) if one.target == SLOW}
    assert verdicts == {Verdict.NOT_TESTED}

    code, _out, err = hospital.run(
        "probe", "exposure", "--scope", "p.toml", "--run", "--resume", *means
    )
    assert code == 0, err
    assert hospital.quick.connections == before
    statement, facts = hospital.readings()[-1]
    assert statement.complete
    assert {(SLOW, port) for port in MUTE} <= opened(facts)


def test_a_scope_changed_since_is_refused_with_a_sentence(hospital: Hospital) -> None:
    hospital.stopped(signal.SIGKILL, *PLAIN)
    file = hospital.folder / "p.toml"
    file.write_text(file.read_text() + "\n# relu\n", encoding="utf-8")
    hospital.run("scope", "sign", "p.toml", "--name", "C. Testeur", "--role", "RSSI")
    code, _out, err = hospital.run(
        "probe", "exposure", "--scope", "p.toml", "--run", "--resume", *PLAIN
    )
    assert code == 5
    assert "avec un autre périmètre" in err
    assert "Traceback" not in err


def opened(facts: ExposureFacts) -> set[tuple[str, int]]:
    return {(one.address, one.port) for one in facts.ports if one.state is PortState.OPEN}
