"""A reading taken back from a complete package gives the same findings, without the network."""

import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Care


@pytest.fixture
def extracted(started: Care, tmp_path: Path) -> Path:
    """`faits.gz` of a complete package, extracted."""
    started("probe", "directory", "--recorded")
    started("export", "package", "--profile", "complet", "--to", "remise")
    (package,) = (tmp_path / "remise").glob("*.zip")
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "x")
    (facts,) = (tmp_path / "x").rglob("faits.gz")
    return facts


def test_the_rules_run_again_on_the_facts_of_a_package(started: Care, extracted: Path) -> None:
    before = started("findings", "--json").out
    created = ("--finess-ej", "990000036", "--category", "x", "--region", "y")
    assert started("init", "b.care", "--name", "B", *created).code == 0
    done = started("probe", "directory", "--offline", str(extracted), "--dossier", "b.care")
    assert done.code == 0, done.err
    assert "rejoué" in done.out
    assert started("findings", "--json", "--dossier", "b.care").out == before


def test_damaged_or_foreign_facts_are_refused(started: Care, extracted: Path) -> None:
    whole = extracted.read_bytes()
    for damaged in (whole[:-20], b"", whole.replace(whole[40:44], b"zzzz")):
        extracted.write_bytes(damaged)
        assert started("probe", "directory", "--offline", str(extracted)).refused_clearly
    assert started("probe", "directory", "--offline", "rien.gz").refused_clearly


def test_the_latest_reading_of_a_domain_counts_wherever_it_came_from(
    started: Care, extracted: Path
) -> None:
    once = started("findings", "--json").out
    assert started("probe", "directory", "--offline", str(extracted)).code == 0
    assert started("findings", "--json").out == once, "the same domain is not judged twice"
