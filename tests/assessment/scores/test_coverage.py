"""A published list read through the answers: links written beside the questions or in the list."""

from dataclasses import replace
from datetime import date

from care_kit.assessment.scores.coverage import coverage
from care_kit.catalog.content import load
from care_kit.model.content.referential import Group, Measure, Referential, Tier
from care_kit.model.results.assessment import IndicatorResult, Interval, MeasureState
from care_kit.model.words.vocabulary import AnswerState, Provenance
from tests.assessment.builders import indicator


def referential(*measures: Measure) -> Referential:
    return Referential(
        id="liste",
        version=1,
        title="Une liste",
        source="Texte lu",
        source_date=date(2026, 1, 1),
        provenance=Provenance.PROPOSED,
        notice="Une liste.",
        groups=(Group("G", "Groupe"),),
        tiers=(Tier("T", "Tous"),),
        measures=measures,
    )


def at_level(level: int) -> IndicatorResult:
    retained = Interval(level, level)
    return IndicatorResult("CK-A-01", AnswerState.ANSWERED, level, None, retained, None)


def test_a_measure_linked_by_domain_or_by_question_is_answered_in_part() -> None:
    listed = referential(
        Measure("1", "G", "T", "Axe", domains=("GOV",)),
        Measure("2", "G", "T", "Mesure", indicators=("CK-B-01",)),
        Measure("3", "G", "T", "Sans question"),
    )
    asked = [
        replace(indicator("CK-A-01"), domain="GOV"),
        replace(indicator("CK-B-01"), domain="IAM"),
    ]
    found = coverage(listed, asked, {"CK-A-01": at_level(3)})
    assert [one.state for one in found] == [
        MeasureState.PARTIAL,
        MeasureState.UNANSWERED,
        MeasureState.NOT_ASKED,
    ]
    assert found[0].lowest_level == 3


def test_every_link_of_a_shipped_list_leads_to_a_question_or_a_domain() -> None:
    """Not a fault of the content in force: an overlay may leave a question out."""
    content = load()
    known = {one.id for one in content.indicators}
    domains = {each.id for one in content.questionnaires.values() for each in one.domains}
    for listed in content.referentials.values():
        for measure in listed.measures:
            assert set(measure.indicators) <= known, measure.id
            assert set(measure.domains) <= domains, measure.id
