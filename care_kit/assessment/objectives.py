"""How far each objective of a programme is shown by the dossier."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations

from care_kit.model.assessment import IndicatorResult, ObjectiveResult, ObjectiveState
from care_kit.model.dossier import DossierState, ReadingRecord
from care_kit.model.establishment import Establishment
from care_kit.model.months import add_months
from care_kit.model.programme import Objective, Piece, Programme, ReadingRule
from care_kit.model.reading import Statement


def objectives(
    programme: Programme,
    state: DossierState,
    results: Mapping[str, IndicatorResult],
    readings: tuple[ReadingRecord, ...],
    today: date,
) -> Mapping[str, ObjectiveResult]:
    """Result of every objective, by id.

    `results` hold every indicator it leans on; `readings` are those that prove something
    (`proofs`).
    """
    return {one.id: _result(one, state, results, readings, today) for one in programme.objectives}


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


def _result(
    objective: Objective,
    state: DossierState,
    results: Mapping[str, IndicatorResult],
    readings: tuple[ReadingRecord, ...],
    today: date,
) -> ObjectiveResult:
    if objective.ght_only and not state.establishment.ght:
        return ObjectiveResult(objective.id, ObjectiveState.NOT_CONCERNED)
    attached = tuple(piece.id for one in objective.pieces for piece in state.evidence_for(one.id))
    if objective.year > today.year:
        return ObjectiveResult(objective.id, ObjectiveState.NOT_DUE, (), attached)
    missing = [gap for piece in objective.pieces if (gap := piece_gap(piece, state, today))]
    missing += [gap for rule in objective.readings if (gap := reading_gap(rule, readings))]
    missing += [
        f"Indicateur {one} sans réponse ni mesure."
        for one in objective.indicators
        if _silent(one, results)
    ]
    unknown = tuple(_unknown(objective, state.establishment))
    if missing:
        return ObjectiveResult(
            objective.id, ObjectiveState.MISSING, tuple(missing), attached, unknown
        )
    shown = ObjectiveState.UNDETERMINED if unknown else ObjectiveState.SHOWN
    return ObjectiveResult(objective.id, shown, (), attached, unknown)


def piece_gap(piece: Piece, state: DossierState, today: date) -> str:
    """What is wrong with an expected piece, as a French sentence; empty when nothing is.

    One attached document that bears an acceptable date is enough.
    """
    attached = state.evidence_for(piece.id)
    if not attached:
        return f"Pièce à joindre : {piece.title}." if piece.mandatory else ""
    if any(_acceptable(one.effective, piece, today) for one in attached):
        return ""
    limits = []
    if piece.not_before:
        limits.append(f"à partir du {piece.not_before:%d/%m/%Y}")
    if piece.validity_months:
        limits.append(f"de moins de {piece.validity_months} mois")
    expected = " et ".join(limits) or "passée"
    return f"« {piece.title} » doit porter une date {expected}."


def _acceptable(effective: date | None, piece: Piece, today: date) -> bool:
    if effective is None:
        return not (piece.not_before or piece.validity_months)
    if effective > today or (piece.not_before and effective < piece.not_before):
        return False
    return not piece.validity_months or today <= add_months(effective, piece.validity_months)


def _unknown(objective: Objective, establishment: Establishment) -> Iterator[str]:
    """What the dossier cannot show yet, or what no source tells."""
    several = len(establishment.entities) > 1 or len(establishment.lead.sites) > 1
    if objective.activity_share and several:
        yield (
            f"Part de l'activité combinée couverte : à compléter "
            f"(au moins {objective.activity_share} % attendus)."
        )
    if objective.least_rate:
        yield f"Taux atteint : à compléter (au moins {objective.least_rate} % attendus)."
    if objective.gap:
        yield objective.gap


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
            f"{len(kept)} compte(nt), vues internes et relevés rejoués exclus."
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
