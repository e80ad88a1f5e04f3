"""The present view once its documents were opened: slow, so called away from the screen."""

from care_kit.assessment.examiner import documents
from care_kit.assessment.standing.situation import Situation, reassess
from care_kit.tui.views.view import View


def looked_into(view: View, *, thorough: bool = False) -> Situation:
    """The situation of a view, with what is told of the documents that would not open.

    Those of mandatory pieces only, unless `thorough`.
    """
    now = view.now
    unreadable = documents.faults(view.dossier, now.followed, thorough=thorough)
    return reassess(now, unreadable=unreadable)
