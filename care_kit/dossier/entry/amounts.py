"""Amounts in euros as people type them, in decimal arithmetic."""

import re
from decimal import Decimal

from care_kit.model.words.errors import InputError

# Spaces only between groups of three digits: « 1 2,5 » may be a slip for 12,5 or 102,5.
_FORMAT = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,3}|\d{1,12})(?:[.,](\d{1,2}))?")
_UNIT = re.compile(r"\s*(€|EUR|euros?)$", re.IGNORECASE)


def euros(text: str) -> Decimal:
    """`12 000,50 €` to Decimal("12000.50"); InputError for anything ambiguous or negative."""
    found = _FORMAT.fullmatch(_UNIT.sub("", text.strip()))
    if found is None:
        raise InputError(
            f"« {text} » n'est pas un montant en euros.",
            "Écrivez par exemple « 12 000,50 » (positif, deux décimales au plus).",
        )
    whole = re.sub(r"\D", "", found[1])
    return Decimal(f"{whole}.{found[2] or '0'}").quantize(Decimal("0.01"))
