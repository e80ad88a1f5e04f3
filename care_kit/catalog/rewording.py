"""The same question in the words of other readers: what a selection may change, and no more."""

from collections.abc import Iterator
from dataclasses import replace

from care_kit.model.content.questionnaire import Indicator, Selection, Wording


def reworded(indicator: Indicator, wording: Wording | None) -> Indicator:
    """The indicator with the texts that `wording` gives; ids, scale and bounds stay."""
    if wording is None:
        return indicator
    given = {name: text for name in _TEXTS if (text := getattr(wording, name))}
    evidence = tuple(
        replace(one, title=wording.evidence.get(rank, one.title))
        for rank, one in enumerate(indicator.evidence)
    )
    answer = indicator.answer and replace(
        indicator.answer,
        **{name: text for name in _NAMES if (text := getattr(wording, name))},
    )
    levels = {**indicator.levels, **wording.levels}
    return replace(indicator, **given, levels=levels, evidence=evidence, answer=answer)


def faults(selection: Selection, kept: dict[str, Indicator]) -> Iterator[tuple[str, str]]:
    """Every (place, mend) of wordings that word nothing: `kept` are the indicators selected."""
    used = {one.domain for one in kept.values()}
    for domain in selection.domain_titles:
        if domain not in used:
            yield f"domain_titles.{domain}", "aucune question de ce domaine n'est posée"
    for name, wording in selection.wording.items():
        place = f"wording.{name}"
        indicator = kept.get(name)
        if indicator is None:
            yield place, "cet indicateur n'est pas dans la sélection"
            continue
        if not set(wording.levels) <= set(indicator.levels):
            yield f"{place}.levels", "un niveau que la question ne décrit pas"
        if not set(wording.evidence) <= set(range(len(indicator.evidence))):
            yield (
                f"{place}.evidence",
                "un rang que la liste des preuves n'a pas (0 pour la première)",
            )
        for field in _NAMES:
            worded = indicator.answer and getattr(indicator.answer, field)
            if getattr(wording, field) and not worded:
                yield f"{place}.{field}", "la forme de réponse n'a pas ce texte"


_TEXTS = ("title", "question", "why", "help", "answered_by")
_NAMES = ("numerator", "denominator", "label")
