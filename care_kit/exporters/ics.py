"""Deadlines as an iCalendar file (RFC 5545) that any diary imports."""

from collections.abc import Iterable
from datetime import datetime

from care_kit import __version__
from care_kit.model.results.calendar import Deadline
from care_kit.model.words.months import add_days
from care_kit.model.words.text import printable


def ics(deadlines: Iterable[Deadline], dossier_id: str, name: str, made_at: datetime) -> bytes:
    """All-day events, private; a second import updates them, since each UID stays the same.

    `made_at` (UTC) is the stamp of every event.
    """
    from icalendar import Calendar, Event

    diary = Calendar()
    diary.add("prodid", f"-//care-kit//care-kit {__version__}//FR")
    diary.add("version", "2.0")
    diary.add("x-wr-calname", printable(f"Échéances CaRE - {name}"))
    for one in deadlines:
        event = Event()
        event.add("uid", f"{one.uid}.{dossier_id}@care-kit")
        event.add("dtstamp", made_at)
        event.add("dtstart", one.starts)
        event.add("dtend", add_days(one.last, 1))  # RFC 5545: the end is not included
        event.add("summary", printable(one.title))
        event.add("description", printable(" ".join(_told(one))))
        event.add("categories", [one.kind.label])
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        diary.add_component(event)
    return bytes(diary.to_ical())


def _told(one: Deadline) -> Iterable[str]:
    if one.ends is None:
        yield "Fin non connue."
    if one.subject:
        yield f"Sujet : {one.subject}."
    if one.next_step:
        yield one.next_step
