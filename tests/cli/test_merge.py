"""`care merge` and `care conflicts`, as a consultant and a hospital use them."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Care


@pytest.fixture
def apart(started: Care, tmp_path: Path) -> Care:
    """The dossier and a copy, answered differently."""
    shutil.copy(tmp_path / "ch.care", tmp_path / "site.care")
    assert started("answer", "-d", "ch.care", "-i", "CK-GOV-01", "-l", "1").code == 0
    for question, level in (("CK-GOV-01", "3"), ("CK-GOV-02", "2")):
        told = started(
            "answer", "-d", "site.care", "--author", "Denis Consultant", "-i", question, "-l", level
        )
        assert told.code == 0, told.err
    return started


def test_a_merge_is_shown_then_made_then_ended(apart: Care) -> None:
    shown = apart("merge", "site.care", "-d", "ch.care")
    assert shown.code == 0, shown.err
    assert "réponse donnée" in shown.out and "Denis Consultant" in shown.out
    assert "Conflit, réponse CK-GOV-01" in shown.out and "niveau 3" in shown.out
    assert "--yes" in shown.err
    assert "Aucun conflit" in apart("conflicts", "-d", "ch.care").out
    done = apart("merge", "site.care", "-d", "ch.care", "--yes")
    assert "Copie fusionnée : 2" in done.out and "care conflicts" in done.out
    listed = apart("conflicts", "-d", "ch.care")
    assert "Réponse CK-GOV-01 :" in listed.out
    assert "[conflit] réponse CK-GOV-01 : niveau" in apart("assess", "-d", "ch.care").out
    assert "compte en attendant" in listed.out and "Camille Testeur" in listed.out
    mark = next(line for line in listed.out.splitlines() if "Denis" in line).split()[0]
    assert "Des copies du dossier se contredisent" in apart("precheck", "-d", "ch.care").out
    ended = apart("conflicts", "-d", "ch.care", "--keep", mark)
    assert ended.code == 0, ended.err
    assert "Conflit clos, réponse CK-GOV-01" in ended.out and "Aucun conflit" in ended.out
    assert "Chaîne intègre : 5" in apart("journal", "-d", "ch.care").out


def test_merging_twice_says_that_nothing_is_new(apart: Care) -> None:
    assert apart("merge", "site.care", "-d", "ch.care", "--yes").code == 0
    again = apart("merge", "site.care", "-d", "ch.care", "--yes")
    assert again.code == 0 and "rien de nouveau" in again.out
    assert "1 événement que la copie ne connaît pas" in again.out.replace("\u00a0", " ")


def test_a_journal_with_two_heads_says_so(apart: Care) -> None:
    apart("merge", "site.care", "-d", "ch.care", "--yes")
    assert "2 copies réunies" in apart("journal", "-d", "ch.care").out


def test_a_package_of_merged_copies_verifies(apart: Care, tmp_path: Path) -> None:
    apart("merge", "site.care", "-d", "ch.care", "--yes")
    for profile in ("examinateur", "complet"):
        made = apart("export", "package", "-d", "ch.care", "--profile", profile, "--to", profile)
        assert made.code == 0, made.err
        (package,) = (tmp_path / profile).glob("*.zip")
        verified = apart("verify", str(package))
        assert verified.code == 0, verified.out + verified.err


@pytest.mark.parametrize(
    "command",
    [
        ("merge", "absent.care", "-d", "ch.care"),
        ("merge", "ch.care", "-d", "ch.care"),
        ("merge", "autre.care", "-d", "ch.care", "--yes"),
        ("merge", "note.txt", "-d", "ch.care", "--yes"),
        ("conflicts", "-d", "ch.care", "--keep", "zzz"),
    ],
)
def test_what_cannot_be_merged_is_one_sentence(
    apart: Care, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "note.txt").write_text("bonjour")
    apart(
        "init", "autre.care", "--name", "Autre", "--finess-ej", "990000036",
        "--category", "public", "--region", "Région fictive",
    )  # fmt: skip
    assert apart(*command).refused_clearly
