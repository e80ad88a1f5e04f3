"""One indicator: what was declared, what the findings bound, what is retained."""

from collections.abc import Iterable, Mapping
from datetime import date

from care_kit.model.assessment import DirectoryLevel, IndicatorResult, Interval
from care_kit.model.dossier import Answer, DossierState, Evidence
from care_kit.model.finding import Finding
from care_kit.model.questionnaire import TOP_LEVEL, ExpectedEvidence, Indicator
from care_kit.model.vocabulary import AnswerState, Confidence, Verdict

ANYTHING = Interval(0, TOP_LEVEL)


def result(
    indicator: Indicator,
    state: DossierState,
    findings: Mapping[str, tuple[Finding, ...]],
    directory: tuple[DirectoryLevel, ...],
    today: date,
) -> IndicatorResult:
    """Everything known of one indicator. `findings` are grouped by check id."""
    answer = state.answers.get(indicator.id)
    explained = state.explanations.get(indicator.id)
    bounds = measured(indicator, findings, directory)
    declared = answer.level if answer and answer.state is AnswerState.ANSWERED else None
    conflict = declared is not None and bounds is not None and not _within(declared, bounds)
    return IndicatorResult(
        indicator=indicator.id,
        state=answer.state if answer else None,
        declared=declared,
        measured=bounds,
        retained=retained(answer, bounds),
        confidence=confidence(answer, bounds, state.evidence_for(indicator.id), indicator, today),
        conflict=conflict,
        explanation=explained.text if explained else "",
    )


def measured(
    indicator: Indicator,
    findings: Mapping[str, tuple[Finding, ...]],
    directory: tuple[DirectoryLevel, ...],
) -> Interval | None:
    """Levels that remain possible given the findings, None when they conclude nothing.

    A failing check caps the level; only when every check concluded without a failure, everywhere,
    is there a floor. An INFO verdict is a proven observation that is not a weakness.
    """
    rule = indicator.measured
    if rule is None:
        return None
    low, high = 0.0, float(TOP_LEVEL)
    if rule.directory_level and directory:
        low = min(one.level.low for one in directory) - 1
        high = min(one.level.high for one in directory) - 1
    seen = [
        (one, finding.verdict) for one in rule.checks for finding in findings.get(one.check, ())
    ]
    for one, verdict in seen:
        if verdict is Verdict.FAIL:
            high = min(high, one.fail_at_most)
    tested = {one.check for one, _ in seen}
    if tested and all(one.check in tested for one in rule.checks) and _all_sound(seen):
        low = max(low, rule.pass_at_least)
    bounds = Interval(min(low, high), high)
    return None if bounds == ANYTHING else bounds


def retained(answer: Answer | None, bounds: Interval | None) -> Interval | None:
    """What enters the sums: None when not applicable.

    A contradiction widens the interval to hold both what was said and what was measured; "ne sais
    pas" counts zero unless a probe knows better; silence leaves everything possible.
    """
    if answer is None:
        return bounds or ANYTHING
    if answer.state is AnswerState.NOT_APPLICABLE:
        return None
    if answer.state is AnswerState.UNKNOWN or answer.level is None:
        return bounds or Interval(0, 0)
    if bounds is None or _within(answer.level, bounds):
        return Interval(answer.level, answer.level)
    return Interval(min(answer.level, bounds.low), max(answer.level, bounds.high))


def confidence(
    answer: Answer | None,
    bounds: Interval | None,
    pieces: Iterable[Evidence],
    indicator: Indicator,
    today: date,
) -> Confidence | None:
    """The best support there is, None when nothing was said nor measured."""
    if bounds is not None:
        return Confidence.MEASURED
    if answer is None or answer.state is not AnswerState.ANSWERED:
        return None
    best = Confidence.DECLARED
    for piece in pieces:
        valid = in_force(piece, indicator.evidence, today)
        best = max(best, Confidence.DATED_DOCUMENT if valid else Confidence.DOCUMENT)
    return best


def in_force(piece: Evidence, expected: tuple[ExpectedEvidence, ...], today: date) -> bool:
    """True when the document bears a date, not in the future, and is still valid today.

    The validity is the longest one the indicator accepts, in months.
    """
    if piece.effective is None or piece.effective > today:
        return False
    months = max((one.validity_months for one in expected), default=12)
    return today <= add_months(piece.effective, months)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    for last in range(day.day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, day.day)


def _within(level: int, bounds: Interval) -> bool:
    return bounds.low <= level <= bounds.high


def _all_sound(seen: Iterable[tuple[object, Verdict]]) -> bool:
    return all(verdict in (Verdict.PASS, Verdict.INFO) for _, verdict in seen)
