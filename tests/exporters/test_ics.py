"""The calendar file: RFC 5545 to the byte, read back by an independent parser."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from care_kit.exporters.ics import ics
from care_kit.model.results.calendar import Deadline, DeadlineKind

MADE_AT = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
HOSTILE = "Pièce ; jointe, \\ « é »\r\nBEGIN:VEVENT " + "très longue " * 20
DEADLINES = (
    Deadline("piece-1", DeadlineKind.PIECE, HOSTILE, "P", date(2026, 12, 31), date(2026, 12, 31)),
    Deadline(
        "reading-1", DeadlineKind.READING, "Relevé", "O", date(2027, 2, 15), date(2027, 3, 2), "Ici"
    ),
    Deadline("milestone-1", DeadlineKind.MILESTONE, "Guichet", "p", date(2027, 1, 1), None),
)


def made(at: datetime = MADE_AT) -> bytes:
    return ics(DEADLINES, "dossier-1", "CH d'essai", at)


def test_lines_are_folded_at_75_octets_and_end_with_crlf_without_splitting_a_character() -> None:
    content = made()
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")


def test_a_hostile_title_stays_one_event_of_text() -> None:
    content = made()
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == 3
    assert b"\\;" in content
    assert b"\\," in content
    first = Calendar.from_ical(content).walk("VEVENT")[0]
    assert "Pièce ; jointe, \\ « é »" in str(first["summary"])


def test_days_are_whole_and_the_end_is_the_day_after_the_last() -> None:
    events = Calendar.from_ical(made()).walk("VEVENT")
    days = [(one.decoded("dtstart"), one.decoded("dtend")) for one in events]
    assert days == [
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2027, 2, 15), date(2027, 3, 3)),
        (date(2027, 1, 1), date(2027, 1, 2)),
    ]
    assert b"DTSTART;VALUE=DATE:20261231" in made()
    assert "Fin non connue." in str(events[2]["description"])


def test_every_event_is_stamped_private_and_keeps_its_uid() -> None:
    later = datetime(2027, 1, 1, tzinfo=UTC)
    first, second = (Calendar.from_ical(made(at)).walk("VEVENT") for at in (MADE_AT, later))
    assert [one["uid"] for one in first] == [one["uid"] for one in second]
    assert len({one["uid"] for one in first}) == 3
    assert {one.decoded("dtstamp") for one in first} == {MADE_AT}
    assert {str(one["class"]) for one in first} == {"PRIVATE"}


def test_the_same_deadlines_give_the_same_bytes() -> None:
    assert made() == made()
