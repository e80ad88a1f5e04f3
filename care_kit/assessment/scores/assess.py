"""The whole assessment of a dossier's state, recomputed from scratch."""

from collections.abc import Iterable
from datetime import date

from care_kit.assessment.scores import directory_level, indicators
from care_kit.assessment.scores import group as scores
from care_kit.model.content.check import ControlPoints
from care_kit.model.content.questionnaire import Indicator, Questionnaire
from care_kit.model.dossier.state import DossierState
from care_kit.model.facts.finding import Finding
from care_kit.model.results.assessment import Assessment, DirectoryLevel, IndicatorResult

Results = dict[str, IndicatorResult]


def assess(
    state: DossierState,
    questionnaire: Questionnaire,
    findings: Iterable[Finding],
    points: ControlPoints,
    today: date,
) -> Assessment:
    """Assess `state` against `questionnaire`, in the light of `findings`, as of `today`."""
    results, directory = results_of(questionnaire.indicators, state, findings, points, today)
    return grouped(questionnaire, results, directory)


def results_of(
    asked: Iterable[Indicator],
    state: DossierState,
    findings: Iterable[Finding],
    points: ControlPoints,
    today: date,
) -> tuple[Results, tuple[DirectoryLevel, ...]]:
    """Result of each indicator by id, and the directory level of each forest."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.check, []).append(finding)
    by_check = {check: tuple(group) for check, group in found.items()}
    point_ids = {point.id for point in points.points}
    directory = directory_level.levels(
        (one for check, group in by_check.items() if check in point_ids for one in group), points
    )
    results = {one.id: indicators.result(one, state, by_check, directory, today) for one in asked}
    return results, directory


def grouped(
    questionnaire: Questionnaire, results: Results, directory: tuple[DirectoryLevel, ...]
) -> Assessment:
    """Scores of a questionnaire and its domains; `results` may hold more than it asks."""
    domains = {
        domain.id: scores.score(
            (one for one in questionnaire.indicators if one.domain == domain.id), results
        )
        for domain in questionnaire.domains
    }
    overall = scores.score(questionnaire.indicators, results)
    mine = {one.id: results[one.id] for one in questionnaire.indicators}
    return Assessment(questionnaire.id, overall, domains, mine, directory)
