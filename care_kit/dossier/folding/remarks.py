"""What a team says around the answers: taken back, commented, to be looked at again."""

from dataclasses import replace
from datetime import datetime

from care_kit.dossier.journal.events import AnswerWithdrawn, Commented, ReviewMarked
from care_kit.model.dossier.state import Comment, DossierState, ReviewMark


def changed(
    state: DossierState, event: AnswerWithdrawn | Commented | ReviewMarked, by: str, at: datetime
) -> DossierState:
    """The state after one of these events."""
    match event:
        case AnswerWithdrawn():
            kept = {key: one for key, one in state.answers.items() if key != event.indicator}
            return replace(state, answers=kept)
        case Commented():
            said = Comment(event.indicator, event.text, by, at)
            return replace(state, comments=(*state.comments, said))
        case ReviewMarked():
            marks = {key: one for key, one in state.marks.items() if key != event.indicator}
            if event.marked:
                marks[event.indicator] = ReviewMark(event.indicator, by, at)
            return replace(state, marks=marks)
