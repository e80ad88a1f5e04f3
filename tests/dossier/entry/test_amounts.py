"""Amounts as people type them."""

from decimal import Decimal

import pytest

from care_kit.dossier.entry.amounts import euros
from care_kit.model.words.errors import InputError


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12 000,50 €", "12000.50"),
        ("12\u202f000,50\u00a0€", "12000.50"),
        ("12000.5", "12000.50"),
        ("1 234 567 EUR", "1234567"),
        ("0,01", "0.01"),
    ],
)
def test_french_and_plain_forms_are_read_exactly(typed: str, amount: str) -> None:
    assert euros(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["1e9", "-5", "12,000", "1.200,50", "1 2,5", "12 00", "", "€", "douze", "NaN", "1,234"]
)
def test_what_could_be_read_two_ways_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="n'est pas un montant"):
        euros(typed)
