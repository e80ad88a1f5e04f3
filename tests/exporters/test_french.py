"""Numbers, dates and amounts as French readers write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from care_kit.model.results.assessment import Interval
from care_kit.model.results.wording import interval
from care_kit.model.words import french


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (french.euros(Decimal("12000.5")), "12\u202f000,50\u00a0€"),
        (french.euros(Decimal("0.005")), "0,01\u00a0€"),
        (french.number(1234567), "1\u202f234\u202f567"),
        (french.percent(0.999), "99\u00a0%"),
        (french.percent(1), "100\u00a0%"),
        (interval(Interval(1, 1)), "1"),
        (interval(Interval(0.5, 2)), "0,5\u00a0à\u00a02"),
        (interval(None), "sans objet"),
        (french.day(date(2026, 1, 2)), "02/01/2026"),
        (french.day(None), "non datée"),
        (french.instant(datetime(2026, 1, 2, 3, 4, tzinfo=UTC)), "02/01/2026 à 03:04\u00a0UTC"),
        (french.seconds(3.25), "3,3\u00a0s"),
        (french.seconds(247), "4\u00a0min\u00a007\u00a0s"),
        (french.octets(12), "12\u00a0o"),
        (french.octets(1_500_000), "1,5\u00a0Mo"),
        (french.counted(0, "pièce"), "0\u00a0pièce"),
        (french.counted(2, "pièce"), "2\u00a0pièces"),
        (french.cut("abcdef", 4), "abc…"),
    ],
)
def test_it_reads_as_in_french(made: str, expected: str) -> None:
    assert made == expected
