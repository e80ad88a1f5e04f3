"""Cross-checks between content files: what a schema alone cannot see."""

import re
from collections.abc import Collection, Iterable, Iterator

from care_kit.catalog import answer_forms, without_question
from care_kit.catalog.declared import Declared
from care_kit.model.content.check import Check
from care_kit.model.content.programme import Milestone, Piece, Programme
from care_kit.model.content.questionnaire import TOP_LEVEL, Indicator, Questionnaire
from care_kit.model.content.referential import Referential
from care_kit.model.words.errors import ContentError
from care_kit.model.words.near import unknown
from care_kit.model.words.vocabulary import ProbeKind, Provenance, Tlp

Fault = tuple[str, str, str]
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
OBSERVATION = "obs_"  # directory checks outside ANSSI's list


def verify(content: Declared) -> None:
    """Raise ContentError for the first inconsistency found."""
    for where, place, mend in faults(content):
        file = content.origins.get(where, where)
        raise ContentError(f"Dans « {file} », à « {place} » : {mend}.", "Corrigez ce champ.")


def faults(content: Declared) -> Iterator[Fault]:
    """Every inconsistency as (content id, place in the file, mend)."""
    indicators = {one.id for one in content.indicators}
    for questionnaire in content.questionnaires.values():
        yield from _questionnaire(questionnaire)
    for indicator in content.indicators:
        yield from _indicator(indicator, content.checks.keys())
        for one in sorted(set(indicator.related) - indicators):
            place = f"indicators[{indicator.id}].related"
            yield indicator.id, place, unknown(f"indicateur {one} inconnu", one, indicators)
        yield from _references(indicator, content.referentials.values())
    for referential in content.referentials.values():
        yield from _referential(referential)
    for check in content.checks.values():
        yield from _check(check, content)
    for programme in content.programmes.values():
        yield from _programme(programme, indicators)
    for profile in content.profiles.values():
        if not profile.redacted and profile.tlp is not Tlp.RED:
            mend = "des noms en clair ne partent qu'en TLP:RED : mettez-le, ou redacted = true"
            yield profile.id, "tlp", mend
    yield from without_question.faults(content)


def _questionnaire(questionnaire: Questionnaire) -> Iterator[Fault]:
    domains = {domain.id for domain in questionnaire.domains}
    yield from _duplicates(questionnaire.id, "domains", (d.id for d in questionnaire.domains))
    yield from _duplicates("", "indicators", (i.id for i in questionnaire.indicators))
    for indicator in questionnaire.indicators:
        if indicator.domain not in domains:
            place = f"indicators[{indicator.id}].domain"
            mend = unknown(f"domaine {indicator.domain} non déclaré", indicator.domain, domains)
            yield indicator.id, place, mend


def _indicator(indicator: Indicator, checks: Collection[str]) -> Iterator[Fault]:
    place = f"indicators[{indicator.id}]"
    if indicator.weight < 1:
        yield indicator.id, f"{place}.weight", "le poids est un entier d'au moins 1"
    if not indicator.source.strip():
        yield indicator.id, f"{place}.source", "la source est obligatoire"
    yield from _levels(place, indicator)
    yield from _measured(place, indicator, checks)
    for where, mend in answer_forms.faults(indicator):
        yield indicator.id, f"{place}.{where}", mend


def _references(indicator: Indicator, referentials: Iterable[Referential]) -> Iterator[Fault]:
    by_title = {one.title: one for one in referentials}
    for reference in indicator.references:
        listed = by_title.get(reference.referential)
        if listed and reference.official_id and listed.measure(reference.official_id) is None:
            said = f"{reference.official_id} ne figure pas dans « {listed.title} »"
            yield indicator.id, f"indicators[{indicator.id}].references", said


def _referential(referential: Referential) -> Iterator[Fault]:
    where = referential.id
    yield from _duplicates(where, "measures", (one.id for one in referential.measures))
    groups = {one.id for one in referential.groups}
    tiers = {one.id for one in referential.tiers}
    for measure in referential.measures:
        if measure.group not in groups or measure.tier not in tiers:
            yield where, f"measures[{measure.id}]", "groupe ou degré non déclaré"


def _levels(place: str, indicator: Indicator) -> Iterator[Fault]:
    if not {0, TOP_LEVEL} <= set(indicator.levels) <= set(range(TOP_LEVEL + 1)):
        yield indicator.id, f"{place}.levels", "les niveaux vont de 0 à 4, 0 et 4 compris"
    for level, sentence in indicator.levels.items():
        if not sentence.strip().endswith("."):
            yield (
                indicator.id,
                f"{place}.levels.{level}",
                "une phrase terminée par un point est attendue",
            )


def _measured(place: str, indicator: Indicator, checks: Collection[str]) -> Iterator[Fault]:
    if indicator.measured is None:
        return
    for one in indicator.measured.checks:
        if one.check not in checks:
            mend = unknown(f"contrôle {one.check} inconnu", one.check, checks)
            yield indicator.id, f"{place}.measured", mend
        if not 0 <= one.fail_at_most < TOP_LEVEL:
            yield indicator.id, f"{place}.measured", f"fail_at_most de {one.check} va de 0 à 3"
    if not 0 <= indicator.measured.pass_at_least <= TOP_LEVEL:
        yield indicator.id, f"{place}.measured", "pass_at_least va de 0 à 4"
    if not indicator.measured.checks and not indicator.measured.directory_level:
        yield indicator.id, f"{place}.measured", "aucun contrôle n'est cité"


def _programme(programme: Programme, indicators: Collection[str]) -> Iterator[Fault]:
    where = programme.id
    yield from _duplicates(where, "objectives", (one.id for one in programme.objectives))
    yield from _duplicates(where, "pieces", (one.id for one in _pieces(programme)))
    for place, source in _sources(programme):
        if not source.strip():
            yield where, f"{place}.source", "la source est obligatoire"
    for milestone in programme.milestones:
        yield from _milestone(where, milestone)
    for objective in programme.objectives:
        place = f"objectives[{objective.id}]"
        for indicator in objective.indicators:
            if indicator not in indicators:
                mend = unknown(f"indicateur {indicator} inconnu", indicator, indicators)
                yield where, f"{place}.indicators", mend
        if objective.official_id and objective.provenance is Provenance.PROPOSED:
            yield where, f"{place}.official_id", "un identifiant officiel exige une source"
        for rule in objective.readings:
            if rule.count < 1 or not 0 <= rule.min_days <= rule.max_days:
                yield where, f"{place}.readings", "count vaut au moins 1, min_days au plus max_days"
        if not 0 <= objective.activity_share <= 100 or not 0 <= objective.least_rate <= 100:
            yield where, place, "activity_share et least_rate vont de 0 à 100"
        if any(piece.per_entity for piece in objective.pieces) and not objective.activity_share:
            yield where, f"{place}.pieces", "per_entity n'a de sens qu'avec activity_share"


def _milestone(where: str, milestone: Milestone) -> Iterator[Fault]:
    place = f"milestones[{milestone.title}]"
    if milestone.opens and milestone.closes and milestone.closes < milestone.opens:
        yield where, f"{place}.closes", "cette étape se termine avant de commencer"
    if milestone.month and not _MONTH.fullmatch(milestone.month):
        yield where, f"{place}.month", "un mois s'écrit AAAA-MM, par exemple 2026-11"


def _sources(programme: Programme) -> Iterator[tuple[str, str]]:
    yield programme.id, programme.source
    yield from ((f"objectives[{one.id}]", one.source) for one in programme.objectives)
    yield from ((f"pieces[{one.id}]", one.source) for one in _pieces(programme))
    yield from ((f"milestones[{one.title}]", one.source) for one in programme.milestones)


def _pieces(programme: Programme) -> tuple[Piece, ...]:
    return tuple(piece for objective in programme.objectives for piece in objective.pieces)


def _check(check: Check, content: Declared) -> Iterator[Fault]:
    if check.family is ProbeKind.DIRECTORY:
        known = {point.id: point.levels for point in content.points.points}
        if check.id.startswith(OBSERVATION):
            if check.levels:
                yield check.id, "levels", "une observation ne compte dans aucun niveau"
        elif check.id not in known:
            yield check.id, "id", "ce point ne figure pas dans anssi_points.toml"
        elif check.levels != known[check.id]:
            yield check.id, "levels", f"anssi_points.toml dit {list(known[check.id])}"
    elif check.severity is None:
        yield check.id, "severity", "la gravité est obligatoire pour l'exposition"


def _duplicates(where: str, place: str, ids: Iterable[str]) -> Iterator[Fault]:
    """Ids seen twice; each is its own origin when `where` is empty."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            yield where or one, f"{place}[{one}]", "identifiant en double"
        seen.add(one)
