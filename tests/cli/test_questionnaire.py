"""Older answers, choices and texts, through the commands a user types."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from care_kit.catalog import content
from care_kit.dossier.dossier import Dossier
from care_kit.model.dossier.state import Answer
from tests.catalog.conftest import shipped
from tests.cli.conftest import Care

GOV = "questionnaires/maturin_h_securite/gov.toml"
SOCLE = "questionnaires/selections/socle.toml"
NOTICE = "Le questionnaire a changé depuis vos réponses"


def saved(tmp_path: Path) -> dict[str, Answer]:
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        return dict(opened.state.answers)


@pytest.fixture
def newer(started: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Care]:
    """A dossier with three answers, then a newer content: one question reworded, one withdrawn."""
    for question in ("CK-GOV-01", "CK-GOV-02", "CK-TIE-03"):
        assert started("answer", "-i", question, "-l", "1").code == 0
    overlay = tmp_path / "surcouche"
    gov = shipped(GOV).replace("Qui répond de la sécurité numérique", "Qui tient la sécurité", 1)
    tie = shipped(GOV.replace("gov", "tie")).replace("CK-TIE-03", "CK-TIE-33")
    socle = shipped(SOCLE).replace("version = 1", "version = 2").replace("CK-TIE-03", "CK-TIE-33")
    tous = shipped(SOCLE.replace("socle", "maturin_h_tous")).replace("CK-TIE-03", "CK-TIE-33")
    esms = shipped(SOCLE.replace("socle", "maturin_esms")).replace("CK-TIE-03", "CK-TIE-33")
    files = {
        GOV: gov, GOV.replace("gov", "tie"): tie, SOCLE: socle,
        SOCLE.replace("socle", "maturin_h_tous"): tous,
        SOCLE.replace("socle", "maturin_esms"): esms,
    }  # fmt: skip
    for name, text in files.items():
        file = overlay / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("CARE_KIT_OVERLAY", str(overlay))
    content.load.cache_clear()
    yield started
    content.load.cache_clear()


def test_a_command_that_opens_an_older_dossier_says_it_in_one_line(newer: Care) -> None:
    told = newer("questions")
    assert told.code == 0, told.err
    assert told.err.count(NOTICE) == 1
    assert "care questionnaire migrate" in told.err
    json.loads(newer("assess", "--json").out)


def test_the_differences_are_shown_and_nothing_is_recorded_until_confirmed(
    newer: Care, tmp_path: Path
) -> None:
    shown = newer("questionnaire", "migrate")
    told = {part[:9]: part for part in re.split(r"(?m)^(?=CK-)", shown.out)}
    assert "à relire" in told["CK-GOV-01"]
    assert "reprise telle quelle" in told["CK-GOV-02"]
    assert "gardée" in told["CK-TIE-03"]
    assert "socle v1" in told["CK-GOV-02"]
    assert "socle v2" in told["CK-GOV-02"]
    assert "Rien n'est enregistré" in shown.err
    assert saved(tmp_path)["CK-GOV-02"].questionnaire_version == 1


def test_once_confirmed_the_line_is_gone_and_the_journal_has_the_event(
    newer: Care, tmp_path: Path
) -> None:
    assert newer("questionnaire", "migrate", "--yes").code == 0
    answers = saved(tmp_path)
    assert {name: one.questionnaire_version for name, one in answers.items()} == {
        "CK-GOV-01": 1, "CK-GOV-02": 2, "CK-TIE-03": 1,
    }  # fmt: skip
    after = newer("precheck", "--json")
    assert NOTICE not in after.err
    assert "la question a changé depuis votre réponse" in after.out
    assert "passage à une nouvelle version" in newer("journal").out
    assert "Déjà enregistré" in newer("questionnaire", "migrate").err
    events = newer("journal").out.count("passage à une nouvelle version")
    newer("questionnaire", "migrate", "--yes")
    assert newer("journal").out.count("passage à une nouvelle version") == events


def test_the_fates_are_readable_by_a_script(newer: Care) -> None:
    found = json.loads(newer("questionnaire", "migrate", "--json").out)
    assert {one["indicator"]: one["fate"] for one in found} == {
        "CK-GOV-01": "to_review", "CK-GOV-02": "carried", "CK-TIE-03": "gone",
    }  # fmt: skip


def test_an_up_to_date_dossier_says_so(started: Care) -> None:
    started("answer", "-i", "CK-GOV-01", "-l", "1")
    shown = started("questionnaire", "migrate", "--yes")
    assert "Toutes les réponses" in shown.out
    assert shown.err == ""


def test_a_choice_is_answered_by_its_word(started: Care, tmp_path: Path) -> None:
    told = started("answer", "-i", "CK-SAU-03", "-l", "Bande")
    assert told.code == 0, told.err
    assert "Niveau 2 : Une partie seulement" in told.out.replace("\u00a0", " ")
    answer = saved(tmp_path)["CK-SAU-03"]
    assert (answer.level, answer.typed) == (2, "bande")
    assert "niveau 2 (bande)" in started("questions").out
    refused = started("answer", "-i", "CK-SAU-03", "-l", "bandes")
    assert refused.refused_clearly
    assert "« immuable »" in refused.err


def test_line_mode_lists_the_words_of_a_choice_and_takes_a_text(
    started: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("immuable\n"))
    shown = started("answer", "-i", "CK-SAU-03").out.replace("\u00a0", " ")
    assert "Ou un de ces mots :" in shown
    assert "immuable : copie que même un administrateur" in shown
    monkeypatch.setattr("sys.stdin", io.StringIO("Étage 2, salle du conseil\n"))
    shown = started("answer", "-i", "CK-CRI-12").out.replace("\u00a0", " ")
    assert "Ou un texte, le nom du lieu" in shown
    assert "Niveau 1 : Un lieu de repli est choisi" in shown
    answers = saved(tmp_path)
    assert answers["CK-SAU-03"].typed == "immuable"
    assert (answers["CK-CRI-12"].level, answers["CK-CRI-12"].typed) == (
        1, "Étage 2, salle du conseil",
    )  # fmt: skip
