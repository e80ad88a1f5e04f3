"""Is the form of an answer sound? Bounds that go the wrong way would give the wrong level."""

import re
from collections.abc import Iterator

from care_kit.model.content.questionnaire import RATES, TOP_LEVEL, AnswerForm, AnswerKind, Indicator
from care_kit.model.dossier.typed_answer import NOT_APPLICABLE_WORDS, UNKNOWN_WORDS

MAX_MONTHS = 1200
_LABELLED = (AnswerKind.DATE, AnswerKind.COUNT, AnswerKind.TEXT)
_PREFIXES = "pe"
# Three letters at least: shorter words are levels, commands and states.
KEY = re.compile(r"[a-z][a-z-]{1,18}[a-z]")
_HIGHEST = dict.fromkeys(RATES, 100.0) | {AnswerKind.DATE: float(MAX_MONTHS)}


def faults(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Every fault of the indicator's `answer` table as (place below the indicator, mend)."""
    form = indicator.answer
    if form is None:
        return
    if (form.kind in _LABELLED) != bool(form.label.strip()):
        yield "answer.label", "une date, un nombre ou un texte, et eux seuls, disent de quoi"
    reachable = set(indicator.levels) & set(range(1, TOP_LEVEL + 1))
    if form.kind is AnswerKind.YES_NO:
        if form.yes_level not in reachable:
            yield "answer.yes_level", "« oui » donne un niveau de 1 à 4 que la question décrit"
    elif form.kind is AnswerKind.CHOICE:
        yield from _options(indicator, form)
    elif form.kind is AnswerKind.TEXT:
        if form.text_level is not None and form.text_level not in reachable:
            yield "answer.text_level", "un texte vaut un niveau de 1 à 4 décrit, ou aucun"
    else:
        yield from _bounds(form, reachable)


def _bounds(form: AnswerForm, reachable: set[int]) -> Iterator[tuple[str, str]]:
    if not form.bounds or not set(form.bounds) <= reachable:
        yield "answer.bounds", "une borne au moins, pour des niveaux de 1 à 4 décrits"
    yield from _values(form)
    if (form.kind in RATES) != bool(form.numerator and form.denominator):
        yield "answer.numerator", "un taux, et lui seul, nomme son numérateur et son dénominateur"


def _options(indicator: Indicator, form: AnswerForm) -> Iterator[tuple[str, str]]:
    keys = [one.key for one in form.options]
    if len(keys) < 2 or len(set(keys)) < len(keys):
        yield "answer.options", "un choix propose au moins deux options, de mots différents"
    for one in form.options:
        place = f"answer.options[{one.key}]"
        reserved = one.key in (*UNKNOWN_WORDS, *NOT_APPLICABLE_WORDS)
        if reserved or not KEY.fullmatch(one.key):
            yield place, "le mot à saisir compte de 3 à 20 lettres minuscules sans accent"
        if one.key[:1] in _PREFIXES and one.key[1:] in keys:
            yield place, f"ce mot se lirait aussi « {one.key[1:]} » tenu en partie ou équivalent"
        if one.level not in indicator.levels:
            yield place, "une option donne un niveau que la question décrit"
        if not one.label.strip():
            yield place, "une option dit ce qu'elle veut dire"


def _values(form: AnswerForm) -> Iterator[tuple[str, str]]:
    values = [form.bounds[level] for level in sorted(form.bounds)]
    rising = form.kind is AnswerKind.RATE
    if values != sorted(set(values), reverse=not rising):
        way = "croissent" if rising else "décroissent"
        yield "answer.bounds", f"les bornes {way} avec le niveau"
    if any(not 0 <= one <= _HIGHEST.get(form.kind, one) for one in values):
        yield "answer.bounds", f"un taux va de 0 à 100, un âge de 0 à {MAX_MONTHS} mois"
    if form.kind not in RATES and not all(float(one).is_integer() for one in values):
        yield "answer.bounds", "un nombre de mois ou un compte est un entier"
