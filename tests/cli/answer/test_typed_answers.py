"""Values typed instead of a level, through the commands a user types."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from care_kit.cli.terminal import options
from care_kit.dossier.dossier import Dossier
from care_kit.model.dossier.state import Answer
from care_kit.model.words.vocabulary import AnswerState
from tests.cli.conftest import Care

RATE, DATE = "CK-IAM-03", "CK-SAU-07"


def saved(tmp_path: Path) -> dict[str, Answer]:
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        return dict(opened.state.answers)


def test_a_rate_is_answered_and_the_level_it_is_worth_is_told(
    started: Care, tmp_path: Path
) -> None:
    told = started("answer", "-i", RATE, "-l", "90/120")
    assert told.code == 0, told.err
    assert "réponse « 90/120 » enregistrée" in told.out
    assert "Niveau 2 : Au plus 25" in told.out.replace("\u00a0", " ")
    answer = saved(tmp_path)[RATE]
    assert (answer.level, answer.typed) == (2, "90/120")
    assert "[x] niveau 2 (90/120)" in started("questions").out


def test_a_part_of_the_perimeter_is_said_with_its_reason(started: Care, tmp_path: Path) -> None:
    told = started("answer", "-i", "CK-GOV-01", "-l", "p3", "--reason", "Site principal.")
    assert told.code == 0, told.err
    answer = saved(tmp_path)["CK-GOV-01"]
    assert (answer.state, answer.level) == (AnswerState.PARTIAL, 3)
    assert answer.reason == "Site principal."
    assert "n'est tenu qu'en partie (Site principal)" in started("precheck", "--json").out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((RATE, "90/0"), "sur zéro"),
        ((RATE, "121/120"), "dépasse 100"),
        ((DATE, "31/12/2999"), "à venir"),
        ((DATE, "31/02/2026"), "n'existe pas"),
        ((DATE, "90/120"), "n'est pas une réponse possible"),
        (("CK-GOV-01", "p3"), "« partiel » demande un motif"),
        (("CK-GOV-01", "e3"), "« mesure équivalente justifiée » demande un motif"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_and_nothing_is_saved(
    started: Care, tmp_path: Path, arguments: tuple[str, str], sentence: str
) -> None:
    result = started("answer", "-i", arguments[0], "-l", arguments[1])
    assert result.refused_clearly, result
    assert sentence in result.err
    assert saved(tmp_path) == {}


def test_line_mode_says_what_may_be_typed_and_asks_the_reason_of_a_nuance(
    started: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("121/120\ne 9\ne 90/120\nRevue à la main.\n"))
    result = started("answer", "-i", RATE)
    assert result.code == 0, result.err
    shown = " ".join(result.out.split())
    assert "par exemple « 45/120 » ou « 37,5 % » : comptes actifs qui ne sont pas" in shown
    assert shown.count("Motif (") == 1, "asked only once the answer is understood"
    answer = saved(tmp_path)[RATE]
    assert (answer.state, answer.level) == (AnswerState.EQUIVALENT, 2)
    assert (answer.typed, answer.reason) == ("90/120", "Revue à la main.")


def test_line_mode_offers_no_value_where_only_a_level_is_asked(
    started: Care, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("2\n"))
    assert "par exemple" not in started("answer", "-i", "CK-GOV-01").out


def test_a_date_ages_without_anybody_touching_the_dossier(
    started: Care, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = options.today()
    assert started("answer", "-i", DATE, "-l", f"{day:%d/%m/%Y}").code == 0
    assert f"niveau 3 ({day:%d/%m/%Y})" in started("questions").out
    monkeypatch.setattr(options, "today", lambda: date(day.year + 2, 1, 1))
    assert "vieilli, valait 3" in started("questions").out.replace("\u00a0", " ")
    found = json.loads(started("assess", "--json").out)
    assert '"aged_from": 3' in json.dumps(found)
