"""Names and texts withheld without changing a hash, shown with their proof, never forged."""

from dataclasses import fields, replace
from typing import get_type_hints

import pytest

from care_kit.dossier.folding.fold import WITHHELD, event_of, fold
from care_kit.dossier.journal import commitments, events
from care_kit.dossier.journal.chain import Record, intact, read
from care_kit.dossier.journal.commitments import AUTHOR, FREE_TEXTS
from care_kit.dossier.journal.graph import BrokenJournal, Journal
from tests.dossier.journal.samples import CREATED, KEY, answer, record, resealed

ROOT = record(CREATED)
SAID = record(answer("Q1", 2, comment="vu avec le docteur Hébrard"), [ROOT])
HIDDEN = SAID.without([AUTHOR, "comment"])

IDENTIFIERS = {
    *("questionnaire", "indicator", "wording", "evidence_id", "media_type", "sha512"),
    *("reading_id", "facts_sha512", "statement_sha512", "scope_sha256", "acceptance_id", "check"),
    *("object_digest", "programme", "finess", "finess_eg", "spending_id", "objective", "entity"),
    *("replaces", "action_id", "result_id", "tool", "source_sha512", "result_sha512"),
    *("finding_id", "dossier_id"),
}
"""Fields of events that hold what care-kit names, never what a person typed."""


@pytest.mark.parametrize("kind", events.KINDS.values(), ids=list(events.KINDS))
def test_every_text_of_an_event_may_be_withheld_or_is_an_identifier(
    kind: type[events.Event],
) -> None:
    hints = get_type_hints(kind)
    texts = {one.name for one in fields(kind) if hints[one.name] is str}
    assert texts - IDENTIFIERS == set(FREE_TEXTS.get(kind.__name__, ()))


def test_a_withheld_line_keeps_its_hash_and_shows_nothing() -> None:
    assert HIDDEN.hash == SAID.hash and intact(HIDDEN)
    assert "Hébrard" not in HIDDEN.line() and "Lune" not in HIDDEN.line()
    assert not {*SAID.salts.values()} & {*HIDDEN.salts.values()}, "no salt of a withheld text"
    assert read(HIDDEN.line()) == HIDDEN


def test_a_withheld_journal_folds_to_the_same_levels() -> None:
    state = fold([ROOT.without([AUTHOR]), HIDDEN])
    told = state.answers["Q1"]
    assert (told.level, told.author, told.comment) == (2, WITHHELD, WITHHELD)
    assert state.head == fold([ROOT, SAID]).head


def test_each_text_is_withheld_alone() -> None:
    half = SAID.without(["comment"])
    assert half.author == "Camille Lune" and intact(half)
    assert event_of(half) == answer("Q1", 2, comment=WITHHELD)


def test_records_made_before_keep_their_hash_and_say_they_cannot_hide() -> None:
    before = resealed(SAID, salts={})
    assert before.covered()["author"] == "Camille Lune"
    assert before.without([AUTHOR, "comment"]) == before


@pytest.mark.parametrize(
    "forged",
    [
        replace(HIDDEN, author="Jean Faux"),
        replace(HIDDEN, payload={**HIDDEN.payload, "comment": "tout va bien"}),
        replace(SAID, payload={**SAID.payload, "comment": "tout va bien"}),
        replace(SAID, author="Jean Faux"),
        replace(SAID, salts={**SAID.salts, AUTHOR: "00" * 16}),
        replace(SAID, salts={**SAID.salts, AUTHOR: "00"}),
        replace(SAID, salts={**SAID.salts, AUTHOR: "zz" * 16}),
        replace(SAID, salts={**SAID.salts, "absent": "00" * 16}),
        replace(SAID, salts={}),
        replace(HIDDEN, withheld={}),
        replace(HIDDEN, salts={AUTHOR: "00" * 16}),
    ],
)
def test_a_forged_text_does_not_hold(forged: Record) -> None:
    with pytest.raises(BrokenJournal, match="a changé"):
        Journal().take([ROOT, forged])


def test_what_decides_the_figures_may_not_be_withheld() -> None:
    payload = {key: one for key, one in SAID.payload.items() if key != "indicator"}
    found = commitments.commitment("00" * 16, "Q1")
    hidden = resealed(SAID, payload=payload, withheld={"indicator": found})
    with pytest.raises(BrokenJournal, match="masque"):
        Journal().take([ROOT, hidden])


def test_salts_tell_nothing_of_one_another() -> None:
    """Derived from the dossier's key, the record and the place: two of them never meet."""
    payload = {"text": "oui"}
    first = commitments.salts(KEY, "1", "Commented", "A", payload)
    other = commitments.salts(KEY, "2", "Commented", "A", payload)
    elsewhere = commitments.salts(b"x" * 32, "1", "Commented", "A", payload)
    every = [*first.values(), *other.values(), *elsewhere.values()]
    assert len(set(every)) == 6
    assert commitments.salts(KEY, "1", "Commented", "A", payload) == first
