"""Questionnaires in their three forms: one file, a folder of files, or a selection of another."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from care_kit.catalog import rewording, toml_file
from care_kit.catalog.folders import File, Reader, files, subfolders
from care_kit.model.content.questionnaire import (
    Indicator,
    Questionnaire,
    QuestionnaireHead,
    QuestionnairePart,
    Selection,
)
from care_kit.model.words.errors import ContentError

KIND = "questionnaires"
HEAD = "questionnaire.toml"
SELECTIONS = "selections"


def read_all(reader: Reader) -> dict[str, Questionnaire]:
    """Every questionnaire, by id."""
    whole: dict[str, Questionnaire] = {}
    for file in files(KIND):
        one = toml_file.read(file, Questionnaire)
        reader.claim(one.id, file)
        _claim(reader, one.indicators, file)
        whole[one.id] = one
    for name in subfolders(KIND, HEAD):
        one = _from_folder(reader, name)
        whole[one.id] = one
    chosen = reader.folder(KIND, SELECTIONS, Selection, lambda one: one.id)
    return whole | {key: _selected(one, whole, reader) for key, one in chosen.items()}


def _from_folder(reader: Reader, name: str) -> Questionnaire:
    """`questionnaire.toml` gives the domains; the other files, their indicators."""
    by_name = {file.name: file for file in files(KIND, name)}
    first = by_name.pop(HEAD)
    head = toml_file.read(first, QuestionnaireHead)
    reader.claim(head.id, first)
    found: list[Indicator] = []
    for file in by_name.values():
        part = toml_file.read(file, QuestionnairePart)
        _claim(reader, part.indicators, file)
        found.extend(part.indicators)
    order = [domain.id for domain in head.domains]
    indicators = sorted(found, key=lambda one: (_rank(one, order), one.id))
    return Questionnaire(**vars(head), indicators=tuple(indicators))


def _claim(reader: Reader, indicators: Iterable[Indicator], file: File) -> None:
    for one in indicators:
        reader.claim(one.id, file)


def _rank(indicator: Indicator, order: list[str]) -> int:
    return order.index(indicator.domain) if indicator.domain in order else len(order)


def _selected(
    selection: Selection, whole: Mapping[str, Questionnaire], reader: Reader
) -> Questionnaire:
    where = reader.origins[selection.id]
    absent = next((one for one in selection.bases if one not in whole), None)
    if absent is not None:
        raise ContentError(
            f"Dans « {where} », à « bases » : le questionnaire « {absent} » n'existe pas.",
            "Corrigez ce champ.",
        )
    bases = [whole[one] for one in selection.bases]
    known = {one.id for base in bases for one in base.indicators}
    unknown = next((one for one in selection.indicators if one not in known), None)
    if unknown is not None:
        raise ContentError(
            f"Dans « {where} », à « indicators » : {unknown} n'est dans aucun de ses « bases ».",
            "Corrigez ce champ.",
        )
    kept = tuple(one for base in bases for one in base.indicators if _is_kept(one, selection))
    for place, mend in rewording.faults(selection, {one.id: one for one in kept}):
        raise ContentError(f"Dans « {where} », à « {place} » : {mend}.", "Corrigez ce champ.")
    used = {one.domain for one in kept}
    return Questionnaire(
        id=selection.id,
        version=selection.version,
        title=selection.title,
        notice=selection.notice,
        provenance=selection.provenance,
        source=selection.source,
        domains=tuple(
            replace(domain, title=selection.domain_titles.get(domain.id, domain.title))
            for base in bases
            for domain in base.domains
            if domain.id in used
        ),
        indicators=tuple(rewording.reworded(one, selection.wording.get(one.id)) for one in kept),
    )


def _is_kept(indicator: Indicator, selection: Selection) -> bool:
    named = indicator.id in selection.indicators
    return named or bool(set(indicator.profiles) & set(selection.profiles))
