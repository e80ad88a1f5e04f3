"""A value typed instead of a level: « oui », « 45/120 », « 37,5 % », « 31/03/2026 », « n=3 ».

A value below every bound is level 0: the sentences of level 0 say « inconnue, ou inférieure à »
the first bound. A level without a bound is never reached by a value, only chosen by a person.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from care_kit.model.errors import InputError
from care_kit.model.months import add_months
from care_kit.model.questionnaire import AnswerForm, AnswerKind

YES_WORDS = ("oui", "o")
NO_WORDS = ("non", "n")

_SPACES = " \u00a0\u202f"
_NUMBER = rf"((?:[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}}){{1,3}}|[0-9]{{1,12}})(?:[.,][0-9]{{1,6}})?)"
_RATIO = re.compile(rf"{_NUMBER}[{_SPACES}]*/[{_SPACES}]*{_NUMBER}")
_PERCENT = re.compile(rf"{_NUMBER}[{_SPACES}]*%")
_COUNT = re.compile(rf"n[{_SPACES}]*=[{_SPACES}]*([0-9]{{1,12}})", re.IGNORECASE)
_DATES = (
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})"),
)


def level_of(form: AnswerForm, typed: str, today: date) -> int | None:
    """The level of `typed`, None when it does not read as a value of this form.

    InputError when it does but makes no sense: nothing to divide by, more than everything, a day
    that does not exist or is yet to come.
    """
    text = typed.strip()
    match form.kind:
        case AnswerKind.YES_NO:
            return _yes_no(form, text.lower())
        case AnswerKind.RATE:
            rate = _rate(text)
            return None if rate is None else _highest(form, lambda bound: rate * 100 >= bound)
        case AnswerKind.DATE:
            day = _day(text, today)
            return None if day is None else level_of_day(form, day, today)
        case AnswerKind.COUNT:
            count = _COUNT.fullmatch(text)
            return _highest(form, lambda bound: int(count[1]) <= bound) if count else None


def day_of(typed: str) -> date | None:
    """The day typed, the first of a month typed without a day (the oldest it can be), or None."""
    found = _date_match(typed.strip())
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found.get("day", "1")))
    except ValueError:
        return None


def level_of_day(form: AnswerForm, day: date, today: date) -> int:
    """The highest level whose greatest age, in months, `day` has not passed on `today`."""
    return _highest(form, lambda bound: today <= add_months(day, int(bound)))


def invitation(form: AnswerForm) -> str:
    """What may be typed instead of a level, as the rest of a French sentence."""
    match form.kind:
        case AnswerKind.YES_NO:
            return f"« oui » (niveau {form.yes_level}) ou « non » (niveau 0)"
        case AnswerKind.RATE:
            words = f"{form.numerator} sur {form.denominator}"
            return f"un taux, par exemple « 45/120 » ou « 37,5 % » : {words}{_ceiling(form)}"
        case AnswerKind.DATE:
            return (
                "une date, par exemple « 31/03/2026 » ou « 2026-03 » : le niveau en découle "
                f"et baissera quand elle vieillira{_ceiling(form)}"
            )
        case AnswerKind.COUNT:
            return f"un nombre précédé de « n= », par exemple « n=3 »{_ceiling(form)}"


def _ceiling(form: AnswerForm) -> str:
    return f" (jusqu'au niveau {max(form.bounds, default=0)})"


def _highest(form: AnswerForm, reached: Callable[[Fraction], bool]) -> int:
    """Bounds are read as the decimals their author wrote, so that 66 % is exactly 66 %."""
    bounds = ((level, Fraction(Decimal(str(bound)))) for level, bound in form.bounds.items())
    return max((level for level, bound in bounds if reached(bound)), default=0)


def _yes_no(form: AnswerForm, word: str) -> int | None:
    if word in YES_WORDS:
        return form.yes_level
    return 0 if word in NO_WORDS else None


def _rate(text: str) -> Fraction | None:
    """A share from 0 to 1."""
    ratio, percent = _RATIO.fullmatch(text), _PERCENT.fullmatch(text)
    if ratio:
        share = _quotient(text, _number(ratio[1]), _number(ratio[2]))
    elif percent:
        share = _number(percent[1]) / 100
    else:
        return None
    if share > 1:
        raise InputError(
            f"« {text} » dépasse 100 %.",
            "Le premier nombre est une partie du second : vérifiez les deux.",
        )
    return share


def _quotient(text: str, part: Fraction, whole: Fraction) -> Fraction:
    if not whole:
        raise InputError(
            f"« {text} » : un taux ne se calcule pas sur zéro.",
            "Donnez un total supérieur à zéro, ou « na » avec son motif s'il n'y a rien à compter.",
        )
    return part / whole


def _number(text: str) -> Fraction:
    return Fraction(Decimal(re.sub(f"[{_SPACES}]", "", text).replace(",", ".")))


def _day(text: str, today: date) -> date | None:
    if _date_match(text) is None:
        return None
    day = day_of(text)
    if day is None:
        raise InputError(f"La date « {text} » n'existe pas.", "Vérifiez le jour et le mois.")
    if day > today:
        raise InputError(
            f"La date « {text} » est à venir : elle ne prouve rien aujourd'hui.",
            "Donnez le jour où cela a été fait, ou un niveau.",
        )
    return day


def _date_match(text: str) -> dict[str, str] | None:
    found = (pattern.fullmatch(text) for pattern in _DATES)
    return next((one.groupdict() for one in found if one), None)
