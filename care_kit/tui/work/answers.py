"""Answers given in this window; the last one can be taken back, by an event: never erased."""

from datetime import date

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.answering import given
from care_kit.dossier.journal.events import AnswerGiven, AnswerWithdrawn
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.dossier.state import Answer
from care_kit.model.words.errors import InputError
from care_kit.tui.messages import AnswerTyped


class Answers:
    """A pile of (question, answer before, answer after); the last one is taken back first."""

    def __init__(self, questionnaire: Questionnaire, today: date) -> None:
        self._questionnaire = questionnaire
        self._today = today
        self._pile: list[tuple[str, Answer | None, Answer]] = []

    def give(self, dossier: Dossier, typed: AnswerTyped) -> str:
        """Write an answer; nothing is told here, since its effect is not yet known."""
        event = given(
            self._questionnaire, typed.indicator, typed.said, typed.reason, today=self._today
        )
        before = dossier.state.answers.get(event.indicator)
        mine = dossier.append(event).answers[event.indicator]
        self._pile.append((event.indicator, before, mine))
        return ""

    def take_back(self, dossier: Dossier) -> str:
        """Bring the last answer back to what it was; InputError when somebody answered since."""
        if not self._pile:
            raise InputError(
                "Aucune réponse donnée dans cette fenêtre n'est à annuler.",
                "Répondez à nouveau à la question pour la changer.",
            )
        indicator, before, mine = self._pile.pop()
        if dossier.refresh().answers.get(indicator) != mine:
            raise InputError(
                f"{indicator} a changé depuis votre réponse : rien n'est annulé.",
                "Relisez la question, puis répondez à nouveau.",
            )
        if before is None:
            dossier.append(AnswerWithdrawn(indicator))
        else:
            again = dossier.append(self._again(before)).answers[indicator]
            self._pile = [
                (name, first, again if last == before else last) for name, first, last in self._pile
            ]
        return f"{indicator} : réponse annulée ; le journal garde les deux."

    def _again(self, before: Answer) -> AnswerGiven:
        return AnswerGiven(
            questionnaire=self._questionnaire.id,
            questionnaire_version=self._questionnaire.version,
            indicator=before.indicator,
            state=before.state,
            level=before.level,
            reason=before.reason,
            comment=before.comment,
            typed=before.typed,
            wording=before.wording,
            entities=before.entities,
        )
