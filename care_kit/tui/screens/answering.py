"""Answering with one key: shared by the questionnaire and the meeting mode."""

from abc import abstractmethod
from collections.abc import Callable

from care_kit.dossier.entry.answering import choices, understood
from care_kit.model.content.questionnaire import AnswerKind, Indicator
from care_kit.model.words.errors import InputError
from care_kit.tui.messages import AnswerTyped, UndoAsked
from care_kit.tui.screens.viewing import ViewScreen
from care_kit.tui.windows.reason import ReasonScreen, required
from care_kit.tui.wording import NUANCES


class AnsweringScreen(ViewScreen):
    """Actions on the question that is asked."""

    @abstractmethod
    def asked(self) -> Indicator | None:
        """The current question; None, and the person told, when there is none."""

    def action_answer(self, said: str) -> None:
        """Answer the current question with a level or "nsp"."""
        if asked := self.asked():
            self.post_message(AnswerTyped(asked.id, said))

    def action_yes(self) -> None:
        """« oui », to the questions that take it."""
        asked = self.asked()
        if asked is None:
            return
        if _yes_or_no(asked):
            self.post_message(AnswerTyped(asked.id, "oui"))
        else:
            self.tell(f"{asked.id} ne se répond pas par oui ou non : 0 à 4, ou v.")

    def action_no(self) -> None:
        """« non » to the questions that take it; elsewhere, not applicable."""
        if asked := self.asked():
            if _yes_or_no(asked):
                self.post_message(AnswerTyped(asked.id, "non"))
            else:
                self._give(asked, "na")

    def action_not_applicable(self) -> None:
        """Ask why the current question does not apply, then answer so."""
        if asked := self.asked():
            self._give(asked, "na")

    def action_value(self) -> None:
        """Ask for a value, or for a level that holds in part or by another measure."""
        asked = self.asked()
        if asked is None:
            return

        def refused(text: str) -> str:
            try:
                understood(asked, text, self.view.today)
            except InputError as error:
                return f"{error.sentence} {error.next_step}"
            return ""

        answer = self.view.now.state.answers.get(asked.id)
        before = answer.typed if answer else ""
        window = ReasonScreen(
            f"{asked.id} : autre réponse", f"{choices(asked)} {NUANCES}".lstrip(), refused, before
        )
        self.ask(window, lambda text: self._give(asked, text))

    def action_undo(self) -> None:
        """Take back the last answer of this window."""
        self.post_message(UndoAsked())

    def ask(self, window: ReasonScreen, then: Callable[[str], object]) -> None:
        """Open a window; `then` gets what was typed, unless it was given up."""

        def typed(text: str | None) -> None:
            if text is not None:
                then(text)

        self.app.push_screen(window, typed)

    def _give(self, asked: Indicator, said: str) -> None:
        """Post an answer that is understood, once its reason is typed when it wants one."""
        meant = understood(asked, said, self.view.today)
        if not meant.reason_wanted:
            self.post_message(AnswerTyped(asked.id, said))
            return
        answer = self.view.now.state.answers.get(asked.id)
        window = ReasonScreen(
            f"{asked.id} : {meant.state.label}",
            f"Motif, que lira l'examinateur : {meant.reason_wanted}.",
            required(f"« {meant.state.label.capitalize()} » demande un motif."),
            answer.reason if answer and answer.state is meant.state else "",
        )
        self.ask(window, lambda reason: self.post_message(AnswerTyped(asked.id, said, reason)))


def _yes_or_no(asked: Indicator) -> bool:
    return asked.answer is not None and asked.answer.kind is AnswerKind.YES_NO
