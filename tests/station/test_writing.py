"""What is there already is never lost to what is written."""

import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from care_kit.model.words.errors import CareError, InputError, PackageError
from care_kit.station.writing import numbered, whole_file, write_file, write_files, write_new

PDF, OTHER_PDF = b"%PDF-1.7 un", b"%PDF-1.7 deux"


def dossier(path: Path) -> bytes:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE meta (key, value)")
    connection.commit()
    connection.close()
    return path.read_bytes()


def test_an_earlier_file_stays_and_the_new_one_is_numbered(tmp_path: Path) -> None:
    target = tmp_path / "liste.pdf"
    paths = [write_file(target, PDF), write_file(target, OTHER_PDF), write_file(target, PDF)]
    assert [one.name for one in paths] == ["liste.pdf", "liste-2.pdf", "liste-3.pdf"]
    assert target.read_bytes() == PDF


def test_force_replaces_a_file_of_the_same_kind_only(tmp_path: Path) -> None:
    target = tmp_path / "liste.pdf"
    write_file(target, PDF)
    assert write_file(target, OTHER_PDF, force=True) == target
    assert target.read_bytes() == OTHER_PDF
    with pytest.raises(InputError, match="un PDF s'y trouve"):
        write_file(target, b"<!doctype html><p>", force=True)
    assert target.read_bytes() == OTHER_PDF


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["d.care", "D.CARE", "autre.pdf"])
def test_a_dossier_is_never_replaced_whatever_its_name(
    name: str, force: bool, tmp_path: Path
) -> None:
    before = dossier(tmp_path / name)
    with pytest.raises(InputError, match="ne sera pas remplacé"):
        write_file(tmp_path / name, PDF, force=force)
    (tmp_path / "lien.pdf").symlink_to(name)
    with pytest.raises(InputError, match="ne sera pas remplacé"):
        write_file(tmp_path / "lien.pdf", PDF, force=force)
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("name", ["new.care", "d.care-wal", "d.care-shm", "d.care-journal"])
def test_no_file_takes_the_name_of_a_dossier_or_of_what_lies_beside_it(
    name: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="dossier care-kit"):
        write_file(tmp_path / name, PDF, force=True)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    "there", [b"\x89PNG\r\n\x1a\n", b"MZ\x90\x00", b"texte", b"BEGIN:VCALENDAR"]
)
def test_a_file_of_another_kind_is_refused(there: bytes, force: bool, tmp_path: Path) -> None:
    target = tmp_path / "preuve.pdf"
    target.write_bytes(there)
    with pytest.raises(InputError, match="pas de même nature"):
        write_file(target, PDF, force=force)
    assert target.read_bytes() == there
    assert [one.name for one in tmp_path.iterdir()] == ["preuve.pdf"]


def test_zips_are_told_apart_by_what_they_hold(tmp_path: Path) -> None:
    def zipped(name: str, inside: str) -> bytes:
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(inside, "x")
        return (tmp_path / name).read_bytes()

    book = zipped("plan.xlsx", "xl/workbook.xml")
    zipped("lettre.xlsx", "word/document.xml")
    with pytest.raises(InputError, match="un document Word s'y trouve"):
        write_file(tmp_path / "lettre.xlsx", book, force=True)
    assert write_file(tmp_path / "plan.xlsx", book, force=True).name == "plan.xlsx"


def test_documents_that_go_together_take_the_same_number(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    paths = write_files({tmp_path / "a.docx": b"un", tmp_path / "a.pdf": PDF})
    assert [one.name for one in paths] == ["a-2.docx", "a-2.pdf"]


def test_a_refusal_writes_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "b.ics").write_bytes(PDF)
    with pytest.raises(InputError):
        write_files({tmp_path / "a.pdf": PDF, tmp_path / "b.ics": b"BEGIN:VCALENDAR"})
    assert [one.name for one in tmp_path.iterdir()] == ["b.ics"]


def test_a_very_long_name_is_numbered_within_what_a_name_may_hold(tmp_path: Path) -> None:
    target = tmp_path / ("é" * 120 + ".pdf")
    write_file(target, PDF)
    second = write_file(target, PDF)
    assert second.name.endswith("é-2.pdf")
    assert len(os.fsencode(numbered(target, 1000).name)) <= 255


def test_what_is_written_is_for_its_owner_only(tmp_path: Path) -> None:
    assert write_file(tmp_path / "a.pdf", PDF).stat().st_mode & 0o777 == 0o600


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.pdf")
    (tmp_path / "dossier.pdf").mkdir()
    for name in ("tube.pdf", "dossier.pdf"):
        with pytest.raises(InputError, match="pas un fichier ordinaire"):
            write_file(tmp_path / name, PDF)
    with pytest.raises(InputError, match="pas un fichier ordinaire"):
        write_file(Path("/dev/full"), PDF)


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), whole_file(tmp_path / "a.zip") as writing:
        writing.stream.write(b"PK")
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_an_absent_folder_is_told_in_french(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="n'existe pas"):
        write_file(tmp_path / "absent" / "a.pdf", PDF)
    with pytest.raises(CareError, match="trop long"):
        write_file(tmp_path / ("x" * 300 + ".pdf"), PDF)


def test_a_new_content_file_is_never_put_over_another(tmp_path: Path) -> None:
    file = tmp_path / "dossier" / "a.toml"
    write_new(file, b"un")
    with pytest.raises(InputError, match="existe déjà"):
        write_new(file, b"deux")
    assert file.read_bytes() == b"un"
    (tmp_path / "fichier").touch()
    with pytest.raises(InputError, match="ne peut pas être créé"):
        write_new(tmp_path / "fichier" / "a.toml", b"un")


def test_the_folder_is_on_the_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def watched(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    write_file(tmp_path / "a.pdf", PDF)
    assert synced[-1] == str(tmp_path)
    assert Path(synced[0]).name.startswith(".brouillon-")


_KILLED = """
import os, signal, sys
from pathlib import Path
from care_kit.station.writing import whole_file
with whole_file(Path(sys.argv[1])) as writing:
    writing.stream.write(b"%PDF-moitie")
    writing.stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_draft_left_by_a_kill_goes_away_and_one_being_written_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    ended = subprocess.run([sys.executable, "-c", _KILLED, target], check=False)
    assert ended.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    with whole_file(tmp_path / "b.pdf") as writing:
        assert not left.exists()
        held = next(tmp_path.glob(".brouillon-*"))
        write_file(tmp_path / "c.pdf", PDF)
        assert held.exists(), "it is being written"
        writing.stream.write(PDF)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b.pdf", "c.pdf"]
