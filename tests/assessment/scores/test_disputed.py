"""Answers that merged copies give differently: doubt widens the interval, and never helps."""

from dataclasses import replace

import pytest

from care_kit.assessment.examiner.precheck import precheck
from care_kit.assessment.scores.assess import assess
from care_kit.model.content.check import ControlPoints
from care_kit.model.dossier.state import Answer, Candidate, Dispute, DossierState
from care_kit.model.results.assessment import Gravity, Interval
from care_kit.model.words.vocabulary import AnswerState, Provenance, Verdict
from tests.assessment.builders import AT, TODAY, finding, indicator, questionnaire, state
from tests.assessment.builders import measured_by as by

NO_POINTS = ControlPoints("test", TODAY, Provenance.PROPOSED, ())
PLAIN = questionnaire(indicator("A", socle=True), indicator("B"))
MEASURED = questionnaire(indicator("A", measured=by("x", fail_at_most=1, pass_at_least=3)))


def answer(level: int | None, how: AnswerState = AnswerState.ANSWERED) -> Answer:
    return Answer("A", how, "Camille", AT, level, "motif")


def disputed(*answers: Answer | None) -> DossierState:
    """The state the fold gives: the first of these, the one that helps the least, counts."""
    candidates = tuple(
        Candidate(str(rank), "Camille", AT, f"mot {rank}", one) for rank, one in enumerate(answers)
    )
    kept = {"A": answers[0]} if answers[0] else {}
    built = replace(state({}), answers=kept)
    return replace(built, disputes=(Dispute("answer", ("A",), candidates, "0"),))


def index(built: DossierState) -> Interval:
    found = assess(built, PLAIN, (), NO_POINTS, TODAY).overall.index
    assert found is not None
    return found


@pytest.mark.parametrize(
    "answers, possible",
    [
        ((answer(1), answer(4)), Interval(1, 4)),
        ((answer(1), answer(2), answer(3)), Interval(1, 3)),
        ((None, answer(3)), Interval(0, 4)),
        ((answer(None, AnswerState.UNKNOWN), answer(3)), Interval(0, 3)),
        ((answer(3), answer(None, AnswerState.NOT_APPLICABLE)), Interval(0, 4)),
        ((answer(2, AnswerState.PARTIAL), answer(3)), Interval(0, 3)),
    ],
)
def test_everything_the_copies_leave_possible_is_kept(
    answers: tuple[Answer | None, ...], possible: Interval
) -> None:
    found = assess(disputed(*answers), PLAIN, (), NO_POINTS, TODAY)
    one = found.indicators["A"]
    assert (one.retained, one.disputed) == (possible, True)
    assert found.overall.level == possible, "the gate holds at the lowest"


def test_a_conflict_never_gives_a_better_floor_than_either_copy() -> None:
    for low in range(5):
        for high in range(low, 5):
            each = [
                assess(
                    replace(state({}), answers={"A": answer(level)}), PLAIN, (), NO_POINTS, TODAY
                )
                for level in (low, high)
            ]
            both = assess(disputed(answer(low), answer(high)), PLAIN, (), NO_POINTS, TODAY)
            assert both.overall.index and each[0].overall.index and each[1].overall.index
            assert both.overall.index.low == min(one.overall.index.low for one in each)  # type: ignore[union-attr]
            assert both.overall.index.high == max(one.overall.index.high for one in each)  # type: ignore[union-attr]


def test_what_was_measured_still_bounds_each_of_them() -> None:
    failing = (finding("x", Verdict.FAIL),)
    one = assess(disputed(answer(0), answer(1)), MEASURED, failing, NO_POINTS, TODAY)
    assert one.indicators["A"].retained == Interval(0, 1)


def test_an_examiner_would_ask_which_holds() -> None:
    built = disputed(answer(1), answer(4))
    found = assess(built, PLAIN, (), NO_POINTS, TODAY)
    told = [one for one in precheck(built, PLAIN, found, {}, {}, TODAY) if "copies" in one.sentence]
    assert [(one.gravity, one.subject) for one in told] == [(Gravity.BLOCKING, "A")]
    assert "mot 0, par Camille le" in told[0].sentence and "mot 1" in told[0].sentence
    assert "care conflicts" in told[0].next_step
