"""Dates that age, levels that hold in part, measures worth another."""

from dataclasses import replace
from datetime import date

import pytest

from care_kit.assessment.examiner.precheck import precheck
from care_kit.assessment.scores.assess import assess
from care_kit.model.content.check import ControlPoints
from care_kit.model.content.programme import Programme
from care_kit.model.content.questionnaire import AnswerForm, AnswerKind, Questionnaire
from care_kit.model.dossier.state import Answer, DossierState, Evidence
from care_kit.model.facts.finding import Finding
from care_kit.model.results.assessment import Gravity, IndicatorResult, Interval, Remark
from care_kit.model.results.wording import answered
from care_kit.model.words.french import NBSP
from care_kit.model.words.vocabulary import AnswerState, Confidence, Provenance, Verdict
from tests.assessment.builders import AT, TODAY, finding, indicator, piece, questionnaire, state
from tests.assessment.builders import measured_by as by

NO_POINTS = ControlPoints("test", TODAY, Provenance.PROPOSED, ())
PROGRAMME = Programme("p", 1, "P", "T", "G", "N", Provenance.PROPOSED, "test", ())
TESTED = AnswerForm(AnswerKind.DATE, bounds={2: 600, 3: 12})
NAMED = questionnaire(
    replace(indicator("A", socle=True), answer=AnswerForm(AnswerKind.TEXT, label="le nom"))
)
DATED = questionnaire(replace(indicator("A"), answer=TESTED))
PLAIN = questionnaire(indicator("A"))
MEASURED = questionnaire(indicator("A", measured=by("x", fail_at_most=1, pass_at_least=3)))


def answer(level: int | None, typed: str = "", how: AnswerState = AnswerState.ANSWERED) -> Answer:
    return Answer("A", how, "Camille", AT, level, "Le site principal.", typed=typed)


def dossier(said: Answer, *pieces: Evidence) -> DossierState:
    return replace(state({}, *pieces), answers={"A": said})


def result(
    said: Answer, form: Questionnaire = PLAIN, *findings: Finding, today: date = TODAY
) -> IndicatorResult:
    return assess(dossier(said), form, findings, NO_POINTS, today).indicators["A"]


def remarks(said: Answer, form: Questionnaire, *pieces: Evidence) -> list[Remark]:
    built = dossier(said, *pieces)
    found = assess(built, form, (), NO_POINTS, TODAY)
    return list(precheck(built, form, found, {"p": PROGRAMME}, {"p": {}}, TODAY))


@pytest.mark.parametrize(
    ("today", "level", "aged_from"),
    [
        (date(2026, 3, 31), 3, None),
        (date(2027, 3, 31), 3, None),
        (date(2027, 4, 1), 2, 3),
        (date(2026, 3, 1), 3, None),
    ],
)
def test_a_test_older_than_a_year_no_longer_counts(
    today: date, level: int, aged_from: int | None
) -> None:
    found = result(answer(3, "31/03/2026"), DATED, today=today)
    assert (found.declared, found.retained) == (level, Interval(level, level))
    assert (found.typed, found.aged_from) == ("31/03/2026", aged_from)


def test_a_level_chosen_by_a_person_does_not_age() -> None:
    found = result(answer(3), DATED, today=date(2036, 1, 1))
    assert (found.declared, found.aged_from) == (3, None)


def test_a_date_never_raises_what_was_said() -> None:
    assert result(answer(1, "31/03/2026"), DATED).declared == 1


def test_a_typed_text_that_is_no_date_leaves_the_level_as_it_was() -> None:
    assert result(answer(3, "45/120"), DATED).declared == 3
    assert result(answer(3, "31/03/2020"), PLAIN).declared == 3, "the question no longer asks one"


def test_a_text_that_bears_no_level_is_answered_and_proves_nothing() -> None:
    said = answer(None, "Console du fournisseur")
    found = result(said, NAMED)
    assert (found.state, found.declared) == (AnswerState.ANSWERED, None)
    assert found.retained == Interval(0, 4), "as wide as silence: neither good nor bad"
    assert found.confidence is None
    overall = assess(dossier(said), NAMED, (), NO_POINTS, TODAY).overall
    assert (overall.index, overall.coverage) == (Interval(0, 100), 1.0)
    assert answered(found) == "niveau non donné (Console du fournisseur)"
    (remark,) = remarks(said, NAMED)
    assert remark.gravity is Gravity.BLOCKING
    assert "ne dit pas quel niveau est tenu" in remark.sentence


def test_a_probe_still_bounds_a_text_that_bears_no_level() -> None:
    found = result(answer(None, "Console"), MEASURED, finding("x", Verdict.FAIL))
    assert (found.retained, found.conflict) == (Interval(0, 1), False)


def test_a_partial_level_may_be_worth_anything_up_to_it() -> None:
    found = result(answer(3, how=AnswerState.PARTIAL))
    assert (found.retained, found.confidence) == (Interval(0, 3), Confidence.DECLARED)


def test_a_partial_level_and_the_measure_narrow_each_other() -> None:
    partial = answer(3, how=AnswerState.PARTIAL)
    failing = result(partial, MEASURED, finding("x", Verdict.FAIL))
    assert (failing.conflict, failing.retained) == (False, Interval(0, 1))
    passing = result(partial, MEASURED, finding("x", Verdict.PASS))
    assert (passing.conflict, passing.retained) == (False, Interval(3, 3))


def test_a_measure_above_a_partial_level_is_a_conflict() -> None:
    found = result(answer(2, how=AnswerState.PARTIAL), MEASURED, finding("x", Verdict.PASS))
    assert (found.conflict, found.retained) == (True, Interval(0, 4))


def test_an_equivalent_measure_counts_as_its_level_and_a_probe_may_contradict_it() -> None:
    equivalent = answer(3, how=AnswerState.EQUIVALENT)
    assert result(equivalent).retained == Interval(3, 3)
    assert result(equivalent, MEASURED, finding("x", Verdict.FAIL)).conflict


def test_the_words_tell_the_state_the_value_and_its_age() -> None:
    aged = result(answer(3, "31/03/2025", AnswerState.PARTIAL), DATED)
    told = answered(aged).replace(NBSP, " ")
    assert told == "niveau 2 (partiel ; 31/03/2025 ; vieilli, valait 3)"
    equivalent = result(answer(3, how=AnswerState.EQUIVALENT))
    assert answered(equivalent) == "niveau 3 (mesure équivalente justifiée)"
    assert len(answered(replace(equivalent, typed="x" * 10_000))) < 120


def test_a_partial_level_is_told_with_the_part() -> None:
    (told,) = remarks(answer(2, how=AnswerState.PARTIAL), PLAIN)
    assert told.gravity is Gravity.WARNING
    assert "n'est tenu qu'en partie (Le site principal)" in told.sentence


def test_an_equivalent_measure_without_a_piece_is_told() -> None:
    equivalent = answer(2, how=AnswerState.EQUIVALENT)
    (told,) = remarks(equivalent, PLAIN)
    assert told.gravity is Gravity.WARNING
    assert "sans pièce jointe" in told.sentence
    assert remarks(equivalent, PLAIN, piece(TODAY, "A")) == []


def test_an_aged_date_is_told() -> None:
    (told,) = remarks(answer(3, "31/03/2025"), DATED)
    assert "la date donnée (31/03/2025) a vieilli, du niveau 3 au niveau 2" in told.sentence
