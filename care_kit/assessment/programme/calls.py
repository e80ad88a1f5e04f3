"""Whether a programme's counter takes anything on a day, and the sentence that says so."""

from dataclasses import dataclass
from datetime import date

from care_kit.model.content.programme import Milestone, Programme
from care_kit.model.words.vocabulary import CallState


@dataclass(frozen=True)
class Call:
    """Where the call of a programme stands on a day; `sentence` is French, ends with a point."""

    state: CallState
    sentence: str


def call_on(programme: Programme, today: date) -> Call:
    """The call of a programme on `today`.

    Open when a window of its counter runs, or when it has objectives for this year or a later one
    (a yearly programme is proven year after year); else announced, closed, absent when it has no
    counter, or not known when no source gives a window.
    """
    if not programme.has_call:
        return Call(CallState.ABSENT, "Aucun appel connu : aucun guichet ne prend ce dossier.")
    windows = [one for one in programme.milestones if one.call]
    running = [one for one in windows if _running(one, today)]
    if running:
        return Call(CallState.OPEN, f"Guichet ouvert : {_words(running[-1])}.")
    years = {one.year for one in programme.objectives if one.year >= today.year}
    if years:
        return Call(CallState.OPEN, f"Objectifs à prouver jusqu'en {max(years)} : appel en cours.")
    ahead = [one for one in windows if one.opens is not None and one.opens > today]
    if ahead:
        first = min(ahead, key=lambda one: one.opens or today)
        return Call(CallState.ANNOUNCED, f"Guichet annoncé : {_words(first)}.")
    if windows:
        last = max((one.closes for one in windows if one.closes), default=None)
        since = f" depuis le {last:%d/%m/%Y}" if last else ""
        return Call(CallState.CLOSED, f"Guichet clos{since} : rien ne peut plus y être déposé.")
    return Call(CallState.UNKNOWN, "Dates du guichet non lues par care-kit : vérifiez-les.")


def takes_files(call: Call) -> bool:
    """True unless a source says that nothing may be handed in today: doubt never helps."""
    return call.state in (CallState.OPEN, CallState.UNKNOWN)


def _running(window: Milestone, today: date) -> bool:
    begun = window.opens is None or window.opens <= today
    return begun and (window.closes is None or window.closes >= today)


def _words(window: Milestone) -> str:
    title = window.title[:1].lower() + window.title[1:]
    if window.opens and window.closes:
        return f"{title}, du {window.opens:%d/%m/%Y} au {window.closes:%d/%m/%Y}"
    if window.closes:
        return f"{title}, jusqu'au {window.closes:%d/%m/%Y}"
    return f"{title}, depuis le {window.opens:%d/%m/%Y}" if window.opens else title
