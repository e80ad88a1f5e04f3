"""SIREN and SIRET numbers: nine and fourteen digits ending with a Luhn key."""

from care_kit.model.dossier.finess import luhn
from care_kit.model.words.errors import InputError

SIREN_DIGITS, SIRET_DIGITS = 9, 14


def sound(text: str, digits: int) -> bool:
    """True for exactly `digits` digits with a right key."""
    return text.isascii() and text.isdigit() and len(text) == digits and luhn(text) == 0


def siret(text: str) -> str:
    """The fourteen digits of `text` without spaces, or InputError."""
    number = "".join(text.split())
    if not sound(number, SIRET_DIGITS):
        raise InputError(
            f"« {text} » n'est pas un SIRET (quatorze chiffres, clé comprise).",
            "Recopiez le SIRET depuis un avis de situation de l'Insee.",
        )
    return number
