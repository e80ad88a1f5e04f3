"""One indicator: what was declared, what the findings bound, what is retained."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from care_kit.model.content.questionnaire import TOP_LEVEL, AnswerKind, Indicator
from care_kit.model.dossier.state import Answer, Dispute, DossierState, Evidence
from care_kit.model.dossier.typed_answer import day_of, level_of_day
from care_kit.model.facts.finding import Finding
from care_kit.model.results.assessment import DirectoryLevel, IndicatorResult, Interval
from care_kit.model.words.months import add_months
from care_kit.model.words.vocabulary import AnswerState, Confidence, Verdict

ANYTHING = Interval(0, TOP_LEVEL)


def result(
    indicator: Indicator,
    state: DossierState,
    findings: Mapping[str, tuple[Finding, ...]],
    directory: tuple[DirectoryLevel, ...],
    today: date,
) -> IndicatorResult:
    """Everything known of one indicator. `findings` are grouped by check id."""
    given = state.answers.get(indicator.id)
    answer = as_of(given, indicator, today)
    explained = state.explanations.get(indicator.id)
    bounds = measured(indicator, findings, directory)
    held = claimed(answer)
    dispute = state.dispute("answer", indicator.id)
    possible = _widest(dispute, bounds, indicator, today) if dispute else retained(answer, bounds)
    conflict = held is not None and bounds is not None and not _overlap(held, bounds)
    return IndicatorResult(
        indicator=indicator.id,
        state=answer.state if answer else None,
        declared=answer.level if answer and held else None,
        measured=bounds,
        retained=possible,
        confidence=confidence(answer, bounds, state.evidence_for(indicator.id), indicator, today),
        conflict=conflict,
        explanation=explained.text if explained else "",
        typed=answer.typed if answer else "",
        aged_from=given.level if given and answer and given.level != answer.level else None,
        disputed=dispute is not None,
    )


def _widest(
    dispute: Dispute, bounds: Interval | None, indicator: Indicator, today: date
) -> Interval:
    """Everything that is possible while several answers stand side by side.

    « Sans objet » among them leaves everything possible: the question may count, or not.
    """
    each = [retained(as_of(one.answer, indicator, today), bounds) for one in dispute.candidates]
    found = [ANYTHING if one is None else one for one in each]
    return Interval(min(one.low for one in found), max(one.high for one in found))


def as_of(answer: Answer | None, indicator: Indicator, today: date) -> Answer | None:
    """The answer with the level a typed date is still worth on `today`, never a higher one."""
    form = indicator.answer
    if answer is None or answer.level is None or form is None or form.kind is not AnswerKind.DATE:
        return answer
    day = day_of(answer.typed)
    if day is None:
        return answer
    return replace(answer, level=min(answer.level, level_of_day(form, day, today)))


def claimed(answer: Answer | None) -> Interval | None:
    """Levels a person holds for possible; a partial answer may be worth anything up to its own."""
    if answer is None or not answer.state.levelled or answer.level is None:
        return None
    partial = answer.state is AnswerState.PARTIAL
    return Interval(0 if partial else answer.level, answer.level)


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
    counted = [
        (one, verdict)
        for one, verdict in seen
        if not one.optional or verdict is not Verdict.NOT_TESTED
    ]
    tested = {one.check for one, _ in counted}
    asked = [one for one in rule.checks if not one.optional]
    if tested and all(one.check in tested for one in asked) and _all_sound(counted):
        low = max(low, rule.pass_at_least)
    bounds = Interval(min(low, high), high)
    return None if bounds == ANYTHING else bounds


def retained(answer: Answer | None, bounds: Interval | None) -> Interval | None:
    """What enters the sums: None when not applicable.

    What was said and what was measured narrow each other; a contradiction widens the interval to
    hold both. "Ne sais pas" counts zero unless a probe knows better; silence, or a text that gives
    no level, leaves everything possible.
    """
    if answer is None:
        return bounds or ANYTHING
    if answer.state is AnswerState.NOT_APPLICABLE:
        return None
    held = claimed(answer)
    if held is None:
        return bounds or (ANYTHING if answer.state.levelled else Interval(0, 0))
    if bounds is None:
        return held
    if _overlap(held, bounds):
        return Interval(max(held.low, bounds.low), min(held.high, bounds.high))
    return Interval(min(held.low, bounds.low), max(held.high, bounds.high))


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
    if claimed(answer) is None:
        return None
    best = Confidence.DECLARED
    level = answer.level if answer else None
    for piece in pieces:
        valid = in_force(piece, indicator, level, today)
        best = max(best, Confidence.DATED_DOCUMENT if valid else Confidence.DOCUMENT)
    return best


def in_force(piece: Evidence, indicator: Indicator, level: int | None, today: date) -> bool:
    """True when the document bears a date, not in the future, and still supports `level` today.

    The validity is the longest one the indicator accepts at that level, in months.
    """
    if piece.effective is None or piece.effective > today:
        return False
    return today <= add_months(piece.effective, indicator.evidence_months(level))


def _overlap(one: Interval, other: Interval) -> bool:
    return one.low <= other.high and other.low <= one.high


def _all_sound(seen: Iterable[tuple[object, Verdict]]) -> bool:
    return all(verdict in (Verdict.PASS, Verdict.INFO) for _, verdict in seen)
