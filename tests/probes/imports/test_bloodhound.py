"""BloodHound's collections, crafted from the format its collectors write."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from care_kit.model.words.errors import InputError
from care_kit.probes.imports.bloodhound import read_bloodhound
from tests.probes.imports.reports import bloodhound


def zipped(tmp_path: Path, **files: bytes) -> Path:
    path = tmp_path / "collecte.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(f"{name}.json", raw)
    return path


def test_objects_are_counted_and_the_day_is_that_of_the_names(tmp_path: Path) -> None:
    files = {
        "20260301083000_users": bloodhound("users", 3),
        "20260301083000_computers": bloodhound("computers", 1),
    }
    found = read_bloodhound(zipped(tmp_path, **files))
    assert found.counts == (("computers", 1), ("users", 3))
    assert found.collected == date(2026, 3, 1)
    assert found.summary == "Collecte BloodHound (format 6) : machines 1, comptes 3"


def test_a_json_alone_has_no_day(tmp_path: Path) -> None:
    (tmp_path / "groups.json").write_bytes(bloodhound("groups", 2))
    assert read_bloodhound(tmp_path / "groups.json").collected is None


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"[]", "meta"),
        (json.dumps({"data": {}, "meta": {}}).encode(), "meta"),
        (json.dumps({"data": [], "meta": {"type": "<b>"}}).encode(), "meta.type"),
        (json.dumps({"data": [], "meta": {"type": "users", "count": 4}}).encode(), "meta.count"),
        (
            json.dumps(
                {"data": [], "meta": {"type": "users", "count": 0, "version": "x"}}
            ).encode(),
            "meta.version",
        ),
    ],
)
def test_another_json_is_told_with_its_place(tmp_path: Path, raw: bytes, place: str) -> None:
    (tmp_path / "a.json").write_bytes(raw)
    with pytest.raises(InputError, match=place):
        read_bloodhound(tmp_path / "a.json")


def test_a_zip_without_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("lisez-moi.txt", "rien")
    with pytest.raises(InputError, match="aucun JSON"):
        read_bloodhound(path)


def test_a_foreign_file_of_a_zip_is_named_and_the_others_are_counted(tmp_path: Path) -> None:
    """BloodHound 8 adds OpenGraph files; some collectors write a count of 0."""
    path = tmp_path / "c.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.json", bloodhound("users", 3).replace(b'"count": 3', b'"count": 0'))
        archive.writestr("graph.json", b'{"graph": {"nodes": []}}')
    found = read_bloodhound(path)
    assert found.counts == (("users", 3),)
    assert found.left_out == ("graph.json",)
    assert "laissé de côté : graph.json" in found.summary
