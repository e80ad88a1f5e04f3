"""A dossier answered with older questions: each answer is carried, to review or kept aside."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.answering import given
from care_kit.dossier.folding.migration import event, migration, sentence
from care_kit.dossier.journal.events import QuestionnaireChosen
from care_kit.model.content.questionnaire import Indicator, Questionnaire
from care_kit.model.dossier.migration import Fate
from tests.assessment.builders import TODAY, indicator, questionnaire

OLD = questionnaire(indicator("A"), indicator("B"), indicator("C"))


def newer(*indicators: Indicator, version: int = 2) -> Mapping[str, Questionnaire]:
    return {"q": replace(questionnaire(*indicators), version=version)}


def reworded(name: str) -> Indicator:
    return replace(indicator(name), question="Une tout autre question ?")


NEW = newer(indicator("A"), reworded("B"))


def answered(dossier: Dossier, *names: str, form: Questionnaire = OLD) -> Dossier:
    for name in names:
        dossier.append(given(form, name, "2", today=TODAY))
    return dossier


def fates(dossier: Dossier, content: Mapping[str, Questionnaire]) -> dict[str, Fate]:
    return {one.indicator: one.fate for one in migration(dossier.state, content).fates}


def test_a_question_unchanged_carries_its_answer_and_a_changed_one_does_not(
    dossier: Dossier,
) -> None:
    answered(dossier, "A", "B", "C")
    assert fates(dossier, NEW) == {"A": Fate.CARRIED, "B": Fate.TO_REVIEW, "C": Fate.GONE}
    first = migration(dossier.state, NEW).fates[0]
    assert (first.asked, first.now, first.title) == ("q v1", "q v2", "Titre A")


def test_nothing_is_told_of_answers_given_to_the_version_in_force(dossier: Dossier) -> None:
    found = migration(answered(dossier, "A").state, newer(indicator("A"), version=1))
    assert found.fates == ()
    assert sentence(found) == ""


def test_a_new_wording_is_seen_even_when_its_author_forgot_the_version(dossier: Dossier) -> None:
    answered(dossier, "B")
    assert fates(dossier, newer(reworded("B"), version=1)) == {"B": Fate.TO_REVIEW}


def test_an_answer_from_before_fingerprints_is_reviewed_never_taken_for_the_same(
    dossier: Dossier,
) -> None:
    dossier.append(replace(given(OLD, "A", "2", today=TODAY), wording=""))
    assert fates(dossier, NEW) == {"A": Fate.TO_REVIEW}


def test_one_line_tells_what_waits(dossier: Dossier) -> None:
    told = sentence(migration(answered(dossier, "A", "B", "C").state, NEW))
    assert told.replace("\u00a0", " ") == (
        "Le questionnaire a changé depuis vos réponses : 1 réponse à reprendre telle quelle, "
        "1 réponse à relire, 1 réponse sans question."
    )


def test_confirming_renames_the_version_of_what_is_carried_and_keeps_every_answer(
    dossier: Dossier, tmp_path: Path
) -> None:
    answered(dossier, "A", "B", "C")
    dossier.append(event(migration(dossier.state, NEW)))
    with Dossier.open(tmp_path / "test.care", "B") as reopened:
        answers = reopened.state.answers
        assert {name: one.questionnaire_version for name, one in answers.items()} == {
            "A": 2, "B": 1, "C": 1,
        }  # fmt: skip
        assert [one.level for one in answers.values()] == [2, 2, 2]
        record = reopened.state.migration
        assert record is not None
        assert record.author == dossier.author
        after = migration(reopened.state, NEW)
    assert {one.indicator for one in after.fates} == {"B", "C"}
    assert after.waiting == ()
    assert sentence(after) == ""


def test_what_was_confirmed_waits_again_when_the_question_changes_once_more(
    dossier: Dossier,
) -> None:
    answered(dossier, "B")
    dossier.append(event(migration(dossier.state, NEW)))
    third = newer(replace(indicator("B"), question="Une troisième question ?"), version=3)
    assert [one.indicator for one in migration(dossier.state, third).waiting] == ["B"]


def test_answering_again_ends_the_review(dossier: Dossier) -> None:
    answered(dossier, "B")
    answered(dossier, "B", form=NEW["q"])
    assert fates(dossier, NEW) == {}


def test_a_variant_for_other_readers_is_the_same_question(dossier: Dossier) -> None:
    variant = replace(questionnaire(reworded("A")), id="variante")
    both = {"q": OLD, "variante": variant}
    dossier.append(QuestionnaireChosen("variante"))
    assert fates(answered(dossier, "A"), both) == {}
    assert fates(answered(dossier, "A", form=variant), both) == {}


def test_a_questionnaire_that_is_gone_leaves_its_answers_to_the_one_that_still_asks(
    dossier: Dossier,
) -> None:
    answered(dossier, "A")
    other = {"autre": replace(questionnaire(indicator("A")), id="autre")}
    dossier.append(event(migration(dossier.state, other)))
    answer = dossier.state.answers["A"]
    assert (answer.questionnaire, answer.questionnaire_version) == ("autre", 1)
