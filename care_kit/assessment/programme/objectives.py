"""How far each objective of a programme is shown by the dossier."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from care_kit.assessment.programme import activity, pieces
from care_kit.assessment.programme.activity import coverage
from care_kit.model.content.programme import Objective, Programme, ReadingRule
from care_kit.model.content.questionnaire import AnswerKind, Indicator
from care_kit.model.dossier.state import Answer, DossierState, ReadingRecord
from care_kit.model.dossier.typed_answer import rate_of
from care_kit.model.facts.reading import Statement
from care_kit.model.results.activity import ActivityCoverage
from care_kit.model.results.assessment import IndicatorResult, ObjectiveResult, ObjectiveState
from care_kit.model.words.french import TO_COMPLETE, counted, percentage
from care_kit.model.words.vocabulary import AnswerState, Provenance

TENTH = Decimal("0.1")
MOST_NAMED = 12

_Told: TypeAlias = tuple[bool | None, str]
"""A verdict, None when it cannot be told yet, and the French sentence that goes with it."""

BINDING = (Provenance.OFFICIAL, Provenance.SECONDARY)
"""Only what such a source makes mandatory can be missing; the rest is care-kit's advice."""


def objectives(
    programme: Programme,
    state: DossierState,
    results: Mapping[str, IndicatorResult],
    readings: tuple[ReadingRecord, ...],
    today: date,
    rates: Mapping[str, Fraction] | None = None,
) -> Mapping[str, ObjectiveResult]:
    """Result of every objective, by id.

    `results` hold every indicator it leans on; `readings` are those that prove something
    (`proofs`); `rates` the share, 0 to 1, of the indicators answered by a rate (`rates_given`).
    """
    seen = _Seen(programme.id, state, results, readings, today, rates or {})
    return {one.id: _result(one, seen) for one in programme.objectives}


def rates_given(
    indicators: Iterable[Indicator], answers: Mapping[str, Answer]
) -> Mapping[str, Fraction]:
    """Rates answered for the whole perimeter, by indicator, 0 to 1."""
    found = {}
    for one in indicators:
        answer = answers.get(one.id)
        if answer is None or answer.state is not AnswerState.ANSWERED or not one.answer:
            continue
        rate = rate_of(answer.typed) if one.answer.kind is AnswerKind.RATE else None
        if rate is not None:
            found[one.id] = rate
    return found


def proofs(
    readings: Iterable[ReadingRecord], statements: Mapping[str, Statement]
) -> tuple[ReadingRecord, ...]:
    """Readings of this establishment that an examiner can count.

    A replayed one measures somebody else; seen from inside, the exposed surface is not the one
    internet sees.
    """
    return tuple(
        one
        for one in readings
        if not statements[one.id].replayed and statements[one.id].view in ("", "externe")
    )


@dataclass(frozen=True)
class _Seen:
    """What every objective of a programme is judged from."""

    programme: str
    state: DossierState
    results: Mapping[str, IndicatorResult]
    readings: tuple[ReadingRecord, ...]
    today: date
    rates: Mapping[str, Fraction]


def _result(objective: Objective, seen: _Seen) -> ObjectiveResult:
    state, today = seen.state, seen.today
    if objective.ght_only and not state.establishment.ght:
        return ObjectiveResult(objective.id, ObjectiveState.NOT_CONCERNED)
    attached = tuple(piece.id for one in objective.pieces for piece in state.evidence_for(one.id))
    if objective.year > today.year:
        return ObjectiveResult(objective.id, ObjectiveState.NOT_DUE, (), attached)
    covered = coverage(seen.programme, objective, state, seen.results, today)
    missing, unknown, computed = _sorted(
        _demanded(objective, seen), _share(covered, state), _rate(objective, seen.rates)
    )
    foreseen = tuple(_foreseen(objective, seen))
    if objective.provenance not in BINDING:
        missing, foreseen = (), (*missing, *foreseen)
    unknown += (*pieces.unknown(seen.programme, objective.pieces, state),)
    unknown += (objective.gap,) if objective.gap else ()
    reached = ObjectiveState.UNDETERMINED if unknown or foreseen else ObjectiveState.SHOWN
    found = ObjectiveState.MISSING if missing else reached
    return ObjectiveResult(
        objective.id, found, missing, attached, unknown, computed, covered, foreseen
    )


def _demanded(objective: Objective, seen: _Seen) -> Iterator[_Told]:
    """What is lacking of the pieces and the readings that a source read makes mandatory."""
    bound = (one for one in objective.pieces if one.provenance in BINDING)
    told = (pieces.gap(seen.programme, one, seen.state, seen.today) for one in bound)
    lacking = [*told, *(reading_gap(rule, seen.readings) for rule in objective.readings)]
    yield from ((False, sentence) for sentence in lacking if sentence)


def _foreseen(objective: Objective, seen: _Seen) -> Iterator[str]:
    """What care-kit's own pieces and links to questions lack."""
    own = (one for one in objective.pieces if one.provenance not in BINDING)
    told = (pieces.gap(seen.programme, one, seen.state, seen.today) for one in own)
    yield from (sentence for sentence in told if sentence)
    silent = [one for one in objective.indicators if _silent(one, seen.results)]
    if len(silent) > MOST_NAMED:
        yield f"Sans réponse ni mesure : {len(silent)} questions, dont {', '.join(silent[:3])}."
    elif silent:
        yield f"Sans réponse ni mesure : {', '.join(silent)}."


def _share(covered: ActivityCoverage | None, state: DossierState) -> Iterator[_Told]:
    if covered is not None:
        yield covered.reached, activity.sentence(covered, state.establishment)


def _rate(objective: Objective, rates: Mapping[str, Fraction]) -> Iterator[_Told]:
    """The lowest rate answered against the one asked for."""
    least = objective.least_rate
    if not least:
        return
    known = [rates[one] for one in objective.indicators if one in rates]
    if not known:
        yield None, f"Taux atteint : {TO_COMPLETE} (au moins {least} % attendus)."
        return
    lowest = min(known) * 100
    shown = percentage((Decimal(lowest.numerator) / lowest.denominator).quantize(TENTH, ROUND_DOWN))
    yield lowest >= least, f"Taux atteint : {shown} (au moins {least} % attendus)."


def _sorted(*told: Iterable[_Told]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Sentences about what is missing, what cannot be told yet, and what is reached."""
    every = [one for group in told for one in group]
    missing, unknown, reached = (
        tuple(sentence for verdict, sentence in every if verdict is wanted)
        for wanted in (False, None, True)
    )
    return missing, unknown, reached


def reading_gap(rule: ReadingRule, readings: tuple[ReadingRecord, ...]) -> str:
    """What the readings lack to satisfy the rule, as a French sentence; empty when satisfied."""
    kept = sorted(
        (one for one in readings if one.probe is rule.probe and one.complete),
        key=lambda one: one.ended,
    )
    label = rule.probe.label
    if len(kept) < rule.count:
        return (
            f"Relevés complets de la sonde « {label} » : {counted(rule.count, 'attendu')}, "
            f"{counted(len(kept), 'compté')} (vues internes et relevés rejoués exclus)."
        )
    if not rule.max_days:
        return ""
    # Scans made in between, to check a correction, take nothing away (ANS FAQ on D1.O2.B).
    gaps = [
        (after.ended.date() - before.ended.date()).days for before, after in combinations(kept, 2)
    ]
    if any(rule.min_days <= gap <= rule.max_days for gap in gaps):
        return ""
    found = ", ".join(str(gap) for gap in gaps)
    return (
        f"Deux relevés « {label} » espacés de {rule.min_days} à {rule.max_days} jours "
        f"sont attendus : écarts constatés en jours : {found}."
    )


def _silent(indicator: str, results: Mapping[str, IndicatorResult]) -> bool:
    found = results.get(indicator)
    return found is None or (found.state is None and found.measured is None)
