"""A dossier and a package of the first version, kept as they were written."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import Commented
from care_kit.review.verify import verify

FIXTURES = Path(__file__).parent / "fixtures"
HEAD = "2c98dd5e1f992b36880995e9cbbb1503393196d029c98c3d26dd9ab113c41269"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(FIXTURES / "version1.care", tmp_path / "ancien.care"))


def version(path: Path) -> str:
    raw = sqlite3.connect(path)
    found = raw.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()[0]
    raw.close()
    return str(found)


def test_it_opens_as_it_is_and_is_not_touched_by_reading(old: Path) -> None:
    before = old.read_bytes()
    with Dossier.open(old, "B") as opened:
        assert opened.state.head == HEAD
        assert opened.state.answers["CK-ACT-01"].comment == "Arrêté en comité"
        assert opened.refresh().events == 6
    assert (old.read_bytes(), version(old)) == (before, "1")


def test_the_first_event_written_migrates_it_and_changes_no_line(old: Path) -> None:
    with Dossier.open(old, "B") as opened:
        before = opened.journal()
        assert opened.append(Commented("CK-ACT-01", "mot")).events == 7
        assert opened.journal()[:6] == before
        assert opened.records[-1].previous == HEAD
    assert version(old) == "2"
    with Dossier.open(old, "C") as opened:
        assert opened.journal()[:6] == before
        assert opened.blob(next(iter(opened.state.evidence.values())).sha512)


def test_a_window_opened_before_the_migration_goes_on(old: Path) -> None:
    with Dossier.open(old, "A") as one, Dossier.open(old, "B") as two:
        one.append(Commented("CK-ACT-01", "un"))
        assert two.refresh().events == 7
        assert two.append(Commented("CK-ACT-01", "deux")).events == 8


def test_its_package_still_verifies() -> None:
    found = verify(FIXTURES / "version1.zip")
    assert found.ok, found.problems
    assert (found.summary.head, found.summary.events) == (HEAD, 6)
    assert any("parole de l'établissement" in one for one in found.reserves)


MIGRATE = """
import sys
from pathlib import Path
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import Commented
with Dossier.open(Path(sys.argv[1]), "A") as opened:
    print("prêt", flush=True)
    sys.stdin.readline()
    opened.append(Commented("CK-ACT-01", "mot"))
"""


@pytest.mark.parametrize("delay_ms", [0, 0.5, 1, 1.5, 2, 3, 4, 6, 9, 15])
def test_a_migration_killed_leaves_the_old_dossier_or_the_new_one(
    old: Path, delay_ms: float
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", MIGRATE, str(old)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin and process.stdout
    process.stdout.readline()
    process.stdin.write(b"\n")
    process.stdin.flush()
    time.sleep(delay_ms / 1000)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with Dossier.open(old, "B") as opened:
        assert (opened.state.events, version(old)) in {(6, "1"), (7, "2")}
        assert opened.append(Commented("CK-ACT-01", "suite")).events in {7, 8}
