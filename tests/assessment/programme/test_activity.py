"""Shares of the combined activity, every case computed by hand."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.assessment.programme.activity import coverage, sentence, shares_gap, smallest, weighed
from care_kit.assessment.programme.objectives import objectives
from care_kit.model.content.programme import Objective
from care_kit.model.dossier.state import DossierState
from care_kit.model.results.activity import ActivityCoverage
from care_kit.model.results.assessment import ObjectiveResult, ObjectiveState
from tests.assessment.builders import TODAY
from tests.assessment.groups import (
    FIVE,
    SHARES,
    A,
    B,
    C,
    D,
    E,
    answer,
    covering,
    dossier_of,
    expected,
    group,
    hospital,
    objective,
    programme,
    result,
    shared,
)

PLAN = objective(expected("P", per_entity=True), share=66)


def found(state: DossierState, asked: Objective = PLAN) -> ActivityCoverage:
    got = coverage("p", asked, state, {}, TODAY)
    assert got is not None
    return got


@pytest.mark.parametrize(
    ("covered", "share", "to_add"),
    [
        ((), "0", (A, B)),  # 40 + 26 = 66: just enough
        ((A,), "40", (B,)),  # 40 + 26 = 66
        ((B, C), "40", (A,)),  # 40 + 40 = 80; 12 or 8 alone would not do
        ((A, C), "54", (B,)),  # 54 + 12 = 66 would do too: the largest share is preferred
        ((C, D, E), "34", (A,)),  # 34 + 40 = 74
        ((B, C, D), "52", (A,)),
        ((A, B), "66", ()),
        (FIVE, "100", ()),
    ],
)
def test_a_group_of_five_is_told_its_share_and_the_fewest_entities_to_add(
    covered: tuple[str, ...], share: str, to_add: tuple[str, ...]
) -> None:
    got = weighed(FIVE, covered, shared(SHARES), 66)
    assert (got.low, got.high, got.to_add) == (Decimal(share), Decimal(share), to_add)
    assert got.reached is (Decimal(share) >= 66)


def test_sixty_six_exactly_is_reached_and_a_hair_less_is_not() -> None:
    assert weighed((A, B), (A,), shared({A: "66", B: "34"}), 66).reached is True
    assert weighed((A, B), (A,), shared({A: "65.9999", B: "34.0001"}), 66).reached is False


def test_equal_shares_go_by_finess_number() -> None:
    known = {one: Decimal(25) for one in (D, B, C, A)}
    assert smallest(known, (), 66) == (A, B, C)


@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=7),
    st.sets(st.integers(0, 6)),
    st.integers(1, 100),
)
def test_no_smaller_set_would_do(shares: list[int], covered: set[int], required: int) -> None:
    known = {f"{rank}": Decimal(share) for rank, share in enumerate(shares)}
    already = tuple(key for key in known if int(key) in covered)
    start = sum((known[key] for key in already), Decimal(0))
    others = [key for key in known if key not in already]
    enough = [
        chosen
        for size in range(len(others) + 1)
        for chosen in combinations(others, size)
        if start + sum(known[key] for key in chosen) >= required
    ]
    got = smallest(known, already, required)
    if not enough:
        assert got == ()
        return
    fewest = min(map(len, enough))
    assert len(got) == fewest
    heaviest = max(sum(known[key] for key in one) for one in enough if len(one) == fewest)
    assert sum(known[key] for key in got) == heaviest


def test_an_unknown_share_leaves_an_interval_and_never_a_pass() -> None:
    # 40 known; D and E unknown weigh 20 together, and D is covered: between 40 and 60 %.
    known = shared({A: "40", B: "26", C: "14"})
    got = weighed(FIVE, (A, D), known, 66)
    assert (got.low, got.high, got.reached) == (Decimal(40), Decimal(60), False)
    got = weighed(FIVE, (A, C, D), known, 66)
    assert (got.low, got.high, got.reached) == (Decimal(54), Decimal(74), None)
    assert "à compléter" in sentence(got, group(*FIVE))


def test_the_pieces_say_who_is_covered() -> None:
    state = dossier_of(group(*FIVE), covering(B), covering(C), shares=SHARES)
    got = found(state)
    assert (got.covered, got.low, got.to_add) == ((B, C), Decimal(40), (A,))
    told = sentence(got, state.establishment)
    assert "40\u00a0% sur 66 % attendus (CH 2, CH 3)" in told
    assert "il suffit d'ajouter CH 1" in told


def test_a_piece_that_names_nobody_covers_everybody() -> None:
    assert found(dossier_of(group(*FIVE), covering(), shares=SHARES)).low == 100


def test_every_piece_that_counts_must_cover_an_entity() -> None:
    both = objective(
        expected("BIA", per_entity=True), expected("PCRA", per_entity=True), expected("X"), share=66
    )
    state = dossier_of(
        group(*FIVE), covering(A, B, subject="BIA"), covering(B, C, subject="PCRA"), shares=SHARES
    )
    assert found(state, both).covered == (B,)
    without = dossier_of(group(*FIVE), covering(A, B, subject="BIA"), shares=SHARES)
    assert found(without, both).covered == ()


def test_the_mandatory_pieces_count_where_none_is_marked() -> None:
    asked = objective(expected("M", mandatory=True), expected("X"), share=66)
    state = dossier_of(group(*FIVE), covering(A, subject="M"), covering(B, subject="X"))
    assert found(state, asked).covered == (A,)


def test_an_expired_piece_covers_nobody() -> None:
    asked = objective(expected("P", months=12, per_entity=True), share=66)
    old = covering(A, effective=TODAY.replace(year=TODAY.year - 2))
    state = dossier_of(group(*FIVE), old, covering(B), shares=SHARES)
    assert found(state, asked).covered == (B,)


@pytest.mark.parametrize(
    ("given_answer", "level", "covered"),
    [
        (answer("I", 3, A, B), 3, (A, B)),
        (answer("I", 3), 3, FIVE),
        (answer("I", 0), 0, ()),
        (answer("I", None, state="unknown"), None, ()),
        (answer("I", None, state="not_applicable"), None, FIVE),
        (answer("I", 3, state="partial"), 3, ()),
        (answer("I", 3, C, state="partial"), 3, (C,)),
        (None, None, ()),
    ],
)
def test_an_answer_says_who_is_covered_too(
    given_answer: object, level: int | None, covered: tuple[str, ...]
) -> None:
    asked = objective(expected("P", per_entity=True), share=66, indicators=("I",))
    answers = [given_answer] if given_answer is not None else []
    state = dossier_of(group(*FIVE), covering(), shares=SHARES, answers=answers)  # type: ignore[arg-type]
    results = {"I": result("I", level, one.state)} if (one := state.answers.get("I")) else {}
    got = coverage("p", asked, state, results, TODAY)
    assert got is not None
    assert got.covered == covered


def test_a_single_hospital_shares_between_its_three_sites() -> None:
    # B 50, C 30, D 20: a test made on C and D weighs 50 %, B alone would bring 100 %.
    state = dossier_of(hospital(B, C, D), covering(C, D), shares={B: "50", C: "30", D: "20"})
    got = found(state)
    assert (got.covered, got.low, got.to_add) == ((C, D), Decimal(50), (B,))


def test_a_document_of_the_legal_entity_covers_its_sites_and_one_of_all_sites_the_entity() -> None:
    state = dossier_of(hospital(B, C, D), covering(A), shares={B: "50", C: "30", D: "20"})
    assert found(state).covered == (B, C, D)
    two = hospital(B, C).entities[0]
    both = group(A, E)
    tree = type(both)("GHT", "GHT", "R", (two, both.entities[1]), ght=True)
    one_site = dossier_of(tree, covering(B), shares={A: "70", E: "30"})
    assert found(one_site).covered == ()
    every_site = dossier_of(tree, covering(B, C), shares={A: "70", E: "30"})
    assert found(every_site).covered == (A,)


def test_a_lone_hospital_with_one_site_has_nothing_to_share() -> None:
    assert coverage("p", PLAN, dossier_of(hospital(B)), {}, TODAY) is None
    assert shares_gap(dossier_of(hospital(B))) == ""


def test_shares_that_do_not_make_a_hundred_are_a_visible_gap() -> None:
    assert shares_gap(dossier_of(group(*FIVE), shares=SHARES)) == ""
    four = {key: share for key, share in SHARES.items() if key != E}
    assert E in shares_gap(dossier_of(group(*FIVE), shares=four))
    short = dossier_of(group(*FIVE), shares={**SHARES, E: "7.5"})
    assert "99,5" in shares_gap(short)
    assert "0,5" in shares_gap(short)


def test_the_objective_says_the_share_once_it_is_known() -> None:
    def judged(*entities: str, shares: dict[str, str]) -> ObjectiveResult:
        state = dossier_of(group(*FIVE), covering(*entities), shares=shares)
        return objectives(programme(PLAN), state, {}, (), TODAY)["O"]

    enough = judged(A, B, shares=SHARES)
    assert enough.state is ObjectiveState.SHOWN
    assert "66\u00a0% sur 66 %" in enough.computed[0]
    short = judged(B, C, shares=SHARES)
    assert short.state is ObjectiveState.MISSING
    assert "40\u00a0% sur 66 %" in short.missing[0]
    unknown = judged(shares={})
    assert unknown.state is ObjectiveState.UNDETERMINED
    assert "à compléter" in unknown.unknown[0]
