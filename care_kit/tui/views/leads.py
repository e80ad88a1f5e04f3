"""Where a remark or a deadline is dealt with: the screen, and the thing to stand on there."""

import re

from care_kit.model.results.assessment import Remark
from care_kit.model.results.calendar import Deadline, DeadlineKind
from care_kit.model.words.vocabulary import ProbeKind
from care_kit.tui.views.view import View

Lead = tuple[str, str]
"""A place and what to stand on there, as `PlaceAsked` takes them."""

_COMMAND = re.compile(r"care ([a-z-]+)(?: ([a-z]+))?")
_PLACES = {
    "answer": "questions",
    "explain": "questions",
    "evidence": "evidence",
    "probe": "probes",
    "programme": "funding",
}


def of_remark(view: View, remark: Remark) -> Lead:
    """By the command its next step names, else by what it is about."""
    named = _COMMAND.search(remark.next_step)
    place = _PLACES.get(named[1]) if named else None
    if place is not None:
        return place, remark.subject
    if view.now.questionnaire.indicator(remark.subject) is not None:
        return "questions", remark.subject
    reading = next((one for one in view.now.state.readings if one.id == remark.subject), None)
    if reading is not None:
        return "probes", reading.probe
    if remark.subject in view.now.content.programmes:
        return "counter", remark.subject
    return "evidence", _objective(view, remark.subject)


def of_deadline(deadline: Deadline) -> Lead:
    """By what the deadline is about."""
    match deadline.kind:
        case DeadlineKind.PIECE:
            return "evidence", deadline.subject.partition(",")[0]
        case DeadlineKind.READING:
            named = _COMMAND.search(deadline.next_step)
            known = named is not None and named[2] in list(ProbeKind)
            return "probes", named[2] if named and known else ""
        case DeadlineKind.RISK:
            return "findings", ""
        case DeadlineKind.ACTION:
            return "plan", deadline.uid.removeprefix("action-")
        case DeadlineKind.PERIOD | DeadlineKind.MILESTONE:
            return "funding", deadline.subject


def _objective(view: View, subject: str) -> str:
    """« d1 · O1 » names an objective as its programme does: evidence is tied to our id."""
    programme_id, _, name = subject.partition(" · ")
    programme = view.now.content.programmes.get(programme_id)
    for one in programme.objectives if programme else ():
        if name in (one.official_id, one.id):
            return one.id
    return subject
