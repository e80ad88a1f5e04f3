"""Amounts in euros as people type them, in decimal arithmetic."""

import re
from decimal import Decimal

from care_kit.model.errors import InputError

_FORMAT = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?")
_SPACES = re.compile(r"[\s\u00a0\u202f]")


def euros(text: str) -> Decimal:
    """`12 000,50 €` to Decimal("12000.50"); InputError for anything ambiguous or negative."""
    bare = _SPACES.sub("", text).removesuffix("€").removesuffix("EUR")
    if not _FORMAT.fullmatch(bare):
        raise InputError(
            f"« {text} » n'est pas un montant en euros.",
            "Écrivez par exemple « 12 000,50 » (positif, deux décimales au plus).",
        )
    return Decimal(bare.replace(",", ".")).quantize(Decimal("0.01"))
