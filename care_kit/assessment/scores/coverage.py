"""How far the answers already given speak of a published list: said once, read often."""

from collections.abc import Iterable, Mapping

from care_kit.model.content.questionnaire import Extent, Indicator
from care_kit.model.content.referential import Referential
from care_kit.model.results.assessment import IndicatorResult, MeasureCoverage, MeasureState


def coverage(
    referential: Referential,
    asked: Iterable[Indicator],
    results: Mapping[str, IndicatorResult],
) -> tuple[MeasureCoverage, ...]:
    """State of every measure, in the order of the referential.

    A measure is shown in full only when an indicator that answers it fully, and every other one
    that answers it, has an answer or a measure; an indicator may answer it jointly with others.
    """
    linked: dict[str, list[tuple[Indicator, Extent | None]]] = {}
    for indicator in asked:
        for reference in indicator.references:
            if reference.referential == referential.title and reference.official_id:
                pair = (indicator, reference.extent)
                linked.setdefault(reference.official_id, []).append(pair)
    return tuple(_one(one.id, linked.get(one.id, []), results) for one in referential.measures)


def _one(
    measure: str,
    linked: list[tuple[Indicator, Extent | None]],
    results: Mapping[str, IndicatorResult],
) -> MeasureCoverage:
    known = [one for one, _ in linked if _known(results.get(one.id))]
    levels = [results[one.id].retained for one in known]
    lowest = min((one.low for one in levels if one is not None), default=None)
    return MeasureCoverage(
        measure=measure,
        state=_state(linked, known),
        indicators=tuple(one.id for one, _ in linked),
        missing=tuple(one.id for one, _ in linked if one not in known),
        lowest_level=lowest,
    )


def _state(linked: list[tuple[Indicator, Extent | None]], known: list[Indicator]) -> MeasureState:
    if not linked:
        return MeasureState.NOT_ASKED
    if not known:
        return MeasureState.UNANSWERED
    whole = any(extent is Extent.FULL for _, extent in linked)
    return MeasureState.FULL if whole and len(known) == len(linked) else MeasureState.PARTIAL


def _known(found: IndicatorResult | None) -> bool:
    return found is not None and (found.state is not None or found.measured is not None)
