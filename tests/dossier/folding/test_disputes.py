"""What two copies say without knowing each other: added, agreed, or in conflict until chosen."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from care_kit.dossier.folding import registers
from care_kit.dossier.folding.fold import fold
from care_kit.dossier.folding.migration import migration
from care_kit.dossier.journal import events, graph
from care_kit.dossier.journal.chain import Record
from care_kit.model.dossier.money import ActionState, SpendingKind
from care_kit.model.dossier.reported import ReportedStatus
from care_kit.model.dossier.state import Dispute, DossierState
from care_kit.model.words.vocabulary import AnswerState, PeriodKind
from tests.dossier.journal.samples import CREATED, HOSPITAL, answer, record

ROOT = record(CREATED)
LATER = "2026-03-02T08:00:00.000+00:00"
LAST = "2026-03-09T08:00:00.000+00:00"


def test_every_kind_of_event_says_how_it_merges() -> None:
    assert set(events.KINDS.values()) == registers.ADDITIVE | set(registers.LAST_WORD)
    assert not registers.ADDITIVE & set(registers.LAST_WORD)


def test_every_key_is_seen_in_conflict_below() -> None:
    families = {key[0] for _, *both in CONTRARY for one in both for key in registers.keys(one)}
    kinds = {type(one) for _, *both in CONTRARY for one in both}
    assert set(registers.LAST_WORD) - kinds == {events.FindingReported}, "it only begins a key"
    assert families == {family for family, *_ in CONTRARY}


def side_by_side(*said: events.Event, after: tuple[Record, ...] = (ROOT,)) -> list[Record]:
    """Each event said on a copy of its own, which knew only what came before."""
    return [
        record(one, after[-1:], name=f"copy-{rank}-{one!r}"[:90], author=f"Auteur {rank}")
        for rank, one in enumerate(said)
    ]


def state_of(*records: Record) -> DossierState:
    """The state, the same in whatever order the records came."""
    found = fold(graph.ordered(records))
    for shuffled in list(permutations(records))[:24]:
        assert fold(graph.ordered(shuffled)) == found
    return found


def the_dispute(state: DossierState) -> Dispute:
    (found,) = state.disputes
    return found


def spent(name: str, amount: int, replaces: str = "", number: str = "") -> events.SpendingRecorded:
    kind = SpendingKind.INVOICE if number else SpendingKind.QUOTE
    return events.SpendingRecorded(
        *(name, "d1", "", "audit", Decimal(amount)),
        kind=kind,
        number=number,
        supplier="Prestataire",
        replaces=replaces,
    )


DAY, OTHER = date(2026, 1, 1), date(2026, 12, 31)
CONTRARY: list[tuple[str, events.Event, events.Event]] = [
    ("answer", answer("Q1", 1), answer("Q1", 4)),
    ("answer", answer("Q1", 2, "un mot"), answer("Q1", 2, "un autre")),
    ("answer", answer("Q1", 3), events.AnswerWithdrawn("Q1")),
    ("explanation", events.ConflictExplained("Q1", "a"), events.ConflictExplained("Q1", "b")),
    ("mark", events.ReviewMarked("Q1", True), events.ReviewMarked("Q1", False)),
    ("scope", events.ScopeSigned("ab", "A", "DG", DAY), events.ScopeSigned("ab", "B", "DSI", DAY)),
    ("questionnaire", events.QuestionnaireChosen("a"), events.QuestionnaireChosen("b")),
    ("programme", events.ProgrammeFollowed("d1", True), events.ProgrammeFollowed("d1", False)),
    (
        "share",
        events.ActivityShareRecorded("9", Decimal(30), "SAE"),
        events.ActivityShareRecorded("9", Decimal(40), "SAE"),
    ),
    (
        "headcount",
        events.HeadcountRecorded("9", 2025, 10, 0, "SAE"),
        events.HeadcountRecorded("9", 2025, 90, 0, "SAE"),
    ),
    (
        "period",
        events.PeriodNotified("d1", PeriodKind.ELIGIBLE, DAY, DAY, "courrier"),
        events.PeriodNotified("d1", PeriodKind.ELIGIBLE, DAY, OTHER, "courrier"),
    ),
    (
        "ceiling",
        events.CeilingNotified("d1", Decimal(1000), "courrier"),
        events.CeilingNotified("d1", Decimal(9000), "courrier"),
    ),
    ("spending", spent("A", 900, "devis"), spent("B", 1100, "devis")),
    ("spending", events.SpendingWithdrawn("devis", "abandon"), spent("B", 1100, "devis")),
    ("invoice", spent("A", 900, number="F 12"), spent("B", 1100, number="f12")),
    (
        "action",
        events.ActionPlanned("a", "Former", state=ActionState.DONE),
        events.ActionWithdrawn("a", "inutile"),
    ),
    (
        "reported",
        events.ReportedFindingFollowed("f", ReportedStatus.FIXED, DAY),
        events.ReportedFindingFollowed("f", ReportedStatus.PERSISTENT, DAY),
    ),
    ("reading", events.ReadingChosen("r", True), events.ReadingChosen("r", False)),
    (
        "establishment",
        events.EstablishmentCorrected(HOSPITAL, "Mme Aubrac"),
        events.EstablishmentCorrected(HOSPITAL, "M. Hébrard"),
    ),
    (
        "migration",
        events.QuestionnaireMigrated({"socle": 2}, {}, {"Q1": "x"}, ()),
        events.QuestionnaireMigrated({"socle": 2}, {}, {"Q2": "x"}, ()),
    ),
]


@pytest.mark.parametrize("family, one, other", CONTRARY, ids=[one[0] for one in CONTRARY])
def test_contrary_words_are_a_conflict_that_a_new_event_ends(
    family: str, one: events.Event, other: events.Event
) -> None:
    quote = record(spent("devis", 1000), [ROOT], name="quote")
    both = side_by_side(one, other, after=(ROOT, quote))
    found = the_dispute(state_of(ROOT, quote, *both))
    assert found.family == family and found.title
    assert {each.author for each in found.candidates} == {"Auteur 0", "Auteur 1"}
    if family not in ("spending", "invoice"):  # lines add up: see below how those end
        ended = record(one, both, at=LAST, name="ended")
        assert not state_of(ROOT, quote, *both, ended).disputes


@pytest.mark.parametrize("family, one, other", CONTRARY, ids=[one[0] for one in CONTRARY])
def test_the_same_word_twice_is_an_agreement(
    family: str, one: events.Event, other: events.Event
) -> None:
    quote = record(spent("devis", 1000), [ROOT], name="quote")
    assert not state_of(ROOT, quote, *side_by_side(one, one, after=(quote,))).disputes


def test_one_who_knew_the_other_is_no_conflict() -> None:
    first = record(answer("Q1", 1), [ROOT])
    second = record(answer("Q1", 4), [first], at="1999-01-01T00:00:00.000+00:00")
    state = state_of(ROOT, first, second)
    assert not state.disputes and state.answers["Q1"].level == 4, "clocks decide of nothing"


def test_what_adds_up_adds_up() -> None:
    piece = events.EvidenceAdded("p", "a", "A", "text/plain", 1, "00", None, ("Q1",))
    other = events.EvidenceAdded("q", "b", "B", "text/plain", 1, "11", None, ("Q1",))
    said = side_by_side(piece, other, events.Commented("Q1", "un"), events.Commented("Q1", "deux"))
    state = state_of(ROOT, *said)
    assert set(state.evidence) == {"p", "q"}
    assert {one.text for one in state.comments} == {"un", "deux"}
    assert not state.disputes


def test_a_piece_withdrawn_on_one_copy_is_withdrawn() -> None:
    piece = events.EvidenceAdded("p", "a", "A", "text/plain", 1, "00", None, ("Q1",))
    added = record(piece, [ROOT])
    gone = side_by_side(events.EvidenceWithdrawn("p", "périmée"), answer("Q1", 3), after=(added,))
    state = state_of(ROOT, added, *gone)
    assert not state.evidence and state.answers["Q1"].level == 3


def test_the_answer_that_helps_least_counts_meanwhile() -> None:
    unsure = events.AnswerGiven("socle", 1, "Q1", AnswerState.UNKNOWN)
    out = events.AnswerGiven("socle", 1, "Q1", AnswerState.NOT_APPLICABLE, reason="aucun")
    levels = side_by_side(answer("Q1", 4), answer("Q1", 1), answer("Q1", 3))
    assert state_of(ROOT, *levels).answers["Q1"].level == 1
    assert state_of(ROOT, *side_by_side(answer("Q1", 0), unsure)).answers["Q1"].level is None
    kept = state_of(ROOT, *side_by_side(out, answer("Q1", 4))).answers["Q1"]
    assert kept.state is AnswerState.ANSWERED
    withdrawn = side_by_side(answer("Q1", 4), events.AnswerWithdrawn("Q1"))
    assert "Q1" not in state_of(ROOT, *withdrawn).answers


def test_money_in_conflict_is_counted_once_and_at_the_least() -> None:
    quote = record(spent("devis", 1000), [ROOT])
    both = side_by_side(spent("A", 900, "devis"), spent("B", 1100, "devis"), after=(quote,))
    assert [one.id for one in state_of(ROOT, quote, *both).spending] == ["A"]
    gone = side_by_side(
        events.SpendingWithdrawn("devis", ""), spent("B", 1100, "devis"), after=(quote,)
    )
    assert not state_of(ROOT, quote, *gone).spending
    twice = side_by_side(spent("A", 900, number="F1"), spent("B", 900, number="F1"))
    assert len(state_of(ROOT, *twice).spending) == 1, "an invoice typed on both copies"


def test_a_line_withdrawn_ends_the_conflict_it_made() -> None:
    quote = record(spent("devis", 1000), [ROOT])
    both = side_by_side(spent("A", 900, "devis"), spent("B", 1100, "devis"), after=(quote,))
    chosen = record(events.SpendingWithdrawn("A", "erreur"), both, at=LAST)
    state = state_of(ROOT, quote, *both, chosen)
    assert not state.disputes and [one.id for one in state.spending] == ["B"]


def test_a_line_corrected_meanwhile_keeps_the_conflict_of_the_first() -> None:
    quote = record(spent("devis", 1000), [ROOT])
    first, other = side_by_side(spent("A", 900, "devis"), spent("B", 1100, "devis"), after=(quote,))
    corrected = record(spent("C", 950, "A"), [first], at=LATER)
    state = state_of(ROOT, quote, first, other, corrected)
    assert [one.id for one in state.spending] == ["C"]
    assert {one.author for one in the_dispute(state).candidates} == {"Camille Lune", "Auteur 1"}


def test_two_conflicts_on_one_line_never_count_two() -> None:
    quote = record(spent("devis", 1000), [ROOT])
    three = side_by_side(
        spent("A", 900, "devis", "F1"), spent("B", 950, "devis"), spent("C", 800, "", "F1"),
        after=(quote,),
    )  # fmt: skip
    state = state_of(ROOT, quote, *three)
    assert len(state.disputes) == 2 and [one.id for one in state.spending] == ["C"]


@pytest.mark.parametrize("answered_at", [ROOT.at, LAST])
def test_an_answer_given_while_another_copy_migrated_is_still_to_be_read(answered_at: str) -> None:
    """Whatever the clocks say: nobody went over that answer."""
    known = record(answer("Q1", 1), [ROOT], name="known")
    moved = events.QuestionnaireMigrated({"socle": 2}, {"Q1": "socle"}, {"Q2": "x"}, ("Q2",))
    migrated = record(moved, [known], at=LATER)
    said = [
        record(answer(key, 3), [known], at=answered_at, name=f"meanwhile-{key}")
        for key in ("Q1", "Q2")
    ]
    state = state_of(ROOT, known, migrated, *said)
    assert state.answers["Q1"].questionnaire_version == 1
    assert state.migration is not None
    assert not state.migration.to_review and not state.migration.gone
    assert migration(state, {}).waiting


def test_two_migrations_that_differ_are_asked_again() -> None:
    both = side_by_side(CONTRARY[-1][1], CONTRARY[-1][2])
    state = state_of(ROOT, *both)
    assert state.migration is None and the_dispute(state).family == "migration"


def test_withheld_texts_are_told_apart_all_the_same() -> None:
    one, other = side_by_side(answer("Q1", 2, "un mot"), answer("Q1", 2, "un autre"))
    clear = the_dispute(state_of(ROOT, one, other))
    hidden = the_dispute(state_of(ROOT, *(each.without(["comment"]) for each in (one, other))))
    assert hidden.standing == clear.standing
    assert "mot" not in str(hidden)


def test_the_state_holds_a_field_for_each_part_of_the_draft() -> None:
    from care_kit.dossier.folding.draft import Draft

    beside = {"head", "events", "disputes"}
    drafted = {one.name for one in fields(Draft)}
    assert {one.name for one in fields(DossierState)} - drafted == beside
