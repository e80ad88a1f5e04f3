"""What a team says around the answers: taken back, commented, to be looked at again."""

from datetime import datetime

from care_kit.dossier.folding.draft import Draft
from care_kit.dossier.journal.events import AnswerWithdrawn, Commented, ReviewMarked
from care_kit.model.dossier.state import Comment, ReviewMark


def changed(
    draft: Draft, event: AnswerWithdrawn | Commented | ReviewMarked, by: str, at: datetime
) -> None:
    """Apply one of these events."""
    match event:
        case AnswerWithdrawn():
            draft.answers.pop(event.indicator, None)
        case Commented():
            draft.comments.append(Comment(event.indicator, event.text, by, at))
        case ReviewMarked():
            draft.marks.pop(event.indicator, None)
            if event.marked:
                draft.marks[event.indicator] = ReviewMark(event.indicator, by, at)
