"""Dates as people type them: four digits for the year, so that none reads two ways."""

from datetime import date, datetime

from care_kit.model.errors import InputError


def day(text: str, what: str) -> date:
    """`AAAA-MM-JJ` or `JJ/MM/AAAA` to a date; InputError otherwise, `what` telling its use."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise InputError(
        f"« {text} » n'est pas une date pour {what}.",
        "Écrivez AAAA-MM-JJ ou JJ/MM/AAAA, par exemple 2026-03-31.",
    )
