"""Is the form of an answer sound? Bounds that go the wrong way would give the wrong level."""

from collections.abc import Iterator

from care_kit.model.questionnaire import TOP_LEVEL, AnswerForm, AnswerKind, Indicator

MAX_MONTHS = 1200
_HIGHEST = {AnswerKind.RATE: 100.0, AnswerKind.DATE: float(MAX_MONTHS)}


def faults(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Every fault of the indicator's `answer` table as (place below the indicator, mend)."""
    form = indicator.answer
    if form is None:
        return
    reachable = set(indicator.levels) & set(range(1, TOP_LEVEL + 1))
    if form.kind is AnswerKind.YES_NO:
        if form.yes_level not in reachable:
            yield "answer.yes_level", "« oui » donne un niveau de 1 à 4 que la question décrit"
        return
    if not form.bounds or not set(form.bounds) <= reachable:
        yield "answer.bounds", "une borne au moins, pour des niveaux de 1 à 4 décrits"
    yield from _values(form)
    if (form.kind is AnswerKind.RATE) != bool(form.numerator and form.denominator):
        yield "answer.numerator", "un taux, et lui seul, nomme son numérateur et son dénominateur"


def _values(form: AnswerForm) -> Iterator[tuple[str, str]]:
    values = [form.bounds[level] for level in sorted(form.bounds)]
    rising = form.kind is AnswerKind.RATE
    if values != sorted(set(values), reverse=not rising):
        way = "croissent" if rising else "décroissent"
        yield "answer.bounds", f"les bornes {way} avec le niveau"
    if any(not 0 <= one <= _HIGHEST.get(form.kind, one) for one in values):
        yield "answer.bounds", f"un taux va de 0 à 100, un âge de 0 à {MAX_MONTHS} mois"
    if not rising and not all(float(one).is_integer() for one in values):
        yield "answer.bounds", "un nombre de mois ou un compte est un entier"
