"""A plan's gain is the assessment done again, never an estimate beside it."""

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care_kit.assessment.plan.ranking import plan
from care_kit.assessment.plan.simulation import gain, simulated
from care_kit.assessment.plan.suggestions import suggestions
from care_kit.assessment.standing.situation import Situation, judged, reassess, situation
from care_kit.catalog.content import Content, load
from care_kit.demo.recorded import recorded_reading
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_reading
from care_kit.dossier.entry.answering import given as answer_given
from care_kit.dossier.journal.events import ActionPlanned
from care_kit.model.dossier.establishment import Establishment, LegalEntity
from care_kit.model.dossier.money import Action, ActionState
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Verdict

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 1, tzinfo=UTC)
LEVELS = {"CK-GOV-01": 2, "CK-SAU-01": 1, "CK-ADM-02": 1, "CK-ADM-03": 2}


@cache
def content() -> Content:
    return load()


@pytest.fixture
def measured(dossier: Dossier) -> Dossier:
    """The demonstration's directory, and four low answers."""
    add_reading(dossier, *recorded_reading())
    chosen = content().questionnaires["socle"]
    for indicator, level in LEVELS.items():
        dossier.append(answer_given(chosen, indicator, str(level), today=TODAY))
    return dossier


def action(key: str = "a", **said: object) -> Action:
    return replace(Action(key, f"Action {key}", "A", AT), **said)  # type: ignore[arg-type]


def test_the_simulated_gain_is_the_one_of_the_assessment_once_done(measured: Dossier) -> None:
    """Do the action for real (new answer, findings gone): the assessment is the simulated one."""
    now = situation(measured, content(), TODAY)
    failing = {one.check for one in now.findings if one.verdict is Verdict.FAIL and one.level == 1}
    wanted = action(levels=(("CK-GOV-01", 4), ("CK-SAU-01", 3)), checks=tuple(sorted(failing)))

    foreseen = simulated(now, [wanted])

    for indicator, level in wanted.levels:
        measured.append(answer_given(now.questionnaire, indicator, str(level), today=TODAY))
    mended = tuple(
        sound(one, failing) for one in judged(measured, content(), now.statements, TODAY)
    )
    done = reassess(now, state=measured.state, findings=mended)
    assert foreseen.assessment == done.assessment
    assert gain(now, foreseen) == gain(now, done)
    assert gain(now, done).directory["chu-exemple.lan"][1].low > 1


def sound(finding: Finding, mended: set[str]) -> Finding:
    if finding.check not in mended:
        return finding
    return Finding(finding.check, finding.target, Verdict.PASS, finding.reason)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_an_action_that_ends_what_contradicts_it_never_lowers_anything(
    data: st.DataObject,
) -> None:
    now = prepared()
    ids = [one.id for one in now.questionnaire.indicators]
    levels = data.draw(st.dictionaries(st.sampled_from(ids), st.integers(1, 4), max_size=4))
    checks = sorted(content().checks)

    after = simulated(now, [action(levels=tuple(levels.items()), checks=tuple(checks))])

    for key, before in now.assessment.indicators.items():
        found = after.assessment.indicators[key].retained
        assert before.retained is not None and found is not None
        assert found.low >= before.retained.low
    before_index, after_index = now.assessment.overall.index, after.assessment.overall.index
    assert before_index is not None and after_index is not None
    assert after_index.low >= before_index.low


@cache
def prepared() -> Situation:
    """The measured dossier, opened once for every example."""
    with tempfile.TemporaryDirectory() as folder:
        one = Establishment("CH", "public", "Région", (LegalEntity("CH", "990000010"),))
        with Dossier.create(Path(folder) / "p.care", one, "A") as opened:
            add_reading(opened, *recorded_reading())
            for indicator, level in LEVELS.items():
                chosen = content().questionnaires["socle"]
                opened.append(answer_given(chosen, indicator, str(level), today=TODAY))
            return situation(opened, content(), TODAY)


def test_actions_are_sorted_by_points_for_a_euro() -> None:
    now = prepared()
    dear = action("dear", levels=(("CK-GOV-01", 4),), purchase=Decimal(40_000))
    cheap = action("cheap", levels=(("CK-SAU-01", 3),), service=Decimal(1_000))
    free = action("free", levels=(("CK-GOV-01", 3),), purchase=Decimal("0.00"))
    useless = action("useless", levels=(("CK-GOV-01", 1),))
    done = action("done", levels=(("CK-GOV-01", 4),), state=ActionState.DONE)

    found = plan(now, [useless, dear, done, cheap, free])

    assert [one.action.id for one in found.actions] == ["free", "cheap", "dear", "useless"]


def test_own_days_cost_only_what_the_hospital_says() -> None:
    one = action(levels=(("CK-GOV-01", 4),), purchase=Decimal("99.90"), person_days=Decimal("2.5"))

    bare = plan(prepared(), [one])
    priced = plan(prepared(), [one], day_cost=Decimal(400))

    assert (bare.cost, bare.person_days) == (Decimal("99.90"), Decimal("2.5"))
    assert priced.cost == Decimal("1099.90")


def test_a_budget_takes_actions_in_order_as_long_as_they_fit() -> None:
    first = action("first", levels=(("CK-SAU-01", 4),), purchase=Decimal(600))
    second = action("second", levels=(("CK-GOV-01", 3),), purchase=Decimal(600))
    third = action("third", levels=(("CK-ADM-03", 3),), purchase=Decimal(390))

    found = plan(prepared(), [first, second, third], budget=Decimal(1000))

    assert sum(one.cost or 0 for one in found.actions) <= 1000
    assert len(found.actions) == 2 and len(found.left_out) == 1


def test_two_actions_on_one_indicator_gain_once() -> None:
    one, two = (action(key, levels=(("CK-GOV-01", 4),)) for key in "ab")

    found = plan(prepared(), [one, two])

    assert found.together.points == pytest.approx(found.actions[0].gain.points)


def test_suggestions_hold_every_failing_check_once_and_nothing_unanswered() -> None:
    now = prepared()
    found = suggestions(now)

    failing = {one.check for one in now.findings if one.verdict is Verdict.FAIL}
    assert {check for one in found for check in one.checks} == failing
    raised = {indicator for one in found for indicator, _ in one.levels}
    silent = {
        key
        for key, one in now.assessment.indicators.items()
        if one.state is None and one.measured is None
    }
    assert raised and not raised & silent


def test_what_the_plan_holds_is_not_suggested_again(measured: Dossier) -> None:
    for rank, one in enumerate(suggestions(situation(measured, content(), TODAY))):
        measured.append(ActionPlanned(f"id-{rank}", one.title, one.levels, one.checks))

    assert suggestions(situation(measured, content(), TODAY)) == ()


def test_a_level_aimed_at_against_failing_checks_is_a_contradiction_and_its_gain_says_so() -> None:
    """CK-ADM-02 is measured at most 1 by failing checks: 4 declared would only contradict them."""
    now = prepared()
    bare = action(levels=(("CK-ADM-02", 4),))

    after = simulated(now, [bare])

    assert after.assessment.indicators["CK-ADM-02"].conflict
    assert gain(now, after).points <= 0
