"""FINESS numbers: format and check digit.

A FINESS number has nine characters: the department (two characters, `2A` and `2B` for Corsica,
`9x` overseas), an order number and a final key. The key is the modulo-10 (Luhn) one, as observed on
published numbers. How the letters of the Corsican departments enter the key could not be sourced,
so for those two departments only the format is checked and `key_checked` says so.
"""

import re

from care_kit.model.words.errors import InputError

_FORMAT = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{7}")


def key_checked(number: str) -> bool:
    """True when the key of this well-formed number can be verified (false for Corsica)."""
    return number.isdigit()


def normalise(text: str, what: str = "FINESS") -> str:
    """Return the nine characters of `text` without spaces, or raise InputError.

    `what` names the number in the message ("FINESS EJ", "FINESS EG").
    """
    number = re.sub(r"[\s.\u00a0]", "", text).upper()
    if not _FORMAT.fullmatch(number):
        raise InputError(
            f"Le numéro {what} « {text} » n'a pas la forme attendue (neuf caractères : "
            "département puis sept chiffres).",
            "Recopiez le numéro depuis finess.esante.gouv.fr.",
        )
    if key_checked(number) and luhn(number) != 0:
        raise InputError(
            f"La clé du numéro {what} « {text} » est fausse : un chiffre est sans doute erroné.",
            "Vérifiez chaque chiffre sur finess.esante.gouv.fr.",
        )
    return number


def luhn(digits: str) -> int:
    """The modulo-10 sum of these digits, 0 when the last one is the right key."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10
