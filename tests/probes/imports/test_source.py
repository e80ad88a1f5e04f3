"""Folders and zips that a stranger may have prepared."""

import zipfile
from pathlib import Path

import pytest

from care_kit.model.words.errors import InputError
from care_kit.probes.imports import source
from care_kit.probes.imports.source import open_source


def zipped(tmp_path: Path, *entries: tuple[str, bytes]) -> Path:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as refused, open_source(path):
        pass
    return refused.value.sentence


@pytest.mark.parametrize("name", ["../x", "/x", "C:\\x", "a\\..\\x"])
def test_a_path_that_leaves_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    assert "chemin dangereux" in refusal(zipped(tmp_path, (name, b"")))


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    assert "bombe" in refusal(zipped(tmp_path, ("x", bytes(20_000_000))))


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_FILES", 2)
    files = [(str(number), b"") for number in range(3)]
    assert "plus de 2 fichiers" in refusal(zipped(tmp_path, *files))
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, _ in files:
        (folder / name).touch()
    assert "plus de 2 fichiers" in refusal(folder)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x00" * 100])
def test_what_is_not_a_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    assert "n'est pas une archive zip lisible" in refusal(tmp_path / "a.zip")


def test_an_altered_entry_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", b"contenu intact")
    path.write_bytes(path.read_bytes().replace(b"intact", b"altere"))
    with (
        open_source(path) as opened,
        pytest.raises(InputError, match="abîmé"),
        opened.open("x") as stream,
    ):
        stream.read()


def test_an_absent_path_is_told(tmp_path: Path) -> None:
    assert "n'existe pas" in refusal(tmp_path / "rien")
