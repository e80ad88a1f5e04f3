"""Two forests of one group of hospitals, read by one command on two real controllers.

Two domains of one forest are on facts (`tests/rules/directory/test_forest_of_domains.py`): this
Samba cannot be made a child domain.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from care_kit.demo.samba import LabDomain
from tests.cli.conftest import Care, runner
from tests.lab.directory.conftest import own_address
from tests.lab.directory.second_forest import OTHER_REALM, OtherForest, prepare, running

pytestmark = pytest.mark.lab


@pytest.fixture
def started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Care:
    """Run a command line in a folder that holds an empty dossier."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CARE_AUTHOR", "Camille Testeur")
    command = runner(capsys)
    created = command(
        "init", "ght.care", "--name", "GHT d'essai", "--finess-ej", "990000010",
        "--category", "public", "--region", "Région fictive",
    )  # fmt: skip
    assert created.code == 0, created.err
    return command


@pytest.fixture(scope="module")
def clinique(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OtherForest]:
    forest = prepare(tmp_path_factory.mktemp("clinique"), own_address())
    with running(forest):
        yield forest


def both(sain: LabDomain, other: OtherForest) -> tuple[str, ...]:
    return (
        "probe", "directory", sain.address, other.address,
        "--user", sain.user_upn, "--user", other.user_upn,
        "--ca-file", str(sain.ca_file), "--ca-file", str(other.ca_file),
    )  # fmt: skip


def secrets(monkeypatch: pytest.MonkeyPatch, first: str, second: str) -> None:
    monkeypatch.setenv("CARE_LDAP_PASSWORD", first)
    monkeypatch.setenv("CARE_LDAP_PASSWORD_2", second)


def test_each_forest_has_its_reading_and_its_level(
    started: Care, sain: LabDomain, clinique: OtherForest, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets(monkeypatch, sain.password, clinique.password)
    done = started(*both(sain, clinique))
    assert done.code == 0, done.err
    assert done.out.count("Relevé complet enregistré") == 2
    shown = started("assess").out
    assert f"Annuaire {sain.forest_dns}" in shown
    assert f"Annuaire {OTHER_REALM}" in shown


def test_a_forest_that_refuses_leaves_the_other_one(
    started: Care, sain: LabDomain, clinique: OtherForest, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets(monkeypatch, sain.password, "faux-mot-de-passe")
    done = started(*both(sain, clinique))
    assert done.code == 5
    assert f"L'annuaire refuse le mot de passe ou le compte « {clinique.user_upn} »." in done.err
    assert done.out.count("Relevé complet enregistré") == 1
    assert f"ldaps://{sain.address}" in started("readings", "list").out


def test_no_password_is_written(
    started: Care,
    sain: LabDomain,
    clinique: OtherForest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    secrets(monkeypatch, sain.password, clinique.password)
    assert started(*both(sain, clinique)).code == 0
    for file in tmp_path.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert sain.password.encode() not in content
            assert clinique.password.encode() not in content
