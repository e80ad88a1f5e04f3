"""Every command that writes a file: never over a dossier, a proof, or its own earlier file."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import care_kit
from tests.cli.conftest import Care
from tests.dossier.papers import pdf, png

ONE_FILE: Mapping[str, tuple[str, ...]] = {
    "agenda.ics": ("calendar", "--ics"),
    "liste.pdf": ("precheck", "--checklist"),
    "liste.html": ("precheck", "--checklist"),
    "plan.xlsx": ("plan", "export"),
    "prerempli.json": ("counter", "prefill", "d1", "--map", "map.toml", "--to"),
}
"""Each command that writes the file it is told, up to the name of that file."""
CONTENT: Mapping[str, tuple[str, ...]] = {"socle.yaml": ("content", "export-ciso", "socle", "--to")}
"""Content files are refused rather than numbered: two of them would both be read."""
IN_A_FOLDER: Mapping[str, tuple[str, ...]] = {
    "application": ("export", "application", "--domain", "d1"),
    "package": ("export", "package"),
    "attachments": ("counter", "attachments", "d1", "--limit", "20"),
}
WRITERS = {
    "station/writing.py",  # the one place
    "station/drafts.py",  # its drafts
    "probes/exposure/journal.py",  # finished parts of a run, appended to beside the dossier
    "dossier/journal/sqlite_file.py",  # the dossier itself
    "review/recompute/content.py",  # a temporary folder of its own
    "cli/terminal/output.py",  # nowhere, once the reader of the output has left
}


_MODE = re.compile(r"r?b?[wax+]b?\+?")


@pytest.fixture
def ready(started: Care, tmp_path: Path) -> Care:
    assert started("answer", "-i", "CK-GOV-01", "-l", "1").code == 0
    (tmp_path / "map.toml").write_text(
        'lien = "https://demarche.exemple.fr/commencer/aide"\n'
        f'[champs]\n"etablissement.nom" = "champ_{"Q" * 100}"\n',
        encoding="utf-8",
    )
    (tmp_path / "preuve.pdf").write_bytes(pdf())
    (tmp_path / "photo.png").write_bytes(png())
    assert started("evidence", "add", "preuve.pdf", "-f", "D1.O2.B").code == 0
    assert started("programme", "follow", "d1").code == 0
    return started


@pytest.fixture(autouse=True)
def long_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form is written as a file, as when its link would be too long."""
    monkeypatch.setattr("care_kit.exporters.counter.prefill.LONGEST_LINK", 10)


@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize("name", ONE_FILE)
def test_over_a_dossier(ready: Care, tmp_path: Path, name: str, force: tuple[str, ...]) -> None:
    dossier = (tmp_path / "ch.care").read_bytes()
    disguised = tmp_path / f"d{Path(name).suffix}"
    disguised.write_bytes(dossier)
    for target in ("ch.care", disguised.name, "nouveau.care"):
        result = ready(*ONE_FILE[name], target, *force, "-d", "ch.care")
        assert result.refused_clearly, result.err
    assert (tmp_path / "ch.care").read_bytes() == dossier
    assert disguised.read_bytes() == dossier
    assert not (tmp_path / "nouveau.care").exists()


@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize("name", ONE_FILE)
def test_over_a_proof(ready: Care, tmp_path: Path, name: str, force: tuple[str, ...]) -> None:
    proof = tmp_path / name
    proof.write_bytes(png())
    result = ready(*ONE_FILE[name], name, *force)
    assert result.refused_clearly, result.err
    assert proof.read_bytes() == png()


@pytest.mark.parametrize("name", ONE_FILE)
def test_over_its_earlier_file(ready: Care, tmp_path: Path, name: str) -> None:
    assert ready(*ONE_FILE[name], name).code <= 1
    earlier = (tmp_path / name).read_bytes()
    edited = earlier + b"\n"
    (tmp_path / name).write_bytes(edited)
    again = ready(*ONE_FILE[name], name)
    second = Path(name).with_stem(Path(name).stem + "-2").name
    assert again.code <= 1, again.err
    assert second in again.out + again.err, "where it is, is said"
    assert (tmp_path / name).read_bytes() == edited
    assert (tmp_path / second).stat().st_mode & 0o777 == 0o600
    assert ready(*ONE_FILE[name], name, "--force").code <= 1
    assert (tmp_path / name).read_bytes() != edited
    assert not list(tmp_path.glob(".brouillon-*"))


@pytest.mark.parametrize("name", CONTENT)
def test_content_is_refused_where_something_stands(ready: Care, tmp_path: Path, name: str) -> None:
    assert ready(*CONTENT[name], name).code == 0
    for target in (name, "ch.care", "photo.png"):
        before = (tmp_path / target).read_bytes()
        assert ready(*CONTENT[name], target).refused_clearly
        assert (tmp_path / target).read_bytes() == before


@pytest.mark.parametrize("name", IN_A_FOLDER)
def test_in_a_folder_the_earlier_files_stay(ready: Care, tmp_path: Path, name: str) -> None:
    place = tmp_path / "sortie"
    assert ready(*IN_A_FOLDER[name], "--to", "sortie").code == 0
    first = {one: one.read_bytes() for one in place.rglob("*") if one.is_file()}
    assert first
    for one in first:
        one.write_bytes(first[one] + b"\n")
    again = ready(*IN_A_FOLDER[name], "--to", "sortie")
    assert again.code == 0, again.err
    assert all(one.read_bytes() == content + b"\n" for one, content in first.items())
    new = {one for one in tmp_path.rglob("*-2*/**/*") if one.is_file()}
    new |= {one for one in place.rglob("*") if one.is_file()} - set(first)
    assert len(new) == len(first)
    assert ready(*IN_A_FOLDER[name], "--to", "sortie", "--force").code == 0
    assert all(one.read_bytes() != content + b"\n" for one, content in first.items())


@pytest.mark.parametrize("name", IN_A_FOLDER)
def test_a_dossier_is_no_folder(ready: Care, tmp_path: Path, name: str) -> None:
    before = (tmp_path / "ch.care").read_bytes()
    assert ready(*IN_A_FOLDER[name], "--to", "ch.care", "--force").refused_clearly
    assert (tmp_path / "ch.care").read_bytes() == before


def test_a_draft_left_by_a_kill_is_gone_at_the_next_start(ready: Care, tmp_path: Path) -> None:
    (tmp_path / ".brouillon-abcd").write_bytes(b"PK")
    assert ready("assess").code == 0
    assert not list(tmp_path.glob(".brouillon-*"))


def test_no_other_module_opens_a_file_to_write() -> None:
    root = Path(care_kit.__file__).parent
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if not path.is_relative_to(root / "demo") and _writes(path)
    }
    assert found <= WRITERS, "write through care_kit.station.writing"


def _writes(path: Path) -> bool:
    """True when a module opens a file to write; a member of a zip being written is none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name in {"write_text", "write_bytes", "NamedTemporaryFile", "copyfile", "copy2"}:
            return True
        inside = isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "archive"
        if (name == "open" and not inside) or getattr(call.func, "id", "") == "open":
            said = (*call.args, *(one.value for one in call.keywords))
            modes = {one.value for one in said if isinstance(one, ast.Constant)}
            if any(isinstance(one, str) and _MODE.fullmatch(one) for one in modes):
                return True
    return False
