"""The full-screen application: it alone writes to the dossier, the screens show situations."""

import os
from datetime import date

from textual import on
from textual.app import App
from textual.screen import Screen

from care_kit.assessment.situation import Situation, reassess, situation
from care_kit.catalog.content import Content
from care_kit.dossier.answering import given
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.events import AnswerGiven, ConflictExplained
from care_kit.model.errors import CareError, ContentError
from care_kit.model.french import answered
from care_kit.tui.messages import AnswerTyped, ExplanationTyped
from care_kit.tui.screens.questionnaire import QuestionnaireScreen

NO_COLOR = "NO_COLOR"


class CareApp(App[None]):
    """One dossier, one questionnaire. Raises CareError before drawing when it cannot start.

    The command palette is off: its built-in words are English, and every key has its help (F1).
    """

    TITLE = "care-kit"
    CSS_PATH = "care.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual types it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012

    def __init__(self, dossier: Dossier, content: Content, today: date) -> None:
        # Textual chooses its colour filter here: only with the terminal's own palette does
        # NO_COLOR mean no colour rather than greys.
        super().__init__(ansi_color=True if NO_COLOR in os.environ else None)
        self._dossier = dossier
        self._today = today
        self.now: Situation = situation(dossier, content, today)
        if not self.now.questionnaire.indicators:
            raise ContentError(
                f"Le questionnaire « {self.now.questionnaire.id} » ne contient aucune question.",
                "Corrigez ou retirez ce fichier de votre surcouche.",
            )

    def get_default_screen(self) -> Screen[None]:
        """The questionnaire is the first screen."""
        if self.no_color:
            self.theme = "ansi-dark"
        self._questions = QuestionnaireScreen(self.now, self._today)
        return self._questions

    @on(AnswerTyped)
    def save_answer(self, typed: AnswerTyped) -> None:
        """Write an answer to the dossier, at once."""
        before = answered(self.now.assessment.indicators[typed.indicator])
        try:
            event = given(
                self.now.questionnaire,
                typed.indicator,
                typed.said,
                typed.reason,
                today=self._today,
            )
        except CareError as error:
            self._tell_failure(error)
            return
        if self._save(event):
            after = answered(self.now.assessment.indicators[typed.indicator])
            self._questions.tell(
                f"{typed.indicator} : « {after} » enregistré (avant : « {before} »)."
            )

    @on(ExplanationTyped)
    def save_explanation(self, typed: ExplanationTyped) -> None:
        """Write the explanation of a conflict to the dossier, at once."""
        if self._save(ConflictExplained(typed.indicator, typed.text)):
            self._questions.tell(
                f"{typed.indicator} : explication enregistrée ; les deux valeurs restent affichées."
            )

    def action_help_quit(self) -> None:
        """Ctrl+C: tell how to leave."""
        self._questions.tell("Pour quitter : touche q. Tout est déjà enregistré.")

    def _save(self, event: AnswerGiven | ConflictExplained) -> bool:
        """True once the event is in the file and the screen shows what follows from it."""
        try:
            self._dossier.append(event)
            self.now = self._recomputed()
        except CareError as error:
            self._tell_failure(error)
            return False
        self._questions.show(self.now)
        return True

    def _recomputed(self) -> Situation:
        """Judge again only when a probe ran meanwhile, in another window.

        The questionnaire stays the one on the screen.
        """
        before, state = self.now, self._dossier.state
        if state.readings != before.state.readings:
            before = situation(self._dossier, before.content, self._today)
        return reassess(
            state,
            before.content,
            self.now.questionnaire,
            before.statements,
            before.findings,
            self._today,
        )

    def _tell_failure(self, error: CareError) -> None:
        self._questions.tell(f"Erreur : {error.sentence} À faire : {error.next_step}")
