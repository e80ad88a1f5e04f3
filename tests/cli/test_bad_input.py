"""Every mistake gets one clear French sentence, the next step, and loses nothing."""

import sqlite3
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from tests.cli.conftest import Care


@pytest.fixture
def untouched(started: Care, tmp_path: Path) -> Care:
    """A command runner that also checks that the dossier did not change."""
    path = tmp_path / "ch.care"
    with Dossier.open(path, "A") as opened:
        before = opened.state

    def command(*arguments: str) -> object:
        result = started(*arguments)
        with Dossier.open(path, "A") as reopened:
            assert reopened.state == before
        return result

    return command  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("answer", "-i", "CK-XXX-99", "-l", "2"), "« CK-XXX-99 » n'existe pas"),
        (("answer", "-i", "CK-GOV-01", "-l", "7"), "niveaux : 0, 1, 2, 3, 4"),
        (("answer", "-i", "CK-GOV-01", "-l", "deux"), "n'est pas une réponse possible"),
        (("answer", "-i", "CK-GOV-01", "-l", "na"), "demande un motif"),
        (("answer", "--from", "rien.toml"), "n'existe pas"),
        (("evidence", "add", "rien.pdf", "--for", "CK-GOV-01"), "n'existe pas"),
        (("explain", "CK-GOV-01", "--text", "x"), "n'est pas en conflit"),
        (("export", "package", "--profile", "secret"), "Le profil « secret » n'existe pas"),
        (("export", "application", "--domain", "d9"), "Le programme « d9 » n'existe pas"),
        (("spending", "add", "--domain", "d1", "--label", "x", "--amount", "1e9"), "montant"),
        (("spending", "add", "--domain", "d1", "--label", "x", "--amount", "-5"), "montant"),
        (("probe", "directory"), "Il manque le serveur ou le compte"),
        (("probe", "exposure", "--scope", "rien.toml"), "rien.toml"),
        (("verify", "rien.zip"), "rien.zip"),
        (("nimporte",), "« nimporte » n'existe pas"),
        (("answer", "--nimporte"), "« --nimporte » n'existe pas"),
        (("verify",), "Il manque"),
    ],
)
def test_a_mistake_is_refused_and_nothing_changes(
    untouched: Care, arguments: tuple[str, ...], sentence: str
) -> None:
    result = untouched(*arguments)
    assert result.refused_clearly, result
    assert sentence in result.err


def test_an_empty_evidence_is_refused(untouched: Care, tmp_path: Path) -> None:
    (tmp_path / "vide.pdf").touch()
    result = untouched("evidence", "add", "vide.pdf", "--for", "CK-GOV-01")
    assert result.refused_clearly
    assert "0 octet" in result.err


def test_an_ambiguous_date_is_refused(untouched: Care, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("note")
    result = untouched("evidence", "add", "note.txt", "--for", "CK-GOV-01", "--date", "3/2026")
    assert result.refused_clearly
    assert "AAAA-MM-JJ" in result.err


def test_an_evidence_for_an_unknown_subject_is_refused(untouched: Care, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("note")
    result = untouched("evidence", "add", "note.txt", "--for", "CK-GOV-99")
    assert result.refused_clearly
    assert "CK-GOV-0" in result.err


def test_one_bad_line_in_a_file_of_answers_takes_none(untouched: Care, tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text(
        '[[answers]]\nindicator = "CK-GOV-01"\nsaid = "2"\n'
        '[[answers]]\nindicator = "CK-GOV-02"\nsaid = "9"\n'
    )
    result = untouched("answer", "--from", "r.toml")
    assert result.refused_clearly
    assert "r.toml, réponse n° 2" in result.err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[[answers]\n", "TOML valide"),
        (b"\xff\xfe", "UTF-8"),
        (b"[[answers]]\nindicator = 'CK-GOV-01'\n", "answers[0].said"),
        (b"[[answers]]\nindicator = 'CK-GOV-01'\nsaid = '2'\nnote = 'x'\n", "note"),
    ],
)
def test_a_malformed_file_of_answers_is_told_with_its_place(
    untouched: Care, tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "r.toml").write_bytes(content)
    result = untouched("answer", "--from", "r.toml")
    assert result.refused_clearly
    assert sentence in result.err


def test_a_file_that_is_not_a_workbook_is_refused(untouched: Care, tmp_path: Path) -> None:
    (tmp_path / "r.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    result = untouched("answer", "--from", "r.xlsx")
    assert result.refused_clearly
    assert "XLSX" in result.err


@pytest.mark.parametrize("number", ["99000001", "990000011", "AB0000010"])
def test_a_wrong_finess_is_refused_and_no_file_is_left(
    care: Care, tmp_path: Path, number: str
) -> None:
    result = care(
        "init", "a.care", "--name", "CH", "--finess-ej", number, "--category", "x", "--region", "y"
    )
    assert result.refused_clearly
    assert "FINESS EJ" in result.err
    assert not list(tmp_path.iterdir())


def test_without_a_dossier_the_way_to_create_one_is_given(care: Care) -> None:
    result = care("assess")
    assert result.refused_clearly
    assert "care init" in result.err


def test_several_dossiers_ask_for_a_choice(started: Care, tmp_path: Path) -> None:
    (tmp_path / "autre.care").touch()
    result = started("assess")
    assert result.refused_clearly
    assert "--dossier" in result.err


def test_a_newer_dossier_is_refused(started: Care, tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "ch.care")
    raw.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    raw.commit()
    raw.close()
    result = started("assess")
    assert result.refused_clearly
    assert "version plus récente" in result.err


def test_a_truncated_dossier_is_refused(started: Care, tmp_path: Path) -> None:
    path = tmp_path / "ch.care"
    path.write_bytes(path.read_bytes()[:-100])
    result = started("assess")
    assert result.refused_clearly
    assert "tronqué" in result.err


def test_an_unreachable_directory_is_told(untouched: Care, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_LDAP_PASSWORD", "peu importe")
    result = untouched(
        "probe", "directory", "127.0.0.1", "--port", "1", "--user", "a@b.lan", "--unverified"
    )
    assert result.refused_clearly
    assert "peu importe" not in result.err + result.out
