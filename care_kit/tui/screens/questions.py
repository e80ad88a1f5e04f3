"""The questionnaire: the list on the left, the question on the right, the score above."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Tree

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import Commented, ConflictExplained, ReviewMarked
from care_kit.model.content.questionnaire import Indicator
from care_kit.model.results.assessment import IndicatorResult
from care_kit.model.words.french import counted
from care_kit.tui.cards import question as card
from care_kit.tui.messages import WriteAsked
from care_kit.tui.screens.answering import AnsweringScreen
from care_kit.tui.screens.place import PlaceScreen
from care_kit.tui.views.order import Entry, domain_of, following, matching, roles, trades
from care_kit.tui.views.view import View
from care_kit.tui.widgets.question import QuestionPane
from care_kit.tui.widgets.score import ScoreLines
from care_kit.tui.widgets.tree import QuestionTree
from care_kit.tui.windows.reason import ReasonScreen, required
from care_kit.tui.wording import Part, mark

EVERYONE = "Tout le monde"


class QuestionsScreen(PlaceScreen, AnsweringScreen):
    """Starts at the first question without an answer; what is typed is posted."""

    PLACE = "questions"
    HINT: ClassVar[str] = "Entrée : lire en entier · / : chercher · m : mes questions · F1 : aide"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._asked = view.questions
        self._told_on: Entry | None = None
        self._list = QuestionTree(view, view.questions)
        self._question = QuestionPane()
        self._score = ScoreLines()

    def body(self) -> ComposeResult:
        """Score, then list and question side by side."""
        yield self._score
        with Horizontal(id="body"):
            yield self._list
            yield self._question

    def start(self) -> None:
        """Start at the first question without an answer."""
        self._list.focus()
        first = following(self.view, self._asked, None, _unanswered) or self._asked[0]
        self._list.go_to(first)
        self._show_entry()

    def draw(self) -> None:
        """Marks and texts again, the current question staying current."""
        self._list.show(self.view)
        self._show_entry()

    def go_to(self, focus: str) -> None:
        """Stand on a question, leaving the filter when it hides it."""
        found = self.view.now.questionnaire.indicator(focus)
        if found is None:
            return
        if found not in self._asked:
            self._filter(EVERYONE)
        self._list.go_to(found)
        self._show_entry()

    def help_here(self) -> Iterable[Part]:
        """The question under the cursor: why it is asked, how to answer, what proves it."""
        entry = self._list.current
        return () if entry is None else card.help_on(self.view, entry)

    @on(Tree.NodeHighlighted)
    def moved(self) -> None:
        """Show what the cursor of the list stands on.

        When one types fast, this comes after the answer given there: what was told of it stays.
        """
        if self._list.current is not self._told_on:
            self.tell(self.HINT)
        self._show_entry()

    def tell(self, sentence: str) -> None:
        """Write on the line of messages."""
        self._told_on = self._list.current
        super().tell(sentence)

    @on(Tree.NodeSelected)
    def opened(self, event: Tree.NodeSelected[Entry]) -> None:
        """Enter on a question: the arrows now scroll its text."""
        if isinstance(event.node.data, Indicator):
            self._question.focus()

    def asked(self) -> Indicator | None:
        """The current question; None, and the person told, on the line of a domain."""
        if isinstance(self._list.current, Indicator):
            return self._list.current
        self.tell("Choisissez d'abord une question de ce domaine.")
        return None

    def action_explain(self) -> None:
        """Ask why declared and measured differ."""
        asked = self.asked()
        if asked is None:
            return
        found = self.view.now.assessment.indicators[asked.id]
        if not found.conflict:
            self.tell(f"{asked.id} n'est pas en conflit : il n'y a rien à expliquer.")
            return
        window = ReasonScreen(
            f"{asked.id} : conflit entre déclaré et mesuré",
            "Explication ; les deux valeurs restent affichées :",
            required("L'explication est vide."),
            found.explanation,
        )
        told = f"{asked.id} : explication enregistrée ; les deux valeurs restent affichées."
        self._ask_and_write(window, lambda text: ConflictExplained(asked.id, text), told)

    def action_comment(self) -> None:
        """Leave a remark on the current question."""
        if asked := self.asked():
            window = ReasonScreen(
                f"{asked.id} : commentaire",
                "Remarque pour l'équipe. Elle s'ajoute aux autres, et part avec le paquet :",
                required("Le commentaire est vide."),
            )
            told = f"{asked.id} : commentaire enregistré."
            self._ask_and_write(window, lambda text: Commented(asked.id, text), told)

    def action_mark(self) -> None:
        """Mark the current question to be looked at again, or take the mark away."""
        asked = self.asked()
        if asked is None:
            return
        marked = asked.id not in self.view.now.state.marks
        told = "marquée à revoir" if marked else "n'est plus à revoir"
        self._write(ReviewMarked(asked.id, marked), f"{asked.id} : {told}.")

    def action_next_unanswered(self) -> None:
        """Go to the next question without an answer, from the top again after the last one."""
        self._go_to_next(_unanswered, "Toutes les questions ont une réponse.")

    def action_next_conflict(self) -> None:
        """Go to the next question whose answer contradicts the measure."""
        self._go_to_next(lambda one: one.conflict, "Aucun conflit entre déclaré et mesuré.")

    def action_next_marked(self) -> None:
        """Go to the next question marked to be looked at again."""
        marks = self.view.now.state.marks
        self._go_to_next(lambda one: one.indicator in marks, "Aucune question n'est à revoir.")

    def action_move(self, step: int) -> None:
        """Next or previous line of the list, wherever the focus is."""
        if step > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def action_back_to_list(self) -> None:
        """Give the keyboard back to the list."""
        self._list.focus()

    def action_find(self) -> None:
        """Go to a question by its id or by words of it."""
        from care_kit.tui.windows.find import FindScreen

        results = self.view.now.assessment.indicators
        window: FindScreen[Indicator] = FindScreen(
            "Chercher une question (identifiant ou mots)",
            lambda typed: matching(self.view.questions, typed),
            lambda one: f"{mark(results[one.id])} {one.id} {one.title}",
        )
        self.app.push_screen(window, lambda one: self.go_to(one.id) if one else None)

    def action_role(self) -> None:
        """Keep only the questions a trade ordinarily answers."""
        from care_kit.tui.windows.find import FindScreen

        names = [EVERYONE, *roles(self.view.questions)]
        window: FindScreen[str] = FindScreen(
            "Mes questions : quel métier ?",
            lambda typed: [one for one in names if typed.casefold() in one.casefold()],
            str,
        )
        self.app.push_screen(window, lambda role: self._filter(role) if role else None)

    def action_meeting(self) -> None:
        """One question a page, in large type."""
        from care_kit.tui.screens.meeting import MeetingScreen

        entry = self._list.current
        start = entry if isinstance(entry, Indicator) else self._asked[0]
        self.app.push_screen(MeetingScreen(self.view, self._asked, start), self._met)

    def _met(self, last: str | None) -> None:
        if last:
            self.go_to(last)

    def _filter(self, role: str) -> None:
        everything = self.view.questions
        kept = [one for one in everything if role == EVERYONE or role in trades(one)]
        self._asked = tuple(kept)
        self._list.fill(self.view, self._asked)
        self._list.go_to(self._asked[0])
        self._show_entry()
        self.tell(f"{role} : {counted(len(kept), 'question')} sur {len(everything)}.")

    def _ask_and_write(
        self, window: ReasonScreen, event: Callable[[str], ConflictExplained | Commented], told: str
    ) -> None:
        self.ask(window, lambda text: self._write(event(text), told))

    def _write(self, event: ConflictExplained | Commented | ReviewMarked, told: str) -> None:
        def write(dossier: Dossier) -> str:
            dossier.append(event)
            return told

        self.post_message(WriteAsked(write))

    def _go_to_next(self, wanted: Callable[[IndicatorResult], bool], none_left: str) -> None:
        found = following(self.view, self._asked, self._list.current, wanted)
        if found is None:
            self.tell(none_left)
        else:
            self._list.go_to(found)

    def _show_entry(self) -> None:
        if (entry := self._list.current) is not None:
            self._question.show(self.view, entry)
            self._score.show(self.view, domain_of(self.view.now.questionnaire, entry))


def _unanswered(found: IndicatorResult) -> bool:
    return found.state is None
