"""Dates as people type them: four digits for the year, so that none reads two ways."""

from datetime import date, datetime, timedelta

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


def refuse_future(when: date | None, what: str) -> None:
    """InputError for a day after tomorrow (another time zone may already be there): a slip.

    The journal keeps everything: a date in the future would stand as the latest for years.
    """
    if when is not None and when > date.today() + timedelta(days=1):
        raise InputError(
            f"{what[0].upper()}{what[1:]} est dans le futur ({when:%d/%m/%Y}).",
            "Vérifiez l'année, puis recommencez.",
        )
