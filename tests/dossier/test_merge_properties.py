"""Random histories of copies that fork, write and merge: whatever the road, the same dossier."""

from dataclasses import dataclass, field
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from care_kit.dossier.folding.fold import Folding, fold
from care_kit.dossier.journal import events
from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.graph import Ancestry, Journal, heads, ordered
from care_kit.model.dossier.state import DossierState
from tests.dossier.folding.test_disputes import CONTRARY, LAST, LATER, spent
from tests.dossier.journal.samples import CREATED, answer, record

ROOT = record(CREATED)
WORDS: list[events.Event] = [
    *(answer(f"Q{key}", level) for key in range(2) for level in (1, 3)),
    events.AnswerWithdrawn("Q0"),
    events.Commented("Q0", "mot"),
    *(one for _, *both in CONTRARY for one in both),
    spent("C", 950, "A"),
    events.SpendingWithdrawn("A", "erreur"),
]
MOMENTS = [ROOT.at, LATER, LAST, "1975-01-01T00:00:00.000+00:00"]


@dataclass
class Copy:
    """A dossier without a file: what it knows, in the order it came, folded as it comes."""

    journal: Journal = field(default_factory=Journal)
    folding: Folding = field(default_factory=Folding)

    def take(self, records: list[Record]) -> None:
        new = [one for one in records if one.hash not in self.journal]
        if self.journal.take(new):
            self.folding.take(new)
        else:
            self.folding = Folding()
            self.folding.take(self.journal.told)

    @property
    def state(self) -> DossierState:
        return self.folding.state()


steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("write"),
            st.integers(0, 3),
            st.sampled_from(range(len(WORDS))),
            st.sampled_from(MOMENTS),
        ),
        st.tuples(st.just("merge"), st.integers(0, 3), st.integers(0, 3), st.just("")),
    ),
    max_size=30,
)


def history(chosen: list[tuple[str, int, int, str]]) -> list[Copy]:
    """Four copies after these steps; a merge takes what the other copy knew then."""
    copies = [Copy() for _ in range(4)]
    for one in copies:
        one.take([ROOT])
    for rank, (kind, who, what, at) in enumerate(chosen):
        if kind == "merge":
            copies[who].take(list(copies[what].journal.told))
        else:
            draft = record(WORDS[what], at=at, name=f"{rank}", author=f"Auteur {who}")
            copies[who].take(copies[who].journal.placed([draft]))
    return copies


def united(*copies: Copy) -> Copy:
    made = Copy()
    for one in copies:
        made.take(list(one.journal.told))
    return made


@settings(max_examples=150, deadline=None)
@given(steps)
def test_the_union_is_commutative_associative_idempotent_and_loses_nothing(
    chosen: list[tuple[str, int, int, str]],
) -> None:
    a, b, c, d = history(chosen)
    every = united(a, b, c, d)
    for made in (united(d, c, b, a), united(united(a, b), united(c, d)), united(every, a, every)):
        assert made.journal.told == every.journal.told
        assert made.journal.heads == every.journal.heads
        assert made.state == every.state
    known = {one.hash for copy in (a, b, c, d) for one in copy.journal.told}
    assert {one.hash for one in every.journal.told} == known


@settings(max_examples=150, deadline=None)
@given(steps, st.randoms(use_true_random=False))
def test_the_state_is_that_of_the_set_whatever_the_road(
    chosen: list[tuple[str, int, int, str]], chance: "object"
) -> None:
    for copy in history(chosen):
        told = list(copy.journal.told)
        getattr(chance, "shuffle")(told)  # noqa: B009
        again = ordered(told)
        assert again == copy.journal.told
        assert fold(again) == copy.state
        assert heads(told) == copy.journal.heads
        Journal().take(again)  # it verifies line by line


@settings(max_examples=100, deadline=None)
@given(steps)
def test_a_conflict_is_words_that_did_not_know_each_other(
    chosen: list[tuple[str, int, int, str]],
) -> None:
    every = united(*history(chosen))
    ancestry = Ancestry()
    for one in every.journal.told:
        ancestry.add(one)
    for dispute in every.state.disputes:
        for first, second in combinations(dispute.candidates, 2):
            assert not ancestry.follows(first.record, second.record)
            assert not ancestry.follows(second.record, first.record)
        assert dispute.standing in {one.record for one in dispute.candidates}


@settings(max_examples=100, deadline=None)
@given(steps)
def test_who_knew_whom_is_what_the_parents_say(chosen: list[tuple[str, int, int, str]]) -> None:
    every = united(*history(chosen))
    ancestry = Ancestry()
    above: dict[str, set[str]] = {}
    for one in every.journal.told:
        ancestry.add(one)
        above[one.hash] = {one.hash}.union(*(above[parent] for parent in one.parents))
    for one in every.journal.told:
        for other in every.journal.told:
            assert ancestry.follows(one.hash, other.hash) == (other.hash in above[one.hash])
