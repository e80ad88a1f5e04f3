"""How questions, levels and statements are worded: remarks on each document alone."""

from collections import Counter
from collections.abc import Iterator, Mapping

from care_kit.catalog.authoring import typography
from care_kit.catalog.authoring.documents import Document
from care_kit.catalog.authoring.tables import stated, texts
from care_kit.model.content.check import Check
from care_kit.model.content.programme import Objective, Programme
from care_kit.model.content.questionnaire import (
    TOP_LEVEL,
    Indicator,
    Questionnaire,
    QuestionnairePart,
    Selection,
    Wording,
)
from care_kit.model.words.french import NBSP, TO_COMPLETE

MAX_WORDS = 25
_LEANING = ("En plus", "De plus", "En outre", "Idem", "Comme")
_NOT_PROSE = {"id", "official_id"}
_STOP = "une phrase terminée par un point est attendue"
Remark = tuple[str, str]


def faults(document: Document) -> Iterator[Remark]:
    """(place, mend) of what makes a file unfit for use although its fields are right."""
    for place, text in texts(document.table):
        if is_unfinished(text):
            yield place, f"il reste un texte « {TO_COMPLETE} »"
    for place, table in stated(document.table):
        source = table.get("source", "")
        if isinstance(source, str) and not source.strip():
            where = place or table.get("id", "racine")
            yield f"{where}.source", "la source est obligatoire"


def is_unfinished(text: str) -> bool:
    """True when the author left a « à compléter » in it."""
    return TO_COMPLETE in text.casefold().replace(NBSP, " ")


def advice(document: Document) -> Iterator[Remark]:
    """(place, mend) of slips of typography, spelling and wording; none prevents the use."""
    for place, text in texts(document.table):
        if place.rpartition(".")[2] not in _NOT_PROSE:
            yield from ((place, mend) for mend in typography.slips(text))
    value = document.value
    if isinstance(value, Questionnaire | QuestionnairePart):
        for indicator in value.indicators:
            yield from indicator_advice(indicator)
    elif isinstance(value, Selection):
        for name, worded in value.wording.items():
            yield from _wording(f"wording.{name}", worded)
    elif isinstance(value, Programme):
        for objective in value.objectives:
            yield from _objective(objective)
    elif isinstance(value, Check):
        yield from _stops({"why": value.why, "remediation": value.remediation})


def indicator_advice(indicator: Indicator) -> Iterator[Remark]:
    """Remarks on one indicator: a short question, five sentences that stand alone."""
    place = f"indicators[{indicator.id}]"
    yield from _question(place, indicator.question)
    yield from _stops({f"{place}.why": indicator.why, f"{place}.help": indicator.help})
    for level in sorted(set(range(TOP_LEVEL + 1)) - set(indicator.levels)):
        yield f"{place}.levels.{level}", "ce niveau n'a pas de phrase"
    for rank, reference in enumerate(indicator.references):
        if not (reference.official_id or reference.note):
            mend = "sans identifiant, une référence dit dans « note » pourquoi elle est citée"
            yield f"{place}.references[{rank}]", mend
    yield from _levels(place, indicator.levels)


def _wording(place: str, worded: Wording) -> Iterator[Remark]:
    if worded.question:
        yield from _question(place, worded.question)
    yield from _stops({f"{place}.why": worded.why, f"{place}.help": worded.help})
    yield from _stops({f"{place}.levels.{level}": text for level, text in worded.levels.items()})
    yield from _levels(place, worded.levels)


def _question(place: str, question: str) -> Iterator[Remark]:
    count = typography.words(question)
    if count > MAX_WORDS:
        yield f"{place}.question", f"la question compte {count} mots, {MAX_WORDS} au plus"
    if not question.endswith("?"):
        yield f"{place}.question", "une question se termine par « ? »"


def _levels(place: str, levels: Mapping[int, str]) -> Iterator[Remark]:
    times = Counter(levels.values())
    for level, sentence in levels.items():
        where = f"{place}.levels.{level}"
        if typography.sentences(sentence) > 1:
            yield where, "une seule phrase par niveau"
        if sentence.startswith(_LEANING):
            yield where, "la phrase se lit seule : elle ne s'appuie pas sur le niveau précédent"
        if times[sentence] > 1:
            yield where, "deux niveaux portent la même phrase"


def _objective(objective: Objective) -> Iterator[Remark]:
    place = f"objectives[{objective.id}]"
    yield from _stops({f"{place}.target": objective.target, f"{place}.gap": objective.gap})


def _stops(by_place: dict[str, str]) -> Iterator[Remark]:
    for place, text in by_place.items():
        if text and not text.rstrip().endswith((".", "…")):
            yield place, _STOP
