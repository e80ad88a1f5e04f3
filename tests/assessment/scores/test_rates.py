from dataclasses import replace
from fractions import Fraction

import pytest

from care_kit.assessment.programme.objectives import objectives, rates_given
from care_kit.model.content.questionnaire import AnswerForm, AnswerKind
from care_kit.model.dossier.state import Answer
from care_kit.model.results.assessment import ObjectiveState
from care_kit.model.words.vocabulary import AnswerState
from tests.assessment.builders import AT, TODAY, indicator, state
from tests.assessment.groups import objective, programme, result

ASKED = objective(rate=75, indicators=("I",))


@pytest.mark.parametrize(
    ("rate", "reached", "shown"),
    [
        (Fraction(90, 120), ObjectiveState.SHOWN, "75\u00a0%"),
        (Fraction(89, 120), ObjectiveState.MISSING, "74,1\u00a0%"),
        (Fraction(74999, 100000), ObjectiveState.MISSING, "74,9\u00a0%"),
    ],
)
def test_the_rate_answered_is_compared_with_the_one_asked_for(
    rate: Fraction, reached: ObjectiveState, shown: str
) -> None:
    results = {"I": result("I", 3)}
    found = objectives(programme(ASKED), state({}), results, (), TODAY, {"I": rate})["O"]
    assert found.state is reached
    assert shown in (found.computed or found.missing)[0]


def test_the_lowest_of_several_rates_counts() -> None:
    both = objective(rate=75, indicators=("I", "J"))
    results = {"I": result("I", 3), "J": result("J", 3)}
    rates = {"I": Fraction(9, 10), "J": Fraction(1, 2)}
    found = objectives(programme(both), state({}), results, (), TODAY, rates)["O"]
    assert "50\u00a0%" in found.missing[0]


def test_without_a_rate_the_gap_stays_visible() -> None:
    found = objectives(programme(ASKED), state({}), {"I": result("I", 3)}, (), TODAY)["O"]
    assert found.state is ObjectiveState.UNDETERMINED


def answered(typed: str, kind: AnswerKind, said: AnswerState) -> dict[str, Fraction]:
    form = AnswerForm(kind, numerator="n", denominator="d", bounds={1: 10.0}, label="du jour")
    asked = replace(indicator("I"), answer=form)
    return dict(rates_given([asked], {"I": Answer("I", said, "A", AT, 1, typed=typed)}))


def test_only_a_rate_for_the_whole_perimeter_is_one() -> None:
    whole = AnswerState.ANSWERED
    assert answered("45/120", AnswerKind.RATE, whole) == {"I": Fraction(3, 8)}
    assert answered("37,5 %", AnswerKind.RATE, whole) == {"I": Fraction(3, 8)}
    assert answered("45/120", AnswerKind.RATE, AnswerState.PARTIAL) == {}
    assert answered("03/2026", AnswerKind.DATE, whole) == {}
    assert answered("", AnswerKind.RATE, whole) == {}
