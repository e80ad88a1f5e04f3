"""The main gestures, each through the command a user types."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from care_kit.dossier.dossier import Dossier
from care_kit.model.words.vocabulary import AnswerState
from tests.cli.conftest import Care
from tests.dossier.papers import pdf


def test_init_shows_the_entities_of_a_ght(care: Care, tmp_path: Path) -> None:
    (tmp_path / "e.toml").write_text(
        'name = "GHT"\ncategory = "public"\nregion = "R"\nght = true\nnis2 = "essential"\n'
        '[[entities]]\nname = "CH A"\nfiness_ej = "990 000 010"\n'
        'sites = [{ name = "Site", finess_eg = "990000028" }]\n'
        '[[entities]]\nname = "CH B"\nfiness_ej = "990000036"\n',
        encoding="utf-8",
    )
    result = care("init", "ght.care", "--from", "e.toml")
    assert result.code == 0, result.err
    assert "EJ 990000010  CH A" in result.out
    assert "EG 990000028  Site" in result.out


def test_an_answer_is_kept_with_its_author(started: Care, tmp_path: Path) -> None:
    assert started("answer", "-i", "ck-gov-01", "-l", "3", "--comment", "vu").code == 0
    with Dossier.open(tmp_path / "ch.care", "autre") as opened:
        answer = opened.state.answers["CK-GOV-01"]
    assert (answer.level, answer.author, answer.comment) == (3, "Camille Testeur", "vu")


def test_line_mode_asks_saves_and_stops(
    started: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("h\n9\n2\nnsp\nna\nPas de Wi-Fi\nq\n"))
    result = started("answer")
    assert result.code == 0
    assert "n'est pas une réponse possible" in result.err
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        states = [one.state for one in opened.state.answers.values()]
    assert states == [AnswerState.ANSWERED, AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE]
    assert "\x1b" not in result.out, "line mode works without colours"


def test_line_mode_ends_cleanly_at_end_of_input(
    started: Care, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("2\n"))
    result = started("answer")
    assert (result.code, "enregistrées" in result.out) == (0, True)


def test_answers_come_from_a_workbook(started: Care, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Indicateur", "Réponse", "Motif", "Commentaire"])
    sheet.append(["CK-GOV-01", 2, None, None])
    sheet.append(["CK-GOV-02", "na", "Sans objet ici", ""])
    sheet.append(["CK-SAU-01", None, None, None])
    book.save(tmp_path / "r.xlsx")
    result = started("answer", "--from", "r.xlsx")
    assert result.code == 0, result.err
    assert "r.xlsx : 2." in result.out


def test_evidence_is_attached_with_its_own_date(started: Care, tmp_path: Path) -> None:
    (tmp_path / "pssi.pdf").write_bytes(pdf())
    added = started("evidence", "add", "pssi.pdf", "-f", "CK-GOV-02", "--date", "31/03/2026")
    assert added.code == 0, added.err
    listed = started("evidence", "list")
    assert "31/03/2026" in listed.out


def test_precheck_of_an_empty_dossier_is_not_ready(started: Care) -> None:
    result = started("precheck")
    assert result.code == 1
    assert "bloquant" in result.out


def test_assess_prints_the_three_numbers_together(started: Care) -> None:
    started("answer", "-i", "CK-GOV-01", "-l", "4")
    out = started("assess").out
    for word in ("Niveau", "Indice", "Couverture", "Confiance", "Conflits"):
        assert word in out


def test_assess_speaks_json(started: Care) -> None:
    found = json.loads(started("assess", "--json").out)
    assert found["overall"]["index"] == {"low": 0.0, "high": 100.0}


def test_terminal_escapes_in_an_answer_show_as_text(started: Care) -> None:
    started("answer", "-i", "CK-GOV-01", "-l", "na", "--reason", "\x1b[31mrouge\u202e")
    out = started("questions").out + started("journal").out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_only_followed_programmes_are_prechecked(started: Care) -> None:
    assert "D1.O2.B" not in started("precheck").out
    assert started("programme", "follow", "d1").code == 0
    assert "D1.O2.B" in started("precheck").out
    assert "[x] suivi" in started("programme", "list").out
    started("programme", "leave", "d1")
    assert "D1.O2.B" not in started("precheck").out


def test_another_questionnaire_takes_up_the_answers_already_given(started: Care) -> None:
    started("answer", "-i", "CK-GOV-01", "-l", "2")
    assert "28" in started("questionnaire", "list").out
    used = started("questionnaire", "use", "maturin-h-tous")
    assert "50 questions, 1 avec réponse" in used.out
    assert "CK-GOV-05" in started("questions").out
    assert started("questionnaire", "use", "rien").refused_clearly


def test_a_question_of_another_questionnaire_can_be_answered(started: Care, tmp_path: Path) -> None:
    assert started("answer", "-i", "CK-FON-01", "-l", "2").code == 0
    (tmp_path / "r.toml").write_text('[[answers]]\nindicator = "CK-GOV-03"\nsaid = "1"\n')
    assert started("answer", "--from", "r.toml").code == 0
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        assert {"CK-FON-01", "CK-GOV-03"} <= set(opened.state.answers)


def test_a_referential_is_read_through_the_answers(started: Care) -> None:
    assert "ReCyF" in started("referential", "list").out
    assert "sans réponse : 152" in started("referential", "coverage", "recyf").out
    started("answer", "-i", "CK-GOV-02", "-l", "3")
    found = json.loads(started("referential", "coverage", "recyf", "--json").out)
    by_measure = {one["measure"]: one for one in found}
    assert by_measure["2.B.1-EI/EE"]["state"] == "full"
    assert by_measure["2.B.1-EI/EE"]["lowest_level"] == 3
    assert by_measure["1.2-EI/EE"]["state"] == "unanswered"
    assert started("referential", "coverage", "iso").refused_clearly


SCOPE = """
owner = "CH"
purpose = "essai"
contact = "astreinte"
view = "interne"
networks = ["127.0.0.77/32"]
[validity]
begins = 2026-01-01
ends = 2999-12-31
"""


def test_an_edit_after_signature_voids_it(started: Care, tmp_path: Path) -> None:
    scope = tmp_path / "perimetre.toml"
    scope.write_text(SCOPE)
    unsigned = started("probe", "exposure", "--scope", "perimetre.toml")
    assert unsigned.refused_clearly
    assert "signé" in unsigned.err
    assert started("scope", "sign", "perimetre.toml", "--name", "A", "--role", "RSSI").code == 0
    planned = started("probe", "exposure", "--scope", "perimetre.toml")
    assert planned.code == 0
    assert "Rien n'a été envoyé" in planned.out
    scope.write_text(SCOPE.replace("127.0.0.77", "127.0.0.78"))
    edited = started("probe", "exposure", "--scope", "perimetre.toml")
    assert edited.refused_clearly
    assert "modifié après sa signature" in edited.err


def test_the_journal_is_told_in_french(started: Care) -> None:
    started("answer", "-i", "CK-GOV-01", "-l", "1")
    out = started("journal").out
    assert "réponse donnée" in out
    assert "Chaîne intègre : 2\u00a0événements" in out
