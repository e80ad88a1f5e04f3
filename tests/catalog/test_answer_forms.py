"""A form whose bounds make no sense is refused before it gives a wrong level."""

from dataclasses import replace

import pytest

from care_kit.catalog import answer_forms
from care_kit.catalog.content import load
from care_kit.model.content.questionnaire import AnswerForm, AnswerKind, AnswerOption
from tests.assessment.builders import indicator

RATE, DATE, COUNT = AnswerKind.RATE, AnswerKind.DATE, AnswerKind.COUNT
CHOICE, TEXT = AnswerKind.CHOICE, AnswerKind.TEXT


def choice(*options: tuple[str, int]) -> AnswerForm:
    return AnswerForm(CHOICE, options=tuple(AnswerOption(key, "sens", n) for key, n in options))


@pytest.mark.parametrize(
    "form",
    [
        None,
        AnswerForm(AnswerKind.YES_NO, yes_level=3),
        AnswerForm(RATE, "a", "b", {1: 0, 3: 90.5}),
        AnswerForm(DATE, label="de l'essai", bounds={1: 36, 2: 24, 3: 12}),
        AnswerForm(COUNT, label="d'arrêts", bounds={1: 12, 4: 0}),
        choice(("aucun", 0), ("edr", 3), ("antivirus", 1)),
        AnswerForm(TEXT, label="le lieu"),
        AnswerForm(TEXT, label="le lieu", text_level=1),
    ],
)
def test_a_sound_form_is_accepted(form: AnswerForm | None) -> None:
    assert list(answer_forms.faults(replace(indicator(), answer=form))) == []


@pytest.mark.parametrize(
    ("form", "place"),
    [
        (AnswerForm(AnswerKind.YES_NO), "answer.yes_level"),
        (AnswerForm(AnswerKind.YES_NO, yes_level=5), "answer.yes_level"),
        (AnswerForm(DATE, label="de l'essai"), "answer.bounds"),
        (AnswerForm(DATE, label="de l'essai", bounds={0: 12}), "answer.bounds"),
        (AnswerForm(DATE, label="de l'essai", bounds={5: 12}), "answer.bounds"),
        (AnswerForm(DATE, label="de l'essai", bounds={1: 12, 2: 24}), "answer.bounds"),
        (AnswerForm(DATE, label="de l'essai", bounds={1: 12.5}), "answer.bounds"),
        (AnswerForm(DATE, label="de l'essai", bounds={1: 1e9}), "answer.bounds"),
        (AnswerForm(COUNT, label="d'arrêts", bounds={1: 2, 2: 2}), "answer.bounds"),
        (AnswerForm(COUNT, label="d'arrêts", bounds={1: float("inf")}), "answer.bounds"),
        (AnswerForm(RATE, "a", "b", {1: 50, 2: 25}), "answer.bounds"),
        (AnswerForm(RATE, "a", "b", {1: 101}), "answer.bounds"),
        (AnswerForm(RATE, "a", "b", {1: float("nan")}), "answer.bounds"),
        (AnswerForm(RATE, "a", "", {1: 50}), "answer.numerator"),
        (AnswerForm(DATE, bounds={1: 12}), "answer.label"),
        (AnswerForm(TEXT), "answer.label"),
        (AnswerForm(RATE, "a", "b", {1: 50}, label="c"), "answer.label"),
        (AnswerForm(TEXT, label="le lieu", text_level=0), "answer.text_level"),
        (AnswerForm(TEXT, label="le lieu", text_level=5), "answer.text_level"),
        (AnswerForm(CHOICE), "answer.options"),
        (choice(("seul", 1)), "answer.options"),
        (choice(("edr", 1), ("edr", 2)), "answer.options"),
        (choice(("edr", 3), ("deux mots", 1)), "answer.options[deux mots]"),
        (choice(("edr", 3), ("nsp", 1)), "answer.options[nsp]"),
        (choice(("edr", 3), ("e", 1)), "answer.options[e]"),
        (choice(("radio", 3), ("pradio", 1)), "answer.options[pradio]"),
        (choice(("edr", 5), ("aucun", 0)), "answer.options[edr]"),
    ],
)
def test_an_unsound_form_is_told_with_its_place(form: AnswerForm, place: str) -> None:
    assert place in [where for where, _ in answer_forms.faults(replace(indicator(), answer=form))]


def test_the_shipped_forms_are_sound_and_of_every_kind() -> None:
    shipped = [one for form in load().questionnaires.values() for one in form.indicators]
    assert {one.answer.kind for one in shipped if one.answer} == set(AnswerKind)
    assert [fault for one in shipped for fault in answer_forms.faults(one)] == []
