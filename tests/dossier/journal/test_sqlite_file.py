"""The `.care` file on a real station: odd names, closed folders, other people writing."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal import sqlite_file
from care_kit.dossier.journal.events import AnswerGiven, Commented
from care_kit.model.dossier.establishment import Establishment
from care_kit.model.words.errors import CareError, DossierError, InputError
from care_kit.model.words.vocabulary import AnswerState

ODD_NAMES = [
    "Bilan%20SSI.care",
    "Bilan SSI.care",
    "a%2Eb.care",
    "a%00b.care",
    "pourquoi ?.care",
    "n° 1 #2.care",
    "R&D=1&mode=ro.care",
    "évaluation à l'hôpital « CHU ».care",
    "file:a.care",
    "file:b.care?mode=memory",
    ":memory:",
    "a;b'c\"d.care",
    "-tiret.care",
    "retour\nligne.care",
    "../care/point.care",
    "n" * 240 + ".care",
]


def answer(indicator: str, level: int = 2) -> AnswerGiven:
    return AnswerGiven("socle", 1, indicator, AnswerState.ANSWERED, level)


def test_names_that_look_alike_are_told_apart(tmp_path: Path, hospital: Establishment) -> None:
    folder = tmp_path / "care"
    folder.mkdir()
    for number, name in enumerate(ODD_NAMES):
        with Dossier.create(folder / name, hospital, "A") as made:
            made.append(answer(f"Q{number}"))
    for number, name in enumerate(ODD_NAMES):
        with Dossier.open(folder / name, "B") as opened:
            assert set(opened.state.answers) == {f"Q{number}"}
    assert len(list(folder.iterdir())) == len(ODD_NAMES), "no stray file"


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text on this system")
def test_a_name_that_is_not_utf8(tmp_path: Path, hospital: Establishment) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/h\xf4pital \xff.care"))
    with Dossier.create(path, hospital, "A") as made:
        made.append(answer("Q1"))
    assert [os.fsencode(one.name) for one in tmp_path.iterdir()] == [b"h\xf4pital \xff.care"]
    with Dossier.open(path, "B") as opened:
        assert set(opened.state.answers) == {"Q1"}


@pytest.mark.parametrize("name", ["n" * 250 + ".care", "é" * 240 + ".care", "n" * 400 + ".care"])
def test_a_name_without_room_for_side_files_is_refused(
    tmp_path: Path, hospital: Establishment, name: str
) -> None:
    with pytest.raises(InputError, match="trop long"):
        Dossier.create(tmp_path / name, hospital, "A")
    assert not list(tmp_path.iterdir())
    with pytest.raises(DossierError):
        Dossier.open(tmp_path / name, "A")


def test_nobody_else_may_read_a_dossier_nor_its_side_files(
    tmp_path: Path, hospital: Establishment
) -> None:
    path = tmp_path / "a.care"
    with Dossier.create(path, hospital, "A") as made:
        made.append(answer("Q1"))
        files = list(tmp_path.iterdir())
        assert path in files and len(files) > 1, "side files exist while it is open"
        assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}


def test_a_reader_waits_for_no_writer(
    tmp_path: Path, hospital: Establishment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "WAIT", 0.0)
    path = tmp_path / "a.care"
    Dossier.create(path, hospital, "A").close()
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO meta VALUES ('x', 'y')")
    with Dossier.open(path, "B") as opened:
        assert opened.refresh().events == 1
        with pytest.raises(DossierError, match="en cours d'écriture"):
            opened.append(answer("Q1"))
    writer.execute("ROLLBACK")
    writer.close()


# A first look at a copy loads every module, as another account may not read where they are.
READ = """
import os, shutil, sys, tempfile
from pathlib import Path
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import Commented
from care_kit.model.words.errors import DossierError
def look(path):
    with Dossier.open(path, "lecteur") as opened:
        yield f"{len(opened.state.answers)} {opened.refresh().events}"
        try:
            opened.append(Commented("Q1", "non"))
        except DossierError as refused:
            yield refused.sentence
with tempfile.TemporaryDirectory() as folder:
    list(look(Path(shutil.copy(sys.argv[1], folder))))
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for line in look(Path(sys.argv[1])): print(line)
"""


def _read_as_another(path: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder another account may go through (pytest's own are closed to it)."""
    folder = tmp_path_factory.mktemp("partage")
    for one in (folder, *folder.parents):
        if one.stat().st_uid == os.geteuid() and one != Path("/") and one.name.startswith("p"):
            one.chmod(one.stat().st_mode | 0o055)
    return folder


@pytest.mark.parametrize("file_mode, folder_mode", [(0o444, 0o555), (0o444, 0o777)])
def test_a_dossier_that_cannot_be_written_is_read_and_left_as_it_was(
    shared_folder: Path, hospital: Establishment, file_mode: int, folder_mode: int
) -> None:
    path = shared_folder / "a.care"
    with Dossier.create(path, hospital, "A") as made:
        made.append(answer("Q1"))
    path.chmod(file_mode)
    shared_folder.chmod(folder_mode)
    told = _read_as_another(path)
    assert told[0] == "1 2"
    assert "lecture seule" in told[1]
    assert [one.name for one in shared_folder.iterdir()] == ["a.care"]
    shared_folder.chmod(0o755)
    path.chmod(0o600)
    with Dossier.open(path, "A") as opened:
        assert opened.append(answer("Q2")).events == 3


def test_what_a_killed_writer_left_is_read_from_a_closed_folder(
    shared_folder: Path, hospital: Establishment
) -> None:
    path = shared_folder / "a.care"
    Dossier.create(path, hospital, "A").close()
    code = (
        "import os,sys\nfrom pathlib import Path\nfrom care_kit.dossier.dossier import Dossier\n"
        "from care_kit.dossier.journal.events import Commented\n"
        "d = Dossier.open(Path(sys.argv[1]), 'A'); d.append(Commented('Q1', 'mot'))\nos._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert path.with_name("a.care-wal").stat().st_size
    for one in shared_folder.iterdir():
        one.chmod(0o444)
    shared_folder.chmod(0o555)
    assert _read_as_another(path)[0] == "0 2"
    shared_folder.chmod(0o755)
    path.chmod(0o600)
    with Dossier.open(path, "A") as opened:
        assert opened.append(answer("Q2")).events == 3


def test_several_events_are_written_together_or_not_at_all(dossier: Dossier) -> None:
    dossier.append_all([answer("Q1"), answer("Q2"), Commented("Q1", "mot")], [b"octets"])
    assert dossier.state.events == 4
    assert dossier.append_all([]).events == 4
    raw = sqlite3.connect(dossier.path)
    raw.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON event WHEN NEW.payload LIKE '%REFUS%' "
        "BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    raw.commit()
    raw.close()
    with pytest.raises(CareError):
        dossier.append_all([answer("Q3"), Commented("Q1", "REFUS")], [b"autres octets"])
    assert dossier.refresh().events == 4
    assert "Q3" not in dossier.state.answers


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE meta SET value = 'douze' WHERE key = 'schema_version'",
        "UPDATE meta SET value = 'xyz' WHERE key = 'pseudonym_key'",
        "DELETE FROM meta WHERE key = 'pseudonym_key'",
        "DELETE FROM meta WHERE key = 'schema_version'",
        "DROP TABLE event",
        "ALTER TABLE event RENAME COLUMN payload TO charge",
        "UPDATE event SET payload = '{'",
        "UPDATE event SET payload = NULL WHERE 0; PRAGMA user_version = 3; DELETE FROM event",
        "UPDATE event SET payload = '[1]'",
        "UPDATE event SET author = X'ff00'",
        "UPDATE event SET author = CAST(X'ff00' AS TEXT)",
        "UPDATE event SET at = 'hier'",
        "UPDATE event SET seq = 'x' WHERE 0; UPDATE event SET hash = X'00'",
    ],
)
def test_a_damaged_or_foreign_dossier_is_told_in_one_sentence(
    tmp_path: Path, hospital: Establishment, damage: str
) -> None:
    path = tmp_path / "a.care"
    Dossier.create(path, hospital, "A").close()
    raw = sqlite3.connect(path)
    raw.executescript(damage)
    raw.close()
    with pytest.raises(DossierError) as caught:
        Dossier.open(path, "A")
    assert caught.value.next_step
    assert "sqlite3" not in caught.value.sentence


@pytest.mark.parametrize("seed", range(120))
def test_a_flipped_byte_is_told_in_one_sentence_or_changes_nothing(
    tmp_path: Path, hospital: Establishment, seed: int
) -> None:
    path = tmp_path / "a.care"
    with Dossier.create(path, hospital, "A") as made:
        made.append_all([answer(f"Q{number}") for number in range(3)])
        before = made.journal()
    raw = bytearray(path.read_bytes())
    raw[(seed * 7919) % (len(raw) if seed % 2 else 4096)] ^= 1 << seed % 8
    path.write_bytes(raw)
    try:
        with Dossier.open(path, "A") as opened:
            assert opened.journal() == before
            opened.append(answer("Q9"))
    except CareError as told:
        assert told.sentence and told.next_step


def test_a_draft_left_by_a_kill_is_swept_later(tmp_path: Path, hospital: Establishment) -> None:
    old, fresh = tmp_path / ".care-init-vieux", tmp_path / ".care-init-neuf"
    for one in (old, fresh):
        one.write_bytes(b"")
    os.utime(old, (0, 0))
    Dossier.create(tmp_path / "a.care", hospital, "A").close()
    assert sorted(one.name for one in tmp_path.iterdir()) == [".care-init-neuf", "a.care"]


def test_the_folder_is_synced_once_the_dossier_bears_its_name(
    tmp_path: Path, hospital: Establishment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen at the system call: a power cut cannot be made here."""
    synced: list[bool] = []
    real = os.fsync

    def watched(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            synced.append((tmp_path / "a.care").exists())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    Dossier.create(tmp_path / "a.care", hospital, "A").close()
    assert synced == [True]
