"""Answers taken back, comments and marks: events like the others, nothing erased."""

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven, AnswerWithdrawn, Commented, ReviewMarked
from care_kit.model.words.vocabulary import AnswerState


def test_a_withdrawn_answer_leaves_the_question_unanswered_and_stays_in_the_journal(
    dossier: Dossier,
) -> None:
    dossier.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.ANSWERED, 3))
    dossier.append(AnswerWithdrawn("CK-GOV-01"))
    assert dossier.state.answers == {}
    assert [one.kind for one in dossier.records][1:] == ["AnswerGiven", "AnswerWithdrawn"]


def test_an_answer_given_after_a_withdrawal_stands(dossier: Dossier) -> None:
    dossier.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.ANSWERED, 3))
    dossier.append(AnswerWithdrawn("CK-GOV-01"))
    dossier.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.ANSWERED, 1))
    assert dossier.state.answers["CK-GOV-01"].level == 1


def test_comments_add_up_with_author_and_moment(dossier: Dossier) -> None:
    dossier.append(Commented("CK-GOV-01", "Voir la DSI."))
    dossier.append(Commented("CK-GOV-01", "Vu."))
    told = dossier.state.comments
    assert [(one.author, one.text) for one in told] == [
        ("Camille Testeur", "Voir la DSI."),
        ("Camille Testeur", "Vu."),
    ]
    assert told[0].at <= told[1].at


def test_a_mark_stands_until_it_is_taken_away(dossier: Dossier) -> None:
    dossier.append(ReviewMarked("CK-GOV-01", True))
    assert dossier.state.marks["CK-GOV-01"].author == "Camille Testeur"
    dossier.append(ReviewMarked("CK-GOV-01", False))
    assert dossier.state.marks == {}
    dossier.append(ReviewMarked("CK-GOV-02", False))
    assert dossier.state.marks == {}
