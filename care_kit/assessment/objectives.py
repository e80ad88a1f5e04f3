"""How far each objective of a programme is shown by the dossier."""

from collections.abc import Mapping
from itertools import pairwise

from care_kit.model.assessment import IndicatorResult, ObjectiveResult, ObjectiveState
from care_kit.model.dossier import DossierState, ReadingRecord
from care_kit.model.programme import Objective, Programme, ReadingRule


def objectives(
    programme: Programme, state: DossierState, results: Mapping[str, IndicatorResult]
) -> Mapping[str, ObjectiveResult]:
    """Result of every objective, by id; `results` hold every indicator it leans on."""
    return {one.id: _result(one, state, results) for one in programme.objectives}


def _result(
    objective: Objective, state: DossierState, results: Mapping[str, IndicatorResult]
) -> ObjectiveResult:
    if objective.ght_only and not state.establishment.ght:
        return ObjectiveResult(objective.id, ObjectiveState.NOT_CONCERNED)
    attached = tuple(piece.id for one in objective.pieces for piece in state.evidence_for(one.id))
    missing = [
        f"Pièce à joindre : {piece.title}."
        for piece in objective.pieces
        if piece.mandatory and not state.evidence_for(piece.id)
    ]
    missing += [gap for rule in objective.readings if (gap := reading_gap(rule, state.readings))]
    missing += [
        f"Indicateur {one} sans réponse ni mesure."
        for one in objective.indicators
        if _silent(one, results)
    ]
    if missing:
        return ObjectiveResult(objective.id, ObjectiveState.MISSING, tuple(missing), attached)
    shown = ObjectiveState.UNDETERMINED if objective.gap else ObjectiveState.SHOWN
    return ObjectiveResult(objective.id, shown, (), attached)


def reading_gap(rule: ReadingRule, readings: tuple[ReadingRecord, ...]) -> str:
    """What the readings lack to satisfy the rule, as a French sentence; empty when satisfied."""
    kept = sorted(
        (one for one in readings if one.probe is rule.probe and one.complete),
        key=lambda one: one.ended,
    )
    label = rule.probe.label
    if len(kept) < rule.count:
        return (
            f"{rule.count} relevé(s) complet(s) attendu(s) pour la sonde « {label} » : "
            f"le dossier en contient {len(kept)}."
        )
    if not rule.max_days:
        return ""
    gaps = [(after.ended.date() - before.ended.date()).days for before, after in pairwise(kept)]
    if any(rule.min_days <= gap <= rule.max_days for gap in gaps):
        return ""
    found = ", ".join(str(gap) for gap in gaps)
    return (
        f"Deux relevés successifs « {label} » espacés de {rule.min_days} à {rule.max_days} jours "
        f"sont attendus : écarts constatés en jours : {found}."
    )


def _silent(indicator: str, results: Mapping[str, IndicatorResult]) -> bool:
    found = results.get(indicator)
    return found is None or (found.state is None and found.measured is None)
