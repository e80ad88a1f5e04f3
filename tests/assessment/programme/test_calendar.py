from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from care_kit.assessment.programme.calendar import deadlines
from care_kit.model.content.programme import Milestone, Programme, ReadingRule
from care_kit.model.dossier.acceptance import RiskAcceptance
from care_kit.model.dossier.money import Action, ActionState
from care_kit.model.dossier.state import DossierState, ReadingRecord
from care_kit.model.facts.reading import Statement
from care_kit.model.results.calendar import Deadline, DeadlineKind, DeadlineState
from care_kit.model.words.vocabulary import ProbeKind, Provenance
from tests.assessment.builders import AT, indicator, questionnaire
from tests.assessment.groups import (
    covering,
    dossier_of,
    expected,
    group,
    objective,
    operational,
    programme,
)

YEARLY = programme(objective(expected(months=12)))
WINDOW = programme(replace(objective(), readings=(ReadingRule(ProbeKind.EXPOSURE, 2, 45, 60),)))
ONE = group("990000010")


def listed(state: DossierState, followed: Programme = YEARLY) -> list[Deadline]:
    statements = {
        one.id: Statement(one.probe, "t", "c", "", one.started, one.ended, "", True)
        for one in state.readings
    }
    form = questionnaire(indicator("A"))
    return list(deadlines(state, {"p": followed}, form, statements))


def read_on(day: date, *, complete: bool = True) -> ReadingRecord:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return ReadingRecord(f"r-{day}", ProbeKind.EXPOSURE, at, at, complete, "", "")


def test_a_piece_ends_its_validity_on_its_last_valid_day() -> None:
    (one,) = listed(dossier_of(ONE, covering(effective=date(2026, 2, 28))))
    assert (one.kind, one.ends, one.subject) == (DeadlineKind.PIECE, date(2027, 2, 28), "P")


def test_a_piece_dated_at_the_end_of_time_still_has_its_end() -> None:
    (one,) = listed(dossier_of(ONE, covering(effective=date.max)))
    assert one.ends == date.max


def test_a_newer_piece_takes_the_place_of_the_older_one() -> None:
    older, newer = covering(effective=date(2025, 1, 1)), covering(effective=date(2026, 1, 1))
    (one,) = listed(dossier_of(ONE, older, newer))
    assert one.ends == date(2027, 1, 1)


def test_pieces_of_two_entities_each_have_their_end() -> None:
    a = covering("990000010", effective=date(2025, 1, 1))
    b = covering("990000028", effective=date(2026, 1, 1))
    ends = [one.ends for one in listed(dossier_of(group("990000010", "990000028"), a, b))]
    assert ends == [date(2026, 1, 1), date(2027, 1, 1)]


def test_a_document_that_supports_an_indicator_ends_too() -> None:
    (one,) = listed(dossier_of(ONE, covering(subject="A", effective=date(2026, 1, 31))))
    assert (one.ends, one.subject) == (date(2027, 1, 31), "A")


def test_the_second_reading_is_due_forty_five_to_sixty_days_after_the_last() -> None:
    first = read_on(date(2026, 1, 1))
    (one,) = listed(replace(dossier_of(ONE), readings=(first,)), WINDOW)
    assert (one.starts, one.ends) == (date(2026, 2, 15), date(2026, 3, 2))
    again = replace(dossier_of(ONE), readings=(first, read_on(date(2026, 1, 20))))
    (moved,) = listed(again, WINDOW)
    assert moved.starts == date(2026, 1, 20) + timedelta(days=45)
    assert moved.uid == one.uid


def test_no_reading_is_due_once_two_of_them_satisfy_the_rule_or_before_the_first() -> None:
    two = (read_on(date(2026, 1, 1)), read_on(date(2026, 2, 20)))
    assert listed(replace(dossier_of(ONE), readings=two), WINDOW) == []
    assert listed(dossier_of(ONE), WINDOW) == []
    partial = replace(dossier_of(ONE), readings=(read_on(date(2026, 1, 1), complete=False),))
    assert listed(partial, WINDOW) == []


def test_risks_and_actions_are_due_and_what_is_done_is_not() -> None:
    risk = RiskAcceptance("1", "EXP-SSH", "", "motif", date(2026, 6, 1), "A", AT)
    to_do = Action("1", "Chiffrer", "A", AT, owner="DSI", due=date(2026, 5, 1))
    done = replace(to_do, id="2", state=ActionState.DONE)
    undated = replace(to_do, id="3", due=None)
    actions = {one.id: one for one in (to_do, done, undated)}
    found = listed(replace(dossier_of(ONE), acceptances=(risk,), actions=actions))
    assert [(one.kind, one.title) for one in found] == [
        (DeadlineKind.ACTION, "Chiffrer (DSI)"),
        (DeadlineKind.RISK, "Fin d'acceptation du risque EXP-SSH"),
    ]


def test_milestones_and_periods_are_windows_and_an_unknown_end_stays_unknown() -> None:
    steps = (
        Milestone("Dépôt", Provenance.OFFICIAL, "s", date(2026, 9, 2), date(2026, 10, 31)),
        Milestone("Limite", Provenance.OFFICIAL, "s", closes=date(2026, 11, 1)),
        Milestone("Guichet", Provenance.OFFICIAL, "s", opens=date(2026, 12, 1)),
        Milestone("Sans date", Provenance.OFFICIAL, "s"),
    )
    followed = replace(programme(), milestones=steps)
    phase = operational(date(2025, 7, 16), date(2026, 8, 1))
    found = listed(dossier_of(ONE, periods=(phase,)), followed)
    assert [(one.title, one.when) for one in found] == [
        ("Phase opérationnelle", "16/07/2025 au 01/08/2026"),
        ("Dépôt", "02/09/2026 au 31/10/2026"),
        ("Limite", "01/11/2026"),
        ("Guichet", "dès le 01/12/2026, fin non connue"),
    ]


@pytest.mark.parametrize(
    ("kind", "today", "state"),
    [
        (DeadlineKind.PIECE, date(2026, 5, 9), DeadlineState.AHEAD),
        (DeadlineKind.PIECE, date(2026, 5, 10), DeadlineState.RUNNING),
        (DeadlineKind.PIECE, date(2026, 5, 21), DeadlineState.OVERDUE),
        (DeadlineKind.MILESTONE, date(2026, 5, 21), DeadlineState.OVER),
    ],
)
def test_what_is_left_undone_is_overdue_and_a_step_is_only_over(
    kind: DeadlineKind, today: date, state: DeadlineState
) -> None:
    one = Deadline("u", kind, "T", "S", date(2026, 5, 10), date(2026, 5, 20))
    assert one.state(today) is state
