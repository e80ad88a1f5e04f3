"""A piece against its time rules, as of the day of the deposit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from care_kit.assessment.programme.objectives import objectives
from care_kit.assessment.programme.pieces import accepted, gap, unknown
from care_kit.model.content.programme import Piece
from care_kit.model.dossier.state import DossierState
from care_kit.model.results.assessment import ObjectiveState
from care_kit.model.words.vocabulary import PeriodKind
from tests.assessment.builders import TODAY
from tests.assessment.groups import (
    covering,
    dossier_of,
    expected,
    group,
    objective,
    operational,
    programme,
)

DEPOSIT = date(2026, 3, 31)
TEST = expected(within=PeriodKind.OPERATIONAL)
PHASE = operational(date(2025, 7, 16), date(2026, 1, 15))


def with_piece(effective: date, *periods: object, signed_by: str = "") -> DossierState:
    document = replace(covering(effective=effective), signed_by=signed_by)
    return dossier_of(group("990000010"), document, periods=periods)  # type: ignore[arg-type]


def test_a_piece_that_expires_the_day_before_the_deposit_is_refused_that_day_only() -> None:
    yearly = expected(months=12, mandatory=True)
    state = with_piece(date(2025, 3, 30))
    assert gap("p", yearly, state, DEPOSIT - timedelta(days=1)) == ""
    assert "n'était valable que jusqu'au 30/03/2026" in gap("p", yearly, state, DEPOSIT)
    assert gap("p", yearly, with_piece(date(2025, 3, 31)), DEPOSIT) == ""


@pytest.mark.parametrize(
    ("effective", "refused"),
    [
        (date(2025, 7, 15), True),
        (date(2025, 7, 16), False),
        (date(2026, 1, 15), False),
        (date(2026, 1, 16), True),
    ],
)
def test_a_test_must_fall_inside_the_operational_phase(effective: date, refused: bool) -> None:
    told = gap("p", TEST, with_piece(effective, PHASE), DEPOSIT)
    assert bool(told) is refused
    assert ("hors de cette période" in told) is refused


def test_an_unknown_period_is_a_visible_gap_and_never_a_pass() -> None:
    state = with_piece(date(2025, 9, 1))
    assert list(unknown("p", [TEST], state)) == ["Phase opérationnelle : à compléter."]
    found = objectives(programme(objective(TEST)), state, {}, (), DEPOSIT)["O"]
    assert found.state is ObjectiveState.UNDETERMINED
    known = with_piece(date(2025, 9, 1), PHASE)
    found = objectives(programme(objective(TEST)), known, {}, (), DEPOSIT)["O"]
    assert found.state is ObjectiveState.SHOWN


def test_a_period_of_another_programme_says_nothing() -> None:
    other = replace(PHASE, programme="autre")
    assert list(unknown("p", [TEST], with_piece(date(2025, 9, 1), other)))


def test_a_piece_to_sign_is_refused_until_somebody_is_said_to_have_signed() -> None:
    signed = expected(signed=True, mandatory=True)
    told = gap("p", signed, with_piece(DEPOSIT), DEPOSIT)
    assert "signée ou validée par le représentant légal" in told
    assert gap("p", signed, with_piece(DEPOSIT, signed_by="La directrice"), DEPOSIT) == ""


@pytest.mark.parametrize(
    "asked", [expected(months=12), expected(not_before=date(2020, 1, 1)), TEST]
)
def test_where_a_date_is_asked_its_absence_is_refused(asked: Piece) -> None:
    undated = replace(covering(), effective=None)
    assert "ne porte pas de date" in gap("p", asked, dossier_of(group("1"), undated), TODAY)


def test_one_accepted_document_is_enough_and_the_others_are_left_out() -> None:
    old, new = covering(effective=date(2020, 1, 1)), covering(effective=TODAY)
    state = dossier_of(group("990000010"), old, new)
    yearly = expected(months=12)
    assert accepted("p", yearly, state, TODAY) == (new,)
    assert gap("p", yearly, state, TODAY) == ""
