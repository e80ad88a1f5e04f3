"""The situation as it would be once actions are done: the same assessment, on changed inputs."""

from collections.abc import Iterable
from dataclasses import replace

from care_kit.assessment.standing.situation import Situation, reassess
from care_kit.model.dossier.money import Action
from care_kit.model.dossier.state import Answer
from care_kit.model.facts.finding import Finding
from care_kit.model.results.assessment import Gravity, Interval
from care_kit.model.results.plan import Gain
from care_kit.model.words.vocabulary import AnswerState, Verdict

FAILED = (Verdict.FAIL, Verdict.ERROR)


def simulated(now: Situation, actions: Iterable[Action]) -> Situation:
    """`now` once every action is done: levels reached, failures of their checks ended.

    A level already higher is kept; a question without object stays so; what was not tested stays
    not tested.
    """
    wanted = tuple(actions)
    ended = {check for one in wanted for check in one.checks}
    findings = tuple(_ended(one) if one.check in ended else one for one in now.findings)
    answers = dict(now.state.answers)
    for action in wanted:
        for indicator, level in action.levels:
            answers[indicator] = _raised(answers.get(indicator), indicator, level, action)
    state = replace(now.state, answers=answers)
    return reassess(now, state=state, findings=findings)


def gain(before: Situation, after: Situation) -> Gain:
    """What changes between two situations of one dossier."""
    levels = {one.forest: one for one in after.assessment.directory}
    return Gain(
        level=(before.assessment.overall.level, after.assessment.overall.level),
        index=(before.assessment.overall.index, after.assessment.overall.index),
        directory={
            one.forest: (one.level, levels[one.forest].level)
            for one in before.assessment.directory
            if one.level != levels[one.forest].level
        },
        raised=tuple(_indicators(before, after)),
        failures=_failures(before.findings) - _failures(after.findings),
        blocking=_blocking(before) - _blocking(after),
    )


def _ended(finding: Finding) -> Finding:
    if finding.verdict not in FAILED:
        return finding
    return replace(finding, verdict=Verdict.PASS, objects=(), level=0)


def _raised(answer: Answer | None, indicator: str, level: int, action: Action) -> Answer:
    if answer is None:
        return Answer(indicator, AnswerState.ANSWERED, action.author, action.at, level)
    if answer.state is AnswerState.NOT_APPLICABLE:
        return answer
    if answer.state is AnswerState.ANSWERED and (answer.level or 0) >= level:
        return answer
    reached = max(level, answer.level or 0)
    return replace(answer, state=AnswerState.ANSWERED, level=reached, typed="", reason="")


def _indicators(before: Situation, after: Situation) -> Iterable[tuple[str, float, float]]:
    for key, old in before.assessment.indicators.items():
        new = after.assessment.indicators[key]
        low, high = _floor(old.retained), _floor(new.retained)
        if high > low:
            yield key, low, high


def _floor(kept: Interval | None) -> float:
    return 0.0 if kept is None else kept.low


def _failures(findings: Iterable[Finding]) -> int:
    return sum(one.verdict in FAILED for one in findings)


def _blocking(now: Situation) -> int:
    return sum(one.gravity is Gravity.BLOCKING for one in now.remarks)
