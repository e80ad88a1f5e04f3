"""The journal as a graph: heads, order, and what is refused."""

from itertools import permutations

import pytest

from care_kit.dossier.journal import graph
from care_kit.dossier.journal.chain import Record, read
from care_kit.dossier.journal.graph import Ancestry, BrokenJournal, Journal
from tests.dossier.journal.samples import CREATED, answer, record, resealed

ROOT = record(CREATED)
LEFT = record(answer("Q1", 1), [ROOT], name="left", at="2026-03-02T08:00:00.000+00:00")
RIGHT = record(answer("Q1", 3), [ROOT], name="right", at="2026-03-01T09:00:00.000+00:00")
JOINED = record(answer("Q2", 2), [LEFT, RIGHT], name="joined", at="2026-03-03T08:00:00.000+00:00")
AFTER = record(answer("Q3", 2), [JOINED], name="after", at="2026-03-02T00:00:00.000+00:00")
EVERY = (ROOT, RIGHT, LEFT, JOINED, AFTER)


def test_a_record_names_every_head_and_only_the_last_is_a_head() -> None:
    assert graph.heads([ROOT, LEFT, RIGHT]) == tuple(sorted((LEFT.hash, RIGHT.hash)))
    assert graph.heads(EVERY) == (AFTER.hash,)
    assert JOINED.seq == 3 and set(JOINED.parents) == {LEFT.hash, RIGHT.hash}


def test_the_order_depends_on_the_records_alone() -> None:
    for shuffled in permutations(EVERY):
        assert graph.ordered(shuffled) == list(EVERY), "by moment between branches, never above"


def test_the_next_records_follow_every_head_then_one_another() -> None:
    journal = Journal()
    journal.take([ROOT, LEFT, RIGHT])
    first, second = journal.placed([record(answer("Q4", 1)), record(answer("Q5", 1))])
    assert set(first.parents) == {LEFT.hash, RIGHT.hash}
    assert second.parents == (first.hash,)
    assert journal.take([first, second])
    assert journal.heads == (second.hash,)


def test_a_line_read_back_is_the_record() -> None:
    for one in EVERY:
        assert read(one.line()) == one
    assert '"also"' not in LEFT.line(), "a record with one parent is written as it always was"


def test_who_knew_of_whom() -> None:
    ancestry = Ancestry()
    for one in EVERY:
        ancestry.add(one)
    assert ancestry.follows(JOINED.hash, LEFT.hash) and ancestry.follows(AFTER.hash, RIGHT.hash)
    assert not ancestry.follows(LEFT.hash, RIGHT.hash)
    assert not ancestry.follows(RIGHT.hash, LEFT.hash)
    assert not ancestry.follows(ROOT.hash, LEFT.hash)
    with pytest.raises(ValueError, match="twice"):
        ancestry.add(LEFT)  # each would begin a run, and the fold would grow as the square


def test_what_a_state_rested_on_is_found_again() -> None:
    assert graph.before(EVERY, [LEFT.hash]) == [ROOT, LEFT]
    assert graph.before(EVERY, [AFTER.hash]) == list(EVERY)


def test_a_clock_that_went_back_is_told_and_breaks_nothing() -> None:
    assert graph.backwards(EVERY) == (5,)
    assert "n° 5" in graph.told_backwards((5,)) and "horloge" in graph.told_backwards((5,))
    assert graph.told_backwards(()) == ""


FAULTS: list[tuple[str, list[Record], str]] = [
    ("no beginning", [LEFT], "ne suit pas"),
    ("two beginnings", [ROOT, record(CREATED, name="other")], "ne suit pas"),
    ("a parent told later", [ROOT, JOINED, LEFT, RIGHT], "ne suit pas"),
    ("twice", [ROOT, LEFT, LEFT], "deux fois"),
    ("content changed", [ROOT, Record(**{**vars(LEFT), "kind": "Commented"})], "a changé"),
    ("another rank", [ROOT, resealed(LEFT, seq=7)], "porte le n° 7"),
    ("parents twice", [ROOT, resealed(LEFT, also=(ROOT.hash,))], "dans l'ordre"),
    (
        "parents not sorted",
        [ROOT, LEFT, RIGHT, (mid := record(answer("Q", 1), [ROOT], name="mid")),
         resealed(JOINED, also=tuple(sorted({mid.hash, *JOINED.also}, reverse=True)))],
        "dans l'ordre",
    ),
    ("a level hidden", [ROOT, resealed(LEFT.without(["level"]), salts={"level": "0" * 32})],
     "masque"),
]  # fmt: skip


@pytest.mark.parametrize("why, records, told", FAULTS, ids=[one[0] for one in FAULTS])
def test_what_does_not_hold_is_named(why: str, records: list[Record], told: str) -> None:
    with pytest.raises(BrokenJournal) as caught:
        Journal().take(records)
    assert told in caught.value.why


def test_an_event_cannot_exhaust_a_station_with_parents() -> None:
    many = [record(answer("Q", 1), [ROOT], name=str(number)) for number in range(70)]
    with pytest.raises(BrokenJournal, match="branches"):
        Journal().take([ROOT, *many, record(answer("Q", 2), many)])


def test_a_journal_made_to_exhaust_a_station_is_refused_before_it_does() -> None:
    """Each event alone is sound: thousands of branches, brought together one by one."""
    branches = [record(answer("Q", 1), [ROOT], name=f"b{number}") for number in range(2_500)]
    ancestry, last = Ancestry(), ROOT
    for one in (ROOT, *branches):
        ancestry.add(one)
    with pytest.raises(ValueError, match="branches"):
        for number, branch in enumerate(branches):
            last = record(answer("Q", 2), [last, branch], name=f"m{number}")
            ancestry.add(last)
