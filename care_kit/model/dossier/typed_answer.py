"""A value typed instead of a level: « oui », « 45/120 », « 37,5 % », « 31/03/2026 », « n=3 », the
word of a choice, or a free text.

A value below every bound is level 0: the sentences of level 0 say « inconnue, ou inférieure à »
the first bound. A level without a bound is never reached by a value, only chosen by a person.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from care_kit.model.content.questionnaire import AnswerForm, AnswerKind
from care_kit.model.words.errors import InputError
from care_kit.model.words.months import add_months
from care_kit.model.words.text import printable

YES_WORDS = ("oui", "o")
NO_WORDS = ("non", "n")
UNKNOWN_WORDS = ("nsp", "?", "ne sais pas")
NOT_APPLICABLE_WORDS = ("na", "n/a", "non applicable", "sans objet")
SHORTEST_TEXT, LONGEST_TEXT = 4, 500

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


@dataclass(frozen=True)
class Value:
    """A value read: its text as it is kept, and the level it is worth, None when it bears none."""

    text: str
    level: int | None


def value_of(form: AnswerForm, typed: str, today: date) -> Value | None:
    """What `typed` is, None when it does not read as a value of this form.

    InputError when it does but makes no sense: nothing to divide by, more than everything, a day
    that does not exist or is yet to come, a text too long.
    """
    text = typed.strip()
    match form.kind:
        case AnswerKind.CHOICE:
            option = next((one for one in form.options if one.key == text.lower()), None)
            return Value(option.key, option.level) if option else None
        case AnswerKind.TEXT:
            return _text(form, text)
        case _:
            level = _level_of(form, text, today)
            return None if level is None else Value(text, level)


def _level_of(form: AnswerForm, text: str, today: date) -> int | None:
    match form.kind:
        case AnswerKind.YES_NO:
            return _yes_no(form, text.lower())
        case AnswerKind.RATE:
            rate = _rate(text)
            return None if rate is None else _highest(form, lambda bound: rate * 100 >= bound)
        case AnswerKind.RATE_AT_MOST:
            most = _rate(text)
            return None if most is None else _highest(form, lambda bound: most * 100 <= bound)
        case AnswerKind.DATE:
            day = _day(text, today)
            return None if day is None else level_of_day(form, day, today)
        case AnswerKind.COUNT:
            count = _COUNT.fullmatch(text)
            return _highest(form, lambda bound: int(count[1]) <= bound) if count else None
        case _:
            return None


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
        case AnswerKind.RATE | AnswerKind.RATE_AT_MOST:
            words = f"{form.numerator} sur {form.denominator}"
            return f"un taux, par exemple « 45/120 » ou « 37,5 % » : {words}{_ceiling(form)}"
        case AnswerKind.DATE:
            return (
                f"la date {form.label}, par exemple « 31/03/2026 » ou « 2026-03 » : le niveau "
                f"en découle et baissera quand elle vieillira{_ceiling(form)}"
            )
        case AnswerKind.COUNT:
            return f"le nombre {form.label}, écrit par exemple « n=3 »{_ceiling(form)}"
        case AnswerKind.CHOICE:
            listed = (f"« {one.key} » (niveau {one.level}) {one.label}" for one in form.options)
            return f"un de ces mots : {' ; '.join(listed)}"
        case AnswerKind.TEXT:
            level = form.text_level
            worth = "ne vaut aucun niveau" if level is None else f"vaut le niveau {level}"
            return (
                f"un texte, {form.label} : seul, il {worth} ; il peut suivre le vôtre, par exemple "
                "« 3 : votre texte »"
            )


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


def _text(form: AnswerForm, text: str) -> Value | None:
    """A text on one line; too short a one is more likely a slip than an answer."""
    kept = " ".join(printable(text).split())
    if len(kept) < SHORTEST_TEXT or not any(one.isalpha() for one in kept):
        return None
    if len(kept) > LONGEST_TEXT:
        raise InputError(
            f"Ce texte compte {len(kept)} caractères, {LONGEST_TEXT} au plus.",
            "Résumez-le, et joignez le document avec « care evidence add ».",
        )
    return Value(kept, form.text_level)


def rate_of(typed: str) -> Fraction | None:
    """The share, 0 to 1, of a rate typed and kept; None when the text is no rate."""
    return _rate(typed.strip())


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
