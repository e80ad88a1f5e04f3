"""The whole assessment of a dossier's state, recomputed from scratch."""

from collections.abc import Iterable
from datetime import date

from care_kit.assessment import directory_level, indicators, scores
from care_kit.model.assessment import Assessment
from care_kit.model.check import ControlPoints
from care_kit.model.dossier import DossierState
from care_kit.model.finding import Finding
from care_kit.model.questionnaire import Questionnaire


def assess(
    state: DossierState,
    questionnaire: Questionnaire,
    findings: Iterable[Finding],
    points: ControlPoints,
    today: date,
) -> Assessment:
    """Assess `state` against `questionnaire`, in the light of `findings`, as of `today`."""
    by_check: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        by_check[finding.check] = (*by_check.get(finding.check, ()), finding)
    point_ids = {point.id for point in points.points}
    directory = directory_level.levels(
        (one for check, group in by_check.items() if check in point_ids for one in group), points
    )
    results = {
        one.id: indicators.result(one, state, by_check, directory, today)
        for one in questionnaire.indicators
    }
    domains = {
        domain.id: scores.score(
            (one for one in questionnaire.indicators if one.domain == domain.id), results
        )
        for domain in questionnaire.domains
    }
    overall = scores.score(questionnaire.indicators, results)
    return Assessment(questionnaire.id, overall, domains, results, directory)
