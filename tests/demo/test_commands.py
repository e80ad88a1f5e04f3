"""The commands of the demonstration: the real command line, shown and put away."""

import os
import sys
from pathlib import Path

import pytest

from care_kit.cli.app import run
from care_kit.demo.commands import DOSSIER, Commands

HOSPITAL = ("--finess-ej", "990000010", "--category", "public", "--region", "Région fictive")


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    return Commands(tmp_path, run)


def test_a_long_answer_is_abridged_on_screen_and_whole_in_a_file(
    commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.care("content", "show", "CK-GOV-02")
    whole = capsys.readouterr().out.splitlines()[1:]

    commands.care("content", "show", "CK-GOV-02", first=3, last=1)

    typed, *shown = capsys.readouterr().out.splitlines()
    assert typed == "$ care content show CK-GOV-02"
    assert (shown[:3], shown[4:]) == (whole[:3], whole[-1:])
    assert f"{len(whole) - 4} lignes de plus" in shown[3]
    (kept,) = (commands.folder / "affichage").iterdir()
    assert kept.name in shown[3]
    assert kept.read_text(encoding="utf-8").splitlines() == whole


def test_a_short_answer_is_shown_whole(
    commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.care("data", "show", first=100)

    assert "KEV" in capsys.readouterr().out
    assert not (commands.folder / "affichage").exists()


def test_an_exit_code_that_was_not_expected_is_a_surprise(commands: Commands) -> None:
    commands.care("assess", expected=4)
    assert not commands.surprises

    commands.care("assess")

    assert commands.surprises == ["« care assess » a rendu le code 4"]


def test_what_the_user_has_set_is_neither_used_nor_lost(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs.care"
    assert run(("init", str(theirs), "--name", "CH", *HOSPITAL)) == 0
    before = theirs.read_bytes()
    monkeypatch.setenv("CARE_DOSSIER", str(theirs))
    monkeypatch.setenv("CARE_LDAP_PASSWORD", "theirs")
    around = (Path.cwd(), sys.stdin, dict(os.environ))

    commands.care("init", DOSSIER, "--name", "CH", *HOSPITAL, secret="ours")
    commands.care("programme", "follow", "d1", typed="n")

    assert not commands.surprises
    assert theirs.read_bytes() == before
    assert (Path.cwd(), sys.stdin, dict(os.environ)) == around
