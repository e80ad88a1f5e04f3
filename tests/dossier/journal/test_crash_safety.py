"""A process killed at any point loses nothing it acknowledged, and the dossier always opens."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.model.dossier.establishment import Establishment
from care_kit.model.formats.codec import sha512

# Writes answers and 300 kB documents as fast as it can, printing what is acknowledged.
WRITER = """
import sys
from pathlib import Path
from care_kit.dossier.entry.adding import add_evidence
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.words.vocabulary import AnswerState

path, piece = Path(sys.argv[1]), Path(sys.argv[2])
with Dossier.open(path, "écrivain") as dossier:
    for number in range(10_000):
        if number % 3 == 0:
            piece.write_bytes(b"document %d" % number + bytes(300_000))
            event = add_evidence(dossier, piece, ["CK-GOV-01"], None)
            print("evidence", event.evidence_id, event.sha512, flush=True)
        else:
            dossier.append(AnswerGiven("socle", 1, f"Q{number}", AnswerState.ANSWERED, 2))
            print("answer", f"Q{number}", flush=True)
"""


@pytest.mark.parametrize("delay_ms", [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377])
def test_a_killed_writer_loses_no_acknowledged_event(
    tmp_path: Path, hospital: Establishment, delay_ms: int
) -> None:
    path = tmp_path / "a.care"
    Dossier.create(path, hospital, "A").close()
    acknowledged = _kill_after(path, tmp_path / "piece.txt", delay_ms / 1000)
    assert acknowledged, "the writer must have acknowledged at least its first event"
    with Dossier.open(path, "B") as opened:
        for kind, name, *digest in acknowledged:
            if kind == "answer":
                assert opened.state.answers[name].level == 2
            else:
                assert sha512(opened.blob(digest[0])) == digest[0]
                assert name in opened.state.evidence
        # Nothing but the one event in flight may have been written without being told.
        assert len(acknowledged) <= opened.state.events - 1 <= len(acknowledged) + 1


# Writes handfuls of fifty events with their bytes, each handful in one transaction.
IMPORTER = """
import sys
from pathlib import Path
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.words.vocabulary import AnswerState

with Dossier.open(Path(sys.argv[1]), "import") as dossier:
    for number in range(10_000):
        named = [f"Q{number}-{rank}" for rank in range(50)]
        events = [AnswerGiven("socle", 1, one, AnswerState.ANSWERED, 2) for one in named]
        dossier.append_all(events, [b"classeur %d" % number + bytes(100_000)])
        print(number, flush=True)
"""


@pytest.mark.parametrize("delay_ms", [0, 1, 3, 8, 21, 55, 144])
def test_a_killed_import_is_there_whole_or_not_at_all(
    tmp_path: Path, hospital: Establishment, delay_ms: int
) -> None:
    path = tmp_path / "a.care"
    Dossier.create(path, hospital, "A").close()
    acknowledged = _kill_after(path, tmp_path / "piece.txt", delay_ms / 1000, IMPORTER)
    with Dossier.open(path, "B") as opened:
        handfuls, rest = divmod(opened.state.events - 1, 50)
        assert rest == 0, "part of an import was written"
        assert len(acknowledged) <= handfuls <= len(acknowledged) + 1
        assert len(opened.kept()) == handfuls


def _kill_after(path: Path, piece: Path, delay: float, code: str = WRITER) -> list[list[str]]:
    """Lines the writer printed in full before SIGKILL, `delay` seconds after the first one."""
    command = [sys.executable, "-c", code, str(path), str(piece)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    first = writer.stdout.readline()
    time.sleep(delay)
    os.kill(writer.pid, signal.SIGKILL)
    rest = writer.stdout.read()
    writer.wait()
    lines = (first + rest).decode().split("\n")
    return [line.split() for line in lines[:-1]]
