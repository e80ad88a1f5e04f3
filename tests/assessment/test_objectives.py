from datetime import UTC, datetime, timedelta

import pytest

from care_kit.assessment.objectives import reading_gap
from care_kit.model.dossier import ReadingRecord
from care_kit.model.programme import ReadingRule
from care_kit.model.vocabulary import ProbeKind

RULE = ReadingRule(ProbeKind.EXPOSURE, count=2, min_days=45, max_days=60)
START = datetime(2026, 1, 1, tzinfo=UTC)


def reading(days: int, *, complete: bool = True) -> ReadingRecord:
    at = START + timedelta(days=days)
    return ReadingRecord(str(days), ProbeKind.EXPOSURE, at, at, complete, "", "")


@pytest.mark.parametrize(
    ("days", "accepted"), [(44, False), (45, True), (60, True), (61, False), (0, False)]
)
def test_the_window_is_inclusive(days: int, accepted: bool) -> None:
    gap = reading_gap(RULE, (reading(0), reading(days)))
    assert (gap == "") is accepted
    if not accepted:
        assert str(days) in gap


def test_one_reading_is_not_two() -> None:
    assert "1" in reading_gap(RULE, (reading(0),))


def test_an_incomplete_reading_proves_nothing() -> None:
    assert reading_gap(RULE, (reading(0), reading(50, complete=False))) != ""


def test_the_readings_must_follow_each_other() -> None:
    # 0 -> 30 -> 50: no successive pair is 45 to 60 days apart.
    assert reading_gap(RULE, (reading(0), reading(30), reading(50))) != ""
