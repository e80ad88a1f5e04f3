"""The arithmetic of a group from the command line, on worked figures."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Care
from tests.dossier.papers import locked_pdf, pdf

FIVE = ("990000010", "990000028", "990000036", "990000044", "990000051")
SHARES = ("40", "26", "14", "12", "8")


@pytest.fixture
def ght(care: Care, tmp_path: Path) -> Care:
    """A GHT of five legal entities that follows domain 2."""
    entities = "".join(
        f'[[entities]]\nname = "CH {rank}"\nfiness_ej = "{number}"\n'
        for rank, number in enumerate(FIVE, 1)
    )
    head = 'name = "GHT"\ncategory = "GHT"\nregion = "R"\nght = true\n'
    (tmp_path / "g.toml").write_text(head + entities, encoding="utf-8")
    assert care("init", "g.care", "--from", "g.toml").code == 0
    assert care("programme", "follow", "d2").code == 0
    (tmp_path / "cr.pdf").write_bytes(pdf("Compte rendu"))
    return care


def share_everything(ght: Care) -> None:
    for number, share in zip(FIVE, SHARES, strict=True):
        result = ght("ght", "share", number, share, "--source", "PMSI 2024")
        assert result.code == 0, result.err


def test_the_fewest_entities_to_add_are_told_and_adding_them_reaches_the_share(
    ght: Care, tmp_path: Path
) -> None:
    share_everything(ght)
    assert ght("answer", "-i", "CK-CRI-06", "-l", "3").code == 0
    piece = ("--for", "D2.O1.D-COMPTE-RENDU", "--date", "2025-10-01")
    assert (
        ght("evidence", "add", "cr.pdf", *piece, "--entity", FIVE[1], "--entity", FIVE[2]).code == 0
    )
    told = " ".join(ght("ght", "show").out.split())
    assert "D2.O1.D - Part de l'activité combinée couverte : 40 % sur 66 % attendus" in told
    assert "il suffit d'ajouter CH 1." in told
    (tmp_path / "cr1.pdf").write_bytes(pdf("Compte rendu du CH 1"))
    assert ght("evidence", "add", "cr1.pdf", *piece, "--entity", FIVE[0]).code == 0
    covered = json.loads(ght("ght", "show", "--json").out)["coverage"]["d2"]["D2.O1.D"]
    assert (covered["low"], covered["to_add"]) == ("80", [])


def test_an_answer_for_some_entities_only_covers_them(ght: Care) -> None:
    share_everything(ght)
    assert ght("answer", "-i", "CK-CRI-06", "-l", "3", "--entity", FIVE[0]).code == 0
    piece = ("--for", "D2.O1.D-COMPTE-RENDU", "--date", "2025-10-01")
    assert ght("evidence", "add", "cr.pdf", *piece).code == 0
    covered = json.loads(ght("ght", "show", "--json").out)["coverage"]["d2"]["D2.O1.D"]
    assert (covered["covered"], covered["low"]) == ([FIVE[0]], "40")


def test_shares_that_are_missing_stay_visible(ght: Care) -> None:
    first = ght("ght", "share", FIVE[0], "40", "--source", "PMSI")
    assert FIVE[4] in first.err
    assert "à compléter" in ght("ght", "show").out


def test_the_sae_fallback_is_shown_with_its_year(care: Care) -> None:
    care("init", "c.care", "--name", "CH", "--finess-ej", FIVE[0], "--finess-eg", FIVE[1],
         "--finess-eg", FIVE[2], "--category", "public", "--region", "R")  # fmt: skip
    care("programme", "follow", "hospiconnect")
    people = ("--employees", "100", "--self-employed", "20", "--source", "SAE")
    assert care("ght", "headcount", FIVE[1], "2023", *people).code == 0
    told = " ".join(care("ght", "show").out.split())
    assert "120 en 2023 (100 salariés, 20 libéraux)" in told
    assert f"compté zéro : {FIVE[2]}" in told


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ght", "share", FIVE[0], "140", "--source", "x"), "n'est pas une part d'activité"),
        (("ght", "share", FIVE[0], "--source", "x", "--", "-5"), "n'est pas une part d'activité"),
        (("ght", "share", "990000069", "5", "--source", "x"), "n'est ni une entité"),
        (("ght", "share", FIVE[0], "5", "--source", " "), "La source est vide"),
        (
            (
                "ght",
                "headcount",
                FIVE[0],
                "2024",
                "--employees",
                "1",
                "--self-employed",
                "0",
                "--source",
                "x",
            ),
            "n'est pas un site",
        ),
        (
            ("programme", "period", "d2", "operational", "03/04/26", "2027-01-01", "--source", "x"),
            "n'est pas une date",
        ),
        (
            (
                "programme",
                "period",
                "d2",
                "operational",
                "2027-01-01",
                "2026-01-01",
                "--source",
                "x",
            ),
            "avant son début",
        ),
        (
            ("programme", "period", "d2", "autre", "2026-01-01", "2027-01-01", "--source", "x"),
            "n'est pas une période",
        ),
        (
            ("evidence", "add", "cr.pdf", "--for", "D2.P1-PSSI", "--date", "03/04/26"),
            "n'est pas une date",
        ),
        (
            ("evidence", "add", "cr.pdf", "--for", "D2.P1-PSSI", "--entity", "990000069"),
            "n'est ni une entité",
        ),
        (("evidence", "add", "abime.pdf", "--for", "D2.P1-PSSI"), "est abîmée"),
        (("evidence", "add", "chiffre.pdf", "--for", "D2.P1-PSSI"), "mot de passe"),
        (("evidence", "add", "vide.pdf", "--for", "D2.P1-PSSI"), "0 octet"),
        (("evidence", "withdraw", "0000", "--reason", "erreur"), "Aucun document"),
        (("answer", "-i", "CK-CRI-06", "-l", "3", "--entity", "12"), "n'a pas la forme"),
        (("precheck", "--on", "demain"), "n'est pas une date"),
        (("precheck", "--checklist", "liste.odt"), "liste.odt"),
    ],
)
def test_a_mistake_gets_one_sentence_and_nothing_is_lost(
    ght: Care, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "abime.pdf").write_bytes(pdf()[:4000])
    (tmp_path / "chiffre.pdf").write_bytes(locked_pdf("secret"))
    (tmp_path / "vide.pdf").touch()
    before = ght("journal").out
    result = ght(*arguments)
    assert result.refused_clearly, result
    assert sentence in result.err
    assert ght("journal").out == before
