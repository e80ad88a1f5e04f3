"""Level, index, coverage and confidence of a group of indicators, always together."""

from collections import Counter
from collections.abc import Iterable

from care_kit.model.content.questionnaire import TOP_LEVEL, Indicator
from care_kit.model.results.assessment import IndicatorResult, Interval, Score
from care_kit.model.words.vocabulary import AnswerState, Confidence


def score(indicators: Iterable[Indicator], results: dict[str, IndicatorResult]) -> Score:
    """Score of a group.

    The index is the weighted mean of retained levels over 4, times 100, low and high bounds apart.
    The level is the lowest retained level among the applicable socle indicators. Coverage is the
    share of applicable weight that was answered or measured.
    """
    group = [(one, results[one.id]) for one in indicators]
    applicable = [(one, found.retained) for one, found in group if found.retained is not None]
    total = sum(one.weight for one, _ in group)
    weight = sum(one.weight for one, _ in applicable)
    known = sum(one.weight for one, found in group if _known(found))
    return Score(
        level=_level(applicable),
        index=_index(applicable, weight),
        coverage=known / weight if weight else 0.0,
        not_applicable=(total - weight) / total if total else 0.0,
        confidence=_confidence(found for _, found in group),
        unknown=sum(found.state is AnswerState.UNKNOWN for _, found in group),
    )


def _index(applicable: list[tuple[Indicator, Interval]], weight: int) -> Interval | None:
    if not weight:
        return None
    scale = 100 / (weight * TOP_LEVEL)
    low = sum(one.weight * bounds.low for one, bounds in applicable) * scale
    high = sum(one.weight * bounds.high for one, bounds in applicable) * scale
    return Interval(round(low, 1), round(high, 1))


def _level(applicable: list[tuple[Indicator, Interval]]) -> Interval | None:
    socle = [bounds for one, bounds in applicable if one.socle]
    if not socle:
        return None
    return Interval(min(one.low for one in socle), min(one.high for one in socle))


def _known(found: IndicatorResult) -> bool:
    if found.retained is None:
        return False
    return found.state is not None or found.measured is not None


def _confidence(found: Iterable[IndicatorResult]) -> dict[Confidence, int]:
    counted = Counter(one.confidence for one in found if one.confidence is not None)
    return {level: counted.get(level, 0) for level in Confidence}
