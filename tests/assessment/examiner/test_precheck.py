from dataclasses import replace
from datetime import timedelta

from care_kit.assessment.examiner.precheck import precheck
from care_kit.assessment.scores.assess import assess
from care_kit.dossier.folding.wording import wording
from care_kit.model.content.check import ControlPoints
from care_kit.model.content.programme import Programme
from care_kit.model.content.questionnaire import Indicator, Questionnaire
from care_kit.model.dossier.state import Evidence
from care_kit.model.facts.finding import Finding
from care_kit.model.results.assessment import Gravity, Remark
from care_kit.model.words.vocabulary import Provenance, Verdict
from tests.assessment.builders import (
    TODAY,
    finding,
    indicator,
    measured_by,
    piece,
    questionnaire,
    state,
)

NO_OBJECTIVE = Programme("p", 1, "P", "T", "G", "N", Provenance.SECONDARY, "test", ())
NO_POINTS = ControlPoints("test", TODAY, Provenance.PROPOSED, ())


def remarks(
    form: Questionnaire,
    answers: dict[str, int],
    *findings: Finding,
    pieces: tuple[Evidence, ...] = (),
) -> tuple[Remark, ...]:
    built = state(answers, *pieces)
    assessment = assess(built, form, findings, NO_POINTS, TODAY)
    return precheck(built, form, assessment, {"p": NO_OBJECTIVE}, {"p": {}}, TODAY)


def test_a_silent_socle_item_blocks_and_another_only_warns() -> None:
    form = questionnaire(indicator("A"), indicator("B", socle=True))
    assert [(one.subject, one.gravity) for one in remarks(form, {})] == [
        ("B", Gravity.BLOCKING),
        ("A", Gravity.WARNING),
    ]


def test_a_high_level_without_proof_is_refused_until_a_piece_in_force_is_attached() -> None:
    form = questionnaire(indicator("A", socle=True))
    (refused,) = remarks(form, {"A": 3})
    assert refused.gravity is Gravity.BLOCKING
    assert "sans preuve datée" in refused.sentence
    assert remarks(form, {"A": 3}, pieces=(piece(TODAY, "A"),)) == ()


def test_an_expired_piece_is_told_with_its_day() -> None:
    form = questionnaire(indicator("A"))
    old = piece(TODAY - timedelta(days=400), "A")
    (stale,) = remarks(form, {"A": 2}, pieces=(old,))
    assert "a expiré le 17/10/2026 (12 mois)" in stale.sentence


def test_an_unexplained_conflict_blocks() -> None:
    form = questionnaire(indicator("A", measured=measured_by("x")))
    (conflict,) = remarks(form, {"A": 2}, finding("x", Verdict.FAIL))
    assert conflict.gravity is Gravity.BLOCKING
    assert "contredit la mesure" in conflict.sentence


def test_an_expired_piece_no_longer_supports_a_high_level() -> None:
    form = questionnaire(indicator("A", socle=True))
    old = piece(TODAY - timedelta(days=400), "A")
    gravities = [one.gravity for one in remarks(form, {"A": 4}, pieces=(old,))]
    assert gravities == [Gravity.BLOCKING, Gravity.WARNING]


def test_a_low_level_needs_no_proof() -> None:
    assert remarks(questionnaire(indicator("A")), {"A": 1}) == ()


def test_an_answer_to_a_question_that_changed_is_to_be_read_again() -> None:
    asked = indicator("A")
    given = replace(state({"A": 2}).answers["A"], wording=wording(asked))
    built = replace(state({}), answers={"A": given})

    def subjects(shown: Indicator) -> list[str]:
        form = questionnaire(shown)
        assessment = assess(built, form, (), NO_POINTS, TODAY)
        said = precheck(built, form, assessment, {"p": NO_OBJECTIVE}, {"p": {}}, TODAY)
        return [one.sentence for one in said]

    assert subjects(replace(asked, help="Une aide de plus.")) == []
    (changed,) = subjects(replace(asked, question="Une autre question ?"))
    assert "la question a changé depuis votre réponse" in changed
