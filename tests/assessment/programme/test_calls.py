"""A counter is open, closed, announced, absent or not known on a day, and what that changes."""

from dataclasses import replace
from datetime import date

import pytest

from care_kit.assessment.examiner.precheck import open_counter, precheck, ready
from care_kit.assessment.programme.calendar import deadlines
from care_kit.assessment.programme.calls import call_on, takes_files
from care_kit.assessment.programme.objectives import objectives
from care_kit.assessment.scores.assess import assess
from care_kit.catalog.content import load
from care_kit.model.content.check import ControlPoints
from care_kit.model.content.programme import Milestone, Programme
from care_kit.model.results.assessment import Gravity, Remark
from care_kit.model.words.vocabulary import CallState, Provenance
from tests.assessment.builders import questionnaire
from tests.assessment.groups import A, dossier_of, expected, group, objective, programme

NO_POINTS = ControlPoints("test", date(2026, 1, 1), Provenance.PROPOSED, ())
END_OF_2026 = date(2026, 12, 1)


def window(opens: date | None, closes: date | None) -> Milestone:
    return Milestone("Dépôt", Provenance.OFFICIAL, "essai", opens, closes, call=True)


@pytest.mark.parametrize(
    ("windows", "state"),
    [
        ((), CallState.UNKNOWN),
        ((window(date(2026, 1, 1), date(2026, 12, 1)),), CallState.OPEN),
        ((window(date(2026, 1, 1), None),), CallState.OPEN),
        ((window(date(2026, 1, 1), date(2026, 11, 30)),), CallState.CLOSED),
        ((window(date(2026, 12, 2), None),), CallState.ANNOUNCED),
    ],
)
def test_the_windows_decide(windows: tuple[Milestone, ...], state: CallState) -> None:
    asked = replace(programme(objective()), milestones=windows)
    assert call_on(asked, END_OF_2026).state is state
    assert takes_files(call_on(asked, END_OF_2026)) is (state.value in ("open", "unknown"))


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("d1", CallState.CLOSED),
        ("d2", CallState.OPEN),
        ("d3", CallState.ABSENT),
        ("d4", CallState.ABSENT),
        ("crise", CallState.ABSENT),
        ("prerequis", CallState.ABSENT),
        ("hospiconnect", CallState.OPEN),
    ],
)
def test_where_each_programme_stands_at_the_end_of_2026(name: str, state: CallState) -> None:
    assert call_on(load().programmes[name], END_OF_2026).state is state


def said(followed: Programme, today: date = END_OF_2026) -> tuple[Remark, ...]:
    state, form = dossier_of(group(A)), questionnaire()
    found = {followed.id: objectives(followed, state, {}, (), today)}
    judged = assess(state, form, (), NO_POINTS, today)
    return precheck(state, form, judged, {followed.id: followed}, found, today)


def blocking(remarks: tuple[Remark, ...]) -> list[str]:
    return [one.subject for one in remarks if one.gravity is Gravity.BLOCKING]


def test_what_is_mandatory_at_a_closed_counter_is_only_foreseen() -> None:
    asked = programme(objective(expected(mandatory=True)))
    closed = replace(asked, milestones=(window(None, date(2026, 1, 1)),))
    assert blocking(said(asked)) == ["p · O"]
    assert blocking(said(closed)) == []
    assert any("clos depuis le 01/01/2026" in one.sentence for one in said(closed))
    assert not ready(said(closed), {"p": closed}, END_OF_2026)
    assert not open_counter({"p": closed}, END_OF_2026)


def test_a_piece_of_our_own_never_blocks() -> None:
    ours = replace(expected(mandatory=True), provenance=Provenance.PROPOSED)
    remarks = said(programme(objective(ours)))
    assert blocking(remarks) == []
    assert any(one.gravity is Gravity.FORESEEN for one in remarks)
    assert any("Attendu par care-kit" in one.next_step for one in remarks)


def test_everything_followed_at_the_end_of_2026_blocks_on_hospiconnect_and_the_open_call_only() -> (
    None
):
    content = load()
    by_programme = {
        name: blocking(said(replace(one, id=name))) for name, one in content.programmes.items()
    }
    assert len(by_programme["hospiconnect"]) == 2  # the framing note and the questionnaire of 2026
    for name in ("d1", "d3", "d4", "crise", "prerequis"):
        assert by_programme[name] == [], name


def test_next_year_the_policy_the_approval_and_its_minutes_block() -> None:
    remarks = said(load().programmes["hospiconnect"], date(2027, 2, 1))
    named = {one.sentence for one in remarks if one.gravity is Gravity.BLOCKING}
    assert any("Politique de sécurité" in one for one in named)
    assert any("Procès-verbal" in one for one in named)


def test_a_step_without_a_day_keeps_its_month_and_a_yearly_objective_its_year() -> None:
    followed = {name: load().programmes[name] for name in ("d2", "hospiconnect")}
    state = dossier_of(group(A))
    shown = {one.title: one.when for one in deadlines(state, followed, questionnaire(), {})}
    assert shown["Essai d'au moins un plan (échéance visée)"] == "novembre 2026, jour non connu"
    year = "Objectifs de 2026 : HC-2026-CADRAGE, HC-2026-MATURITE"
    assert shown[year] == "année 2026, jour non connu"
