"""Dates as people type them: four digits for the year, so that none reads two ways."""

from datetime import date, datetime

from care_kit.model.words.errors import InputError

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Outside of these years a date is a slip of the keyboard."""


def day(text: str, what: str) -> date:
    """`AAAA-MM-JJ` or `JJ/MM/AAAA` to a date; InputError otherwise, `what` telling its use."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            found = datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
        if FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
    raise InputError(
        f"« {text} » n'est pas une date pour {what}.",
        f"Écrivez AAAA-MM-JJ ou JJ/MM/AAAA (par exemple 2026-03-31), de {FIRST_YEAR} à "
        f"{LAST_YEAR}.",
    )
