"""A value typed instead of a level, and the level it is worth."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.model.content.questionnaire import AnswerForm, AnswerKind, AnswerOption
from care_kit.model.dossier.typed_answer import LONGEST_TEXT, Value, day_of, invitation, value_of
from care_kit.model.words.errors import InputError

TODAY = date(2026, 11, 21)
YES = AnswerForm(AnswerKind.YES_NO, yes_level=3)
RATE = AnswerForm(AnswerKind.RATE, "postes à jour", "postes", {1: 25, 2: 37.5, 3: 66, 4: 100})
DATE = AnswerForm(AnswerKind.DATE, bounds={1: 36, 2: 24, 3: 12}, label="du dernier essai")
COUNT = AnswerForm(AnswerKind.COUNT, bounds={1: 12, 2: 6, 3: 2, 4: 0}, label="d'arrêts")
OPTIONS = (
    AnswerOption("aucun", "rien sur les postes", 0),
    AnswerOption("antivirus", "un antivirus seul", 1),
    AnswerOption("edr", "un outil de détection sur chaque poste", 3),
)
CHOICE = AnswerForm(AnswerKind.CHOICE, options=OPTIONS)
PLACE = AnswerForm(AnswerKind.TEXT, label="le lieu de réunion de la cellule de crise", text_level=1)
NOTE = AnswerForm(AnswerKind.TEXT, label="le nom de l'outil")


def level_of(form: AnswerForm, typed: str) -> int | None:
    found = value_of(form, typed, TODAY)
    return found.level if found else None


@pytest.mark.parametrize(
    ("form", "typed", "level"),
    [
        (YES, "oui", 3),
        (YES, " O ", 3),
        (YES, "Non", 0),
        (YES, "n", 0),
        (RATE, "30/120", 1),
        (RATE, "45/120", 2),
        (RATE, "44/120", 1),
        (RATE, "29/120", 0),
        (RATE, "0/120", 0),
        (RATE, "120/120", 4),
        (RATE, "119 999/120 000", 3),
        (RATE, "1 234,5 / 2 469", 2),
        (RATE, "37,5 %", 2),
        (RATE, "37.5%", 2),
        (RATE, "37,499 %", 1),
        (RATE, "66 %", 3),
        (RATE, "100 %", 4),
        (DATE, "21/11/2026", 3),
        (DATE, "21/11/2025", 3),
        (DATE, "20/11/2025", 2),
        (DATE, "2025-11-21", 3),
        (DATE, "2025-12", 3),
        (DATE, "11/2025", 2),
        (DATE, "2024-11-21", 2),
        (DATE, "20/11/2023", 0),
        (COUNT, "n=0", 4),
        (COUNT, "N = 2", 3),
        (COUNT, "n=3", 2),
        (COUNT, "n=12", 1),
        (COUNT, "n=13", 0),
        (CHOICE, "edr", 3),
        (CHOICE, " EDR ", 3),
        (CHOICE, "aucun", 0),
        (PLACE, "Salle du conseil, bâtiment B", 1),
    ],
)
def test_a_value_reaches_the_highest_level_whose_bound_it_meets(
    form: AnswerForm, typed: str, level: int
) -> None:
    assert level_of(form, typed) == level


def test_a_level_without_a_bound_is_never_reached_by_a_value() -> None:
    unbounded = AnswerForm(AnswerKind.RATE, "a", "b", {1: 25, 2: 50, 3: 90})
    assert level_of(unbounded, "100 %") == 3
    assert "(jusqu'au niveau 3)" in invitation(unbounded)


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        (YES, "oui oui"),
        (YES, "yes"),
        (RATE, "37,5"),
        (RATE, "-1/120"),
        (RATE, "45/120/3"),
        (RATE, "1e9/2e9"),
        (RATE, "٤٥/١٢٠"),
        (RATE, "4 5/120"),
        (RATE, "9" * 5000 + "/1"),
        (RATE, "21/11/2025"),
        (DATE, "hier"),
        (DATE, "21/11"),
        (DATE, "45/120"),
        (COUNT, "3"),
        (COUNT, "=3"),
        (COUNT, "n=-1"),
        (COUNT, "n=2,5"),
        (CHOICE, "edr antivirus"),
        (CHOICE, "un antivirus seul"),
        (PLACE, "nps"),
        (PLACE, "12/03/2026"),
        (PLACE, "\u202e\u202e\u202e\u202e"),
    ],
)
def test_what_does_not_read_as_a_value_of_the_form_is_not_one(form: AnswerForm, typed: str) -> None:
    assert value_of(form, typed, TODAY) is None


@pytest.mark.parametrize(
    ("form", "typed", "sentence"),
    [
        (RATE, "0/0", "sur zéro"),
        (RATE, "45/0", "sur zéro"),
        (RATE, "121/120", "dépasse 100"),
        (RATE, "100,1 %", "dépasse 100"),
        (DATE, "22/11/2026", "à venir"),
        (DATE, "2026-12", "à venir"),
        (DATE, "31/02/2026", "n'existe pas"),
        (DATE, "2026-13", "n'existe pas"),
        (DATE, "0000-01-01", "n'existe pas"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(
    form: AnswerForm, typed: str, sentence: str
) -> None:
    with pytest.raises(InputError) as caught:
        level_of(form, typed)
    assert sentence in caught.value.sentence
    assert caught.value.next_step.endswith(".")


def test_a_text_without_a_level_of_its_own_is_kept_and_bears_none() -> None:
    assert value_of(NOTE, "Console du fournisseur", TODAY) == Value("Console du fournisseur", None)
    assert "seul, il ne vaut aucun niveau" in invitation(NOTE)


def test_a_text_is_kept_on_one_line_without_what_would_not_show() -> None:
    assert value_of(PLACE, "Salle\tdu\n conseil\x07", TODAY) == Value("Salle du conseil", 1)


def test_a_text_too_long_to_be_an_answer_is_refused() -> None:
    with pytest.raises(InputError, match="501 caractères"):
        value_of(PLACE, "a" * (LONGEST_TEXT + 1), TODAY)


def test_a_choice_is_kept_by_its_word_and_offered_with_its_meaning() -> None:
    assert value_of(CHOICE, "Edr", TODAY) == Value("edr", 3)
    assert "« edr » (niveau 3) un outil de détection sur chaque poste" in invitation(CHOICE)


def test_a_date_and_a_count_say_of_what() -> None:
    assert "la date du dernier essai, par exemple" in invitation(DATE)
    assert "le nombre d'arrêts, écrit par exemple « n=3 »" in invitation(COUNT)


def test_a_month_typed_without_a_day_is_its_first_day() -> None:
    assert day_of("2026-03") == day_of("03/2026") == date(2026, 3, 1)
    assert day_of("2026-13") is None
    assert day_of("45/120") is None


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.just(n), *[st.integers(0, n)] * 2)))
def test_a_better_rate_never_gives_a_lower_level(numbers: tuple[int, int, int]) -> None:
    whole, *parts = numbers
    worse, better = (level_of(RATE, f"{part}/{whole}") for part in sorted(parts))
    assert worse is not None
    assert better is not None
    assert worse <= better


days = st.integers(0, 2000).map(lambda age: TODAY - timedelta(days=age))


@given(st.tuples(days, days), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%m/%Y", "%Y-%m"]))
def test_an_older_date_never_gives_a_higher_level(pair: tuple[date, date], written: str) -> None:
    older, newer = (level_of(DATE, f"{day:{written}}") for day in sorted(pair))
    assert older is not None
    assert newer is not None
    assert older <= newer


@given(st.integers(0, 100), st.integers(0, 100))
def test_more_of_what_is_counted_never_gives_a_higher_level(one: int, other: int) -> None:
    fewer, more = (level_of(COUNT, f"n={count}") for count in sorted((one, other)))
    assert fewer is not None
    assert more is not None
    assert fewer >= more


@given(st.text(max_size=30), st.sampled_from([YES, RATE, DATE, COUNT, CHOICE, NOTE]))
def test_any_text_gives_a_level_nothing_or_one_clear_refusal(text: str, form: AnswerForm) -> None:
    try:
        level = level_of(form, text)
    except InputError as refused:
        assert refused.next_step
    else:
        assert level is None or level in range(5)
