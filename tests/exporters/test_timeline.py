import re
from datetime import date
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from care_kit.exporters.report import report
from care_kit.exporters.timeline import SHOWN, shown, timeline
from care_kit.model.results.calendar import Deadline, DeadlineKind
from tests.exporters import sample

TODAY = date(2026, 11, 21)
SVG = "{http://www.w3.org/2000/svg}"


def deadline(
    title: str, starts: date, ends: date | None, kind: DeadlineKind = DeadlineKind.PIECE
) -> Deadline:
    return Deadline(title, kind, title, "S", starts, ends)


PAST = deadline("Passée", date(2024, 1, 1), date(2024, 2, 1), DeadlineKind.MILESTONE)
LATE = deadline("Échue", date(2026, 11, 1), date(2026, 11, 1))
WINDOW = deadline("Fenêtre <b>&", date(2026, 12, 1), date(2026, 12, 16))
OPEN = deadline("Ouverte", date(2026, 10, 1), None)


def drawn(*deadlines: Deadline) -> Element:
    markup = str(timeline(deadlines, TODAY, "Échéances"))
    found: Element = fromstring(markup.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))
    return found


def test_a_day_is_a_diamond_a_window_a_bar_and_an_unknown_end_is_hatched() -> None:
    figure = drawn(LATE, WINDOW, OPEN)
    assert len(figure.findall(f"{SVG}polygon")) == 1
    bars = figure.findall(f"{SVG}rect")
    assert [bar.get("fill", "")[:5] for bar in bars] == ["#c9d3", "url(#"]


def test_the_figure_says_in_words_what_it_draws_and_texts_stay_texts() -> None:
    figure = drawn(LATE, WINDOW, OPEN)
    told = figure.findtext(f"{SVG}desc") or ""
    assert "01/11/2026 : Échue (échu)" in told
    assert "01/12/2026 au 16/12/2026 : Fenêtre <b>& (à venir)" in told
    assert "dès le 01/10/2026, fin non connue : Ouverte (en cours)" in told


def test_everything_fits_inside_the_figure() -> None:
    far = deadline("Loin", date(2040, 1, 1), date(2040, 1, 1))
    figure = drawn(LATE, WINDOW, OPEN, far)
    width, height = (float(one) for one in (figure.get("viewBox") or "").split()[2:])
    for mark in figure.iter(f"{SVG}rect"):
        if mark.get("x"):
            assert 0 <= float(mark.get("x", "0")) + float(mark.get("width", "0")) <= width
    for text in figure.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x", "0")) <= width
        assert 0 <= float(text.get("y", "0")) <= height
    months = [
        one.text for one in figure.iter(f"{SVG}text") if re.match(r"\d\d/\d{4}", one.text or "")
    ]
    assert 2 <= len(months) <= 8


def test_only_what_is_left_to_do_is_drawn_and_not_too_much_of_it() -> None:
    assert shown((PAST, LATE, WINDOW), TODAY) == (LATE, WINDOW)
    assert len(shown((WINDOW,) * 40, TODAY)) == SHOWN


def test_no_deadline_is_no_figure() -> None:
    with pytest.raises(ValueError, match="deadline"):
        timeline((), TODAY, "Échéances")


def test_the_report_shows_the_figure_and_the_same_deadlines_as_a_table() -> None:
    page = report(sample.sample(), sample.REDACTED).decode("utf-8")
    section = page[page.index('id="echeances"') : page.index('id="remarques"')]
    assert "<svg" in section
    assert "Ce qui expire et ce qui est à faire" in section
    assert "étape" in section


def test_a_deadline_at_the_end_of_time_is_still_drawn() -> None:
    figure = drawn(deadline("Sans fin", TODAY, date.max))
    assert len(figure.findall(f"{SVG}rect")) == 1
