"""What a person types, and the event it becomes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.answer_files import read_answers
from care_kit.dossier.entry.answering import given, understood
from care_kit.dossier.folding.fold import event_of
from care_kit.dossier.journal.chain import GENESIS, Record
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.content.questionnaire import AnswerForm, AnswerKind, AnswerOption
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import AnswerState
from tests.assessment.builders import TODAY, indicator, questionnaire

RATE = AnswerForm(AnswerKind.RATE, "postes à jour", "postes", {1: 25, 2: 50, 3: 90})
DATE = AnswerForm(AnswerKind.DATE, bounds={2: 600, 3: 12}, label="du dernier essai")
CHOICE = AnswerForm(
    AnswerKind.CHOICE,
    options=(
        AnswerOption("aucun", "rien", 0),
        AnswerOption("edr", "détection sur chaque poste", 2),
        AnswerOption("pare-feu", "pare-feu local seul", 1),
    ),
)
PLACE = AnswerForm(AnswerKind.TEXT, label="le lieu de réunion", text_level=1)
NAME = AnswerForm(AnswerKind.TEXT, label="le nom de l'outil")
FORM = questionnaire(
    indicator("A"),
    replace(indicator("R"), answer=RATE),
    replace(indicator("T"), answer=DATE),
    replace(indicator("C"), answer=CHOICE),
    replace(indicator("L"), answer=PLACE),
    replace(indicator("N"), answer=NAME),
)


def event(name: str, said: str, reason: str = "") -> AnswerGiven:
    return given(FORM, name, said, reason, today=TODAY)


def test_a_typed_value_is_kept_beside_its_level() -> None:
    said = event("R", " 45/120 ")
    assert said == AnswerGiven(
        "q", 1, "R", AnswerState.ANSWERED, 1, typed="45/120", wording=said.wording
    )
    assert event("R", "3").typed == ""


@pytest.mark.parametrize(
    ("name", "said", "state", "level", "typed"),
    [
        ("A", "p3", AnswerState.PARTIAL, 3, ""),
        ("A", "E 4", AnswerState.EQUIVALENT, 4, ""),
        ("R", "p 45/120", AnswerState.PARTIAL, 1, "45/120"),
        ("T", "e31/03/2026", AnswerState.EQUIVALENT, 3, "31/03/2026"),
        ("C", "p edr", AnswerState.PARTIAL, 2, "edr"),
        ("C", "ePARE-FEU", AnswerState.EQUIVALENT, 1, "pare-feu"),
        ("L", "p3", AnswerState.PARTIAL, 3, ""),
        ("L", "e 3 : salle de repli", AnswerState.EQUIVALENT, 3, "salle de repli"),
    ],
)
def test_a_letter_before_the_level_says_partial_or_equivalent(
    name: str, said: str, state: AnswerState, level: int, typed: str
) -> None:
    found = event(name, said, "Le site principal seulement.")
    assert (found.state, found.level, found.typed) == (state, level, typed)
    assert found.reason == "Le site principal seulement."


@pytest.mark.parametrize(
    ("name", "said", "level", "typed"),
    [
        ("C", "EDR", 2, "edr"),
        ("C", "pare-feu", 1, "pare-feu"),
        ("L", "Pharmacie, salle 2", 1, "Pharmacie, salle 2"),
        ("L", "Entrée nord", 1, "Entrée nord"),
        ("L", "2 rue de la Gare", 1, "2 rue de la Gare"),
        ("L", "3 : Salle du conseil", 3, "Salle du conseil"),
        ("L", "3", 3, ""),
        ("N", "Console du fournisseur", None, "Console du fournisseur"),
        ("N", "2 : Console du fournisseur", 2, "Console du fournisseur"),
    ],
)
def test_the_letters_before_a_level_do_not_bite_into_words(
    name: str, said: str, level: int | None, typed: str
) -> None:
    found = event(name, said)
    assert (found.state, found.level, found.typed) == (AnswerState.ANSWERED, level, typed)


@pytest.mark.parametrize(
    ("name", "said"), [("C", "antivirus"), ("L", "nps"), ("L", "9"), ("L", "7 : la")]
)
def test_neither_a_word_of_the_choice_nor_a_text_is_refused(name: str, said: str) -> None:
    with pytest.raises(InputError, match="n'est pas une réponse possible") as caught:
        event(name, said)
    assert "Ou un" in caught.value.next_step


@pytest.mark.parametrize("said", ["p3", "e3", "na"])
def test_partial_equivalent_and_not_applicable_want_a_reason(said: str) -> None:
    with pytest.raises(InputError, match="demande un motif"):
        event("A", said, "  ")


@pytest.mark.parametrize("said", ["p0", "e0", "p 10/120"])
def test_level_zero_is_neither_partial_nor_equivalent(said: str) -> None:
    with pytest.raises(InputError, match="niveau 0"):
        event("R", said, "motif")


@pytest.mark.parametrize("said", ["45/120", "oui", "p", "e", "p9", "pnsp", "9" * 5000, "٣"])
def test_a_value_is_refused_where_only_a_level_is_asked(said: str) -> None:
    with pytest.raises(InputError, match="n'est pas une réponse possible"):
        understood(FORM.indicators[0], said, TODAY)


def test_the_refusal_says_what_may_be_typed() -> None:
    with pytest.raises(InputError) as caught:
        event("R", "beaucoup")
    assert "« 45/120 »" in caught.value.next_step
    assert "postes à jour sur postes (jusqu'au niveau 3)" in caught.value.next_step


def test_an_answer_written_before_values_could_be_typed_still_opens() -> None:
    payload = {
        "questionnaire": "socle",
        "questionnaire_version": 1,
        "indicator": "CK-GOV-01",
        "state": "answered",
        "level": 2,
        "reason": "",
        "comment": "",
    }
    record = Record(2, "e", "2026-01-01T00:00:00+00:00", "A", "AnswerGiven", payload, GENESIS)
    assert event_of(record) == AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.ANSWERED, 2)


def test_the_typed_value_is_in_the_file(dossier: Dossier, tmp_path: Path) -> None:
    dossier.append(event("T", "p 2026-03", "Le site principal."))
    with Dossier.open(tmp_path / "test.care", "B") as reopened:
        answer = reopened.state.answers["T"]
    assert (answer.state, answer.level, answer.typed) == (AnswerState.PARTIAL, 3, "2026-03")


def filled(path: Path, *rows: tuple[object, ...], formats: tuple[str, ...] = ()) -> Path:
    """A workbook of answers; `formats` are those of the second column."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Indicateur", "Réponse", "Motif"])
    for row in rows:
        sheet.append(list(row))
    for number, shown in enumerate(formats, start=2):
        sheet.cell(number, 2).number_format = shown
    book.save(path)
    return path


def levels(path: Path) -> list[tuple[int | None, str]]:
    return [(one.level, one.typed) for one in read_answers(path, lambda _: FORM, TODAY, {}).events]


@pytest.mark.parametrize(
    ("row", "shown", "kept"),
    [
        (("R", 1), "0%", (3, "100 %")),
        (("R", 0.375), "0.0%", (1, "37,5 %")),
        (("R", 0.29), "0%", (1, "29 %")),
        (("T", date(2026, 3, 31)), "dd/mm/yyyy", (3, "31/03/2026")),
        (("R", "45/120"), "General", (1, "45/120")),
        (("A", 1), "General", (1, "")),
        (("C", "edr"), "General", (2, "edr")),
        (("L", "Salle du conseil"), "General", (1, "Salle du conseil")),
    ],
)
def test_a_workbook_holds_values_as_its_reader_sees_them(
    tmp_path: Path, row: tuple[object, ...], shown: str, kept: tuple[int, str]
) -> None:
    assert levels(filled(tmp_path / "r.xlsx", row, formats=(shown,))) == [kept]


def test_a_rate_that_a_spreadsheet_took_for_a_day_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.xlsx", ("R", date(2026, 12, 3)))
    with pytest.raises(InputError, match="ligne 2 : « 03/12/2026 »"):
        levels(path)


def test_a_toml_file_holds_values_and_nuances(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text(
        '[[answers]]\nindicator = "R"\nsaid = "45/120"\n'
        '[[answers]]\nindicator = "A"\nsaid = "p3"\nreason = "Le site principal."\n',
        encoding="utf-8",
    )
    assert levels(path) == [(1, "45/120"), (3, "")]
