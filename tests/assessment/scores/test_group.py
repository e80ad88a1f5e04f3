"""Numbers a person can recompute by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.assessment.scores.assess import assess
from care_kit.model.content.check import ControlPoints
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.facts.finding import Finding
from care_kit.model.results.assessment import Assessment, Interval
from care_kit.model.words.vocabulary import AnswerState, Confidence, Provenance, Verdict
from tests.assessment.builders import TODAY, finding, indicator, measured_by, questionnaire, state
from tests.assessment.builders import piece as evidence

NO_POINTS = ControlPoints("test", TODAY, Provenance.PROPOSED, ())


def assessed(
    form: Questionnaire, answers: dict[str, int | AnswerState], *findings: Finding
) -> Assessment:
    return assess(state(answers), form, findings, NO_POINTS, TODAY)


def test_nothing_answered_is_zero_to_a_hundred_with_no_coverage() -> None:
    overall = assessed(questionnaire(indicator("A"), indicator("B")), {}).overall
    assert (overall.index, overall.coverage) == (Interval(0, 100), 0)


def test_one_good_answer_out_of_four_does_not_show_a_high_score() -> None:
    form = questionnaire(*(indicator(name) for name in "ABCD"))
    overall = assessed(form, {"A": 4}).overall
    assert (overall.index, overall.coverage) == (Interval(25, 100), 0.25)


def test_weights_count() -> None:
    form = questionnaire(indicator("A", weight=2), indicator("B"))
    # (2 x 4 + 1 x 1) / (3 x 4) = 75 %
    assert assessed(form, {"A": 4, "B": 1}).overall.index == Interval(75, 75)


def test_unknown_counts_zero_and_is_shown() -> None:
    overall = assessed(questionnaire(indicator("A")), {"A": AnswerState.UNKNOWN}).overall
    assert (overall.index, overall.coverage, overall.unknown) == (Interval(0, 0), 1, 1)


def test_not_applicable_leaves_the_sum_and_its_share_is_printed() -> None:
    form = questionnaire(indicator("A"), indicator("B"))
    overall = assessed(form, {"A": 2, "B": AnswerState.NOT_APPLICABLE}).overall
    assert (overall.index, overall.not_applicable, overall.coverage) == (Interval(50, 50), 0.5, 1)


def test_everything_not_applicable_has_no_index_rather_than_a_perfect_one() -> None:
    overall = assessed(questionnaire(indicator("A")), {"A": AnswerState.NOT_APPLICABLE}).overall
    assert (overall.index, overall.level, overall.coverage) == (None, None, 0)


def test_the_level_is_the_weakest_socle_item() -> None:
    form = questionnaire(indicator("A", socle=True), indicator("B", socle=True), indicator("C"))
    assert assessed(form, {"A": 4, "B": 1, "C": 0}).overall.level == Interval(1, 1)
    assert assessed(form, {"A": 4, "C": 0}).overall.level == Interval(0, 4)


def test_a_contradiction_widens_the_interval_and_is_a_conflict() -> None:
    form = questionnaire(indicator("A", measured=measured_by("x", fail_at_most=1)))
    found = assessed(form, {"A": 4}, finding("x", Verdict.FAIL)).indicators["A"]
    assert (found.conflict, found.measured, found.retained) == (
        True,
        Interval(0, 1),
        Interval(0, 4),
    )


def test_a_passing_probe_raises_the_floor_of_a_silent_indicator() -> None:
    form = questionnaire(indicator("A", measured=measured_by("x", pass_at_least=3)))
    found = assessed(form, {}, finding("x", Verdict.PASS)).indicators["A"]
    assert (found.retained, found.confidence) == (Interval(3, 4), Confidence.MEASURED)


@pytest.mark.parametrize("verdict", [Verdict.NOT_TESTED, Verdict.ERROR])
def test_what_was_not_tested_never_counts_as_a_pass(verdict: Verdict) -> None:
    form = questionnaire(indicator("A", measured=measured_by("x")))
    assert assessed(form, {}, finding("x", verdict)).indicators["A"].measured is None
    both = (finding("x", Verdict.PASS), finding("x", verdict))
    assert assessed(form, {}, *both).indicators["A"].measured is None


def test_a_proven_observation_is_not_a_weakness() -> None:
    form = questionnaire(indicator("A", measured=measured_by("x", pass_at_least=3)))
    found = assessed(form, {}, finding("x", Verdict.PASS), finding("x", Verdict.INFO))
    assert found.indicators["A"].measured == Interval(3, 4)


def test_confidence_goes_from_declared_to_dated_document() -> None:
    form = questionnaire(indicator("A"))
    recent, old = evidence(TODAY, "A"), evidence(TODAY.replace(year=2020), "A", name="old.pdf")
    future = evidence(TODAY.replace(year=2027), "A", name="future.pdf")

    def confidence(*pieces: object) -> Confidence | None:
        built = state({"A": 3}, *pieces)  # type: ignore[arg-type]
        return assess(built, form, (), NO_POINTS, TODAY).indicators["A"].confidence

    assert confidence() is Confidence.DECLARED
    assert confidence(old) is Confidence.DOCUMENT
    assert confidence(future) is Confidence.DOCUMENT
    assert confidence(old, recent) is Confidence.DATED_DOCUMENT


said = st.one_of(st.none(), st.integers(0, 4), st.sampled_from(list(AnswerState)[1:]))


@given(st.lists(said, min_size=1, max_size=8))
def test_the_interval_is_ordered_and_answering_never_widens_it(answers: list[object]) -> None:
    names = [f"I{number}" for number in range(len(answers))]
    form = questionnaire(*(indicator(name) for name in names))
    given_answers = {name: one for name, one in zip(names, answers, strict=True) if one is not None}
    before = assessed(form, given_answers).overall  # type: ignore[arg-type]
    missing = [name for name in names if name not in given_answers]
    if before.index is None or not missing:
        return
    after = assessed(form, {**given_answers, missing[0]: 2}).overall  # type: ignore[dict-item]
    assert after.index is not None
    assert before.index.low <= after.index.low <= after.index.high <= before.index.high
    assert after.coverage > before.coverage
