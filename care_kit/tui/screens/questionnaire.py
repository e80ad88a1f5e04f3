"""The questionnaire: the list on the left, the question on the right, the score above."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Footer, Static, Tree

from care_kit.assessment.situation import Situation
from care_kit.dossier.answering import choices, understood
from care_kit.model.assessment import IndicatorResult
from care_kit.model.errors import InputError
from care_kit.model.questionnaire import Indicator
from care_kit.tui import keys
from care_kit.tui.messages import AnswerTyped, ExplanationTyped
from care_kit.tui.order import Entry, domain_of, following, ordered
from care_kit.tui.screens.help import HelpScreen
from care_kit.tui.screens.reason import ReasonScreen
from care_kit.tui.widgets.question import QuestionPane
from care_kit.tui.widgets.score import ScoreLines
from care_kit.tui.widgets.tree import QuestionTree
from care_kit.tui.wording import NUANCES, laid_out, one_line

HINT = "Entrée : lire la question en entier · Échap : revenir à la liste"


class QuestionnaireScreen(Screen[None]):
    """Needs a situation and its day; what the person types is posted to the application."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.QUESTIONNAIRE]

    def __init__(self, now: Situation, today: date) -> None:
        super().__init__()
        self._now = now
        self._today = today
        self._list = QuestionTree(now)
        self._question = QuestionPane()
        self._score = ScoreLines()
        self._status = Static(HINT, id="status", markup=False)

    def compose(self) -> ComposeResult:
        """Score, list and question side by side, one line of messages, six keys."""
        yield self._score
        with Horizontal(id="body"):
            yield self._list
            yield self._question
        yield self._status
        yield Footer()

    def on_mount(self) -> None:
        """Start at the first question without an answer."""
        self._list.focus()
        questions = ordered(self._now.questionnaire)
        self._list.go_to(following(self._now, None, _unanswered) or questions[0])
        self._show_entry()

    def show(self, now: Situation) -> None:
        """Show a situation, the current question staying current."""
        self._now = now
        self._list.show(now)
        self._show_entry()

    def tell(self, sentence: str) -> None:
        """Write on the line of messages."""
        self._status.update(laid_out([("", one_line(sentence), "")], self.size.width))

    @on(Tree.NodeHighlighted)
    def moved(self) -> None:
        """Show what the cursor of the list stands on."""
        self.tell(HINT)
        self._show_entry()

    @on(Tree.NodeSelected)
    def opened(self, event: Tree.NodeSelected[Entry]) -> None:
        """Enter on a question: the arrows now scroll its text."""
        if isinstance(event.node.data, Indicator):
            self._question.focus()

    def action_answer(self, said: str) -> None:
        """Answer the current question with a level or "nsp"."""
        if asked := self._asked():
            self.post_message(AnswerTyped(asked.id, said))

    def action_not_applicable(self) -> None:
        """Ask why the current question does not apply, then answer so."""
        if asked := self._asked():
            self._answer(asked, "na")

    def action_value(self) -> None:
        """Ask for a value, or for a level that holds in part or by another measure."""
        asked = self._asked()
        if asked is None:
            return

        def refused(text: str) -> str:
            try:
                understood(asked, text, self._today)
            except InputError as error:
                return f"{error.sentence} {error.next_step}"
            return ""

        answer = self._now.state.answers.get(asked.id)
        before = answer.typed if answer else ""
        window = ReasonScreen(
            f"{asked.id} : autre réponse", f"{choices(asked)} {NUANCES}".lstrip(), refused, before
        )
        self._open(window, lambda text: self._answer(asked, text))

    def action_explain(self) -> None:
        """Ask why declared and measured differ."""
        asked = self._asked()
        if asked is None:
            return
        found = self._now.assessment.indicators[asked.id]
        if not found.conflict:
            self.tell(f"{asked.id} n'est pas en conflit : il n'y a rien à expliquer.")
            return
        window = ReasonScreen(
            f"{asked.id} : conflit entre déclaré et mesuré",
            "Explication ; les deux valeurs restent affichées :",
            _required("L'explication est vide."),
            found.explanation,
        )
        self._open(window, lambda text: self.post_message(ExplanationTyped(asked.id, text)))

    def action_next_unanswered(self) -> None:
        """Go to the next question without an answer, from the top again after the last one."""
        self._go_to_next(_unanswered, "Toutes les questions ont une réponse.")

    def action_next_conflict(self) -> None:
        """Go to the next question whose answer contradicts the measure."""
        self._go_to_next(_in_conflict, "Aucun conflit entre déclaré et mesuré.")

    def action_move(self, step: int) -> None:
        """Next or previous line of the list, wherever the focus is."""
        if step > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def action_back_to_list(self) -> None:
        """Give the keyboard back to the list."""
        self._list.focus()

    def action_help(self) -> None:
        """Open the help."""
        self.app.push_screen(HelpScreen())

    def _asked(self) -> Indicator | None:
        """The current question; None, and the person told, on the line of a domain."""
        if isinstance(self._list.current, Indicator):
            return self._list.current
        self.tell("Choisissez d'abord une question de ce domaine.")
        return None

    def _answer(self, asked: Indicator, said: str) -> None:
        """Post an answer that is understood, once its reason is typed when it wants one."""
        meant = understood(asked, said, self._today)
        if not meant.reason_wanted:
            self.post_message(AnswerTyped(asked.id, said))
            return
        answer = self._now.state.answers.get(asked.id)
        window = ReasonScreen(
            f"{asked.id} : {meant.state.label}",
            f"Motif, que lira l'examinateur : {meant.reason_wanted}.",
            _required(f"« {meant.state.label.capitalize()} » demande un motif."),
            answer.reason if answer and answer.state is meant.state else "",
        )
        self._open(window, lambda reason: self.post_message(AnswerTyped(asked.id, said, reason)))

    def _open(self, window: ReasonScreen, then: Callable[[str], object]) -> None:
        def typed(text: str | None) -> None:
            if text is not None:
                then(text)

        self.app.push_screen(window, typed)

    def _go_to_next(self, wanted: Callable[[IndicatorResult], bool], none_left: str) -> None:
        found = following(self._now, self._list.current, wanted)
        if found is None:
            self.tell(none_left)
        else:
            self._list.go_to(found)

    def _show_entry(self) -> None:
        if (entry := self._list.current) is not None:
            self._question.show(self._now, entry)
            self._score.show(self._now, domain_of(self._now.questionnaire, entry))


def _required(refusal: str) -> Callable[[str], str]:
    return lambda text: "" if text else refusal


def _unanswered(found: IndicatorResult) -> bool:
    return found.state is None


def _in_conflict(found: IndicatorResult) -> bool:
    return found.conflict
