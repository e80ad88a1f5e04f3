"""What the pre-check promises whatever the file: never « prêt » too early, never worse for more."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from care_kit.assessment.examiner.precheck import precheck, ready
from care_kit.assessment.programme.objectives import objectives
from care_kit.assessment.scores.assess import assess
from care_kit.model.content.check import ControlPoints
from care_kit.model.content.programme import Objective, Piece, Programme
from care_kit.model.dossier.state import DossierState, Evidence
from care_kit.model.results.assessment import Gravity, ObjectiveResult, ObjectiveState, Remark
from care_kit.model.words.months import add_months
from care_kit.model.words.vocabulary import PeriodKind, Provenance
from tests.assessment.builders import TODAY, questionnaire
from tests.assessment.groups import (
    FIVE,
    A,
    B,
    C,
    covering,
    dossier_of,
    expected,
    group,
    hospital,
    objective,
    operational,
    programme,
)

FORM = questionnaire()
POINTS = ControlPoints("test", TODAY, Provenance.PROPOSED, ())
PHASE = operational(date(2026, 1, 1), date(2027, 1, 1))
NAMES = ("P", "Q", "R")
ORDER = (ObjectiveState.MISSING, ObjectiveState.UNDETERMINED, ObjectiveState.SHOWN)

ODD_DAYS = st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2028, 1, 1)))
# Mostly sound files, so that what is wrong is often the only thing that is.
DAYS = st.one_of(st.just(TODAY), st.just(TODAY), st.just(TODAY), ODD_DAYS)
SIGNED = st.sampled_from(["La directrice", "La directrice", "La directrice", ""])
BROKEN = st.one_of(st.just(frozenset[int]()), st.frozensets(st.integers(0, 5), max_size=2))
TREES = st.sampled_from([group(*FIVE), hospital(A, B, C), group(A)])


@st.composite
def expected_pieces(draw: st.DrawFn, name: str) -> Piece:
    return expected(
        name,
        mandatory=draw(st.booleans()),
        not_before=draw(st.sampled_from([None, date(2024, 1, 1)])),
        months=draw(st.sampled_from([0, 12])),
        within=draw(st.sampled_from([None, PeriodKind.OPERATIONAL])),
        signed=draw(st.booleans()),
        per_entity=draw(st.booleans()),
    )


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    first = objective(
        draw(expected_pieces("P")),
        draw(expected_pieces("Q")),
        share=draw(st.sampled_from([0, 0, 66])),
    )
    later = replace(objective(draw(expected_pieces("R")), name="O2"), year=2028, ght_only=False)
    return programme(first, later if draw(st.booleans()) else replace(later, year=0))


@st.composite
def documents(draw: st.DrawFn, rank: int) -> Evidence:
    units = draw(st.sets(st.sampled_from([A, B, C]), max_size=2))
    made = covering(*sorted(units), subject=draw(st.sampled_from(NAMES)))
    effective, signed = draw(DAYS), draw(SIGNED)
    return replace(made, id=f"d{rank}", sha512=f"{rank}", effective=effective, signed_by=signed)


@st.composite
def dossiers(draw: st.DrawFn) -> DossierState:
    tree = draw(TREES)
    pieces = [draw(documents(rank)) for rank in range(draw(st.integers(1, 6)))]
    shares = draw(st.sampled_from([{}, {A: "40", B: "35", C: "25"}, {A: "50"}]))
    known = {key: share for key, share in shares.items() if key in tree.activity_units}
    periods = draw(st.sampled_from([(), (PHASE,)]))
    return dossier_of(tree, *pieces, shares=known, periods=periods)


def judged(
    state: DossierState, followed: Programme, unreadable: Mapping[str, str]
) -> tuple[Mapping[str, ObjectiveResult], tuple[Remark, ...]]:
    assessment = assess(state, FORM, (), POINTS, TODAY)
    results = objectives(followed, state, {}, (), TODAY)
    followed_ones = {"p": followed}
    said = precheck(state, FORM, assessment, followed_ones, {"p": results}, TODAY, {}, unreadable)
    return results, said


def proved(piece: Piece, state: DossierState, unreadable: Mapping[str, str]) -> bool:
    """The rules of a piece said again, without the code under test."""
    for one in state.evidence.values():
        if piece.id not in one.subjects or one.id in unreadable:
            continue
        dated = piece.not_before or piece.validity_months or piece.within
        if one.effective is None and dated:
            continue
        day = one.effective or TODAY
        in_time = day <= TODAY and (piece.not_before is None or day >= piece.not_before)
        in_time = in_time and (
            not piece.validity_months or add_months(day, piece.validity_months) >= TODAY
        )
        if piece.within and state.periods:
            in_time = in_time and PHASE.starts <= day <= PHASE.ends
        if in_time and (one.signed_by or not piece.signed):
            return True
    return False


@settings(max_examples=250, deadline=None)
@given(dossiers(), programmes(), BROKEN)
def test_ready_is_never_said_while_a_mandatory_piece_is_missing(
    state: DossierState, followed: Programme, broken: frozenset[int]
) -> None:
    unreadable = {f"d{rank}": "est abîmée" for rank in broken}
    _, said = judged(state, followed, unreadable)
    due = [one for one in followed.objectives if one.year <= TODAY.year]
    mandatory = [piece for one in due for piece in one.pieces if piece.mandatory]
    missing = [one.id for one in mandatory if not proved(one, state, unreadable)]
    if missing:
        assert not ready(said, {"p": followed}, TODAY), missing


def valid_for(piece: Piece, state: DossierState, entities: tuple[str, ...]) -> Evidence:
    """A document no rule refuses: dated today, signed, of this establishment, bytes of its own."""
    made = covering(*entities, subject=piece.id, effective=TODAY - timedelta(days=1))
    return replace(made, id="new", sha512="new", signed_by="La directrice")


def blocking(said: tuple[Remark, ...]) -> Counter[str]:
    return Counter(one.subject for one in said if one.gravity is Gravity.BLOCKING)


@settings(max_examples=250, deadline=None)
@given(dossiers(), programmes(), st.data())
def test_adding_a_valid_piece_never_lowers_anything(
    state: DossierState, followed: Programme, data: st.DataObject
) -> None:
    every = [piece for one in followed.objectives for piece in one.pieces]
    piece = data.draw(st.sampled_from(every))
    known = sorted(state.establishment.names)
    entities = tuple(data.draw(st.lists(st.sampled_from(known), unique=True, max_size=2)))
    new = valid_for(piece, state, entities)
    more = replace(state, evidence={**state.evidence, new.id: new})
    before, said_before = judged(state, followed, {})
    after, said_after = judged(more, followed, {})
    for key, was in before.items():
        now = after[key]
        if was.state in ORDER:
            assert ORDER.index(now.state) >= ORDER.index(was.state), key
        assert (was.activity is None) is (now.activity is None)
        if was.activity and now.activity:
            assert set(was.activity.covered) <= set(now.activity.covered)
            assert now.activity.low >= was.activity.low
    assert blocking(said_after) <= blocking(said_before)
    assert ready(said_after, {"p": followed}, TODAY) >= ready(said_before, {"p": followed}, TODAY)


def test_without_a_programme_nothing_is_ever_ready() -> None:
    assert not ready((), {}, TODAY)


def test_a_complete_file_is_ready() -> None:
    followed = programme(objective(expected(mandatory=True, months=12, signed=True)))
    document = replace(covering(), signed_by="La directrice")
    _, said = judged(dossier_of(group(A), document), followed, {})
    assert ready(said, {"p": followed}, TODAY)
    assert not ready(judged(dossier_of(group(A)), followed, {})[1], {"p": followed}, TODAY)


def test_an_objective_without_any_piece_asks_nothing_of_them() -> None:
    bare: Objective = objective()
    assert ready(
        judged(dossier_of(group(A)), programme(bare), {})[1], {"p": programme(bare)}, TODAY
    )
