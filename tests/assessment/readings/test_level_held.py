"""The level held between two readings: an official window, a threshold that is a hypothesis."""

from dataclasses import replace

import pytest

from care_kit.assessment.readings.level_held import best_pair, level_held, window_of
from care_kit.catalog.content import load
from care_kit.catalog.level_held import load_threshold
from care_kit.model.results.comparison import ReadingCounts
from care_kit.model.results.level_held import Held, LevelHeld
from care_kit.model.words.errors import ContentError, InputError
from care_kit.model.words.vocabulary import Provenance
from tests.assessment.readings.samples import counted

D1 = load().programmes["d1"]
WINDOW = window_of(D1)
THRESHOLD = load_threshold()


def held(before: ReadingCounts, after: ReadingCounts, *between: ReadingCounts) -> LevelHeld:
    return level_held((before, after), (before, *between, after), WINDOW, THRESHOLD)


def test_the_window_comes_from_the_programme() -> None:
    assert (WINDOW.objective, WINDOW.min_days, WINDOW.max_days) == ("D1.O2.B", 45, 60)


def test_a_programme_without_a_window_is_refused() -> None:
    with pytest.raises(ContentError, match="ne demande pas d'écart"):
        window_of(replace(D1, objectives=()))


def test_the_shipped_threshold_is_a_hypothesis_with_its_source() -> None:
    assert (THRESHOLD.label, THRESHOLD.max_critical, THRESHOLD.max_high) == ("hypothèse", 0, None)
    assert THRESHOLD.provenance is Provenance.PROPOSED
    assert "n'a pas été retrouvé" in THRESHOLD.source


@pytest.mark.parametrize(
    ("days", "verdict"),
    [(44, Held.NOT_HELD), (45, Held.HELD), (60, Held.HELD), (61, Held.NOT_HELD)],
)
def test_the_bounds_of_the_window_are_included(days: int, verdict: Held) -> None:
    result = held(counted(0), counted(days))
    assert (result.gap_days, result.verdict) == (days, verdict)


@pytest.mark.parametrize("days", [0, 50])
def test_one_critical_failure_at_either_date_is_enough(days: int) -> None:
    before, after = (counted(day, critical=int(day == days)) for day in (0, 50))
    result = held(before, after)
    assert result.verdict is Held.NOT_HELD
    assert "1\u00a0échec de gravité critique, pour 0\u00a0toléré" in result.reasons[0]


def test_high_failures_count_only_when_the_hypothesis_says_so() -> None:
    pair = (counted(0, high=3), counted(50))
    assert held(*pair).verdict is Held.HELD
    stricter = replace(THRESHOLD, max_high=2)
    assert level_held(pair, pair, WINDOW, stricter).verdict is Held.NOT_HELD


def test_what_was_not_tested_is_a_reserve_never_a_pass() -> None:
    result = held(counted(0), counted(50, unseen=2))
    assert result.verdict is Held.RESERVED
    assert "2\u00a0contrôles non testés de gravité critique" in result.reserves[0]


def test_a_bad_reading_in_between_is_a_reserve() -> None:
    result = held(counted(0), counted(50), counted(25, critical=1))
    assert (result.verdict, len(result.between)) == (Held.RESERVED, 1)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"view": "interne"}, "ce qu'internet voit"),
        ({"view": ""}, "non précisée"),
        ({"complete": False}, "incomplet"),
        ({"replayed": True}, "rejoué"),
    ],
)
def test_a_reading_that_proves_nothing_is_refused_with_the_reason(
    changes: dict[str, object], why: str
) -> None:
    useless = counted(50, **changes)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=why):
        held(counted(0), useless)
    with pytest.raises(InputError, match=why):
        best_pair((counted(0), useless), WINDOW)


def test_the_latest_pair_in_the_window_is_chosen() -> None:
    history = [counted(day) for day in (0, 30, 50, 55)]
    before, after = best_pair(history, WINDOW)
    assert (before.reading, after.reading) == ("r-0", "r-55")


def test_two_targets_are_never_paired_by_themselves() -> None:
    history = [counted(0), counted(50, target="autre.example")]
    with pytest.raises(InputError, match="même cible"):
        best_pair(history, WINDOW)
    result = held(*history)
    assert (result.verdict, len(result.reserves)) == (Held.RESERVED, 1)


def test_without_a_pair_in_the_window_the_last_two_are_shown() -> None:
    before, after = best_pair([counted(day) for day in (0, 100, 110)], WINDOW)
    assert (before.reading, after.reading) == ("r-100", "r-110")
