"""Spending of a programme against what bounds it: period, tax, ceilings.

No text read gives the formula of an amount: what is asked is the spending kept, within the ceiling
the authority notified, and nothing as long as that ceiling is not known. That a recoverable tax is
no spending is the common rule of public funding, not read in a CaRE text.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from care_kit.model.content.programme import Programme
from care_kit.model.dossier.money import Period, Spending, SpendingKind
from care_kit.model.dossier.state import DossierState
from care_kit.model.results.assessment import ObjectiveResult, ObjectiveState
from care_kit.model.results.funding_file import (
    EntityFunding,
    FundedLine,
    FundingFile,
    LineState,
    Stage,
)
from care_kit.model.words.french import counted, day, euros
from care_kit.model.words.vocabulary import PeriodKind

NOTHING = Decimal(0)


def funding(
    programme: Programme,
    state: DossierState,
    objectives: Mapping[str, ObjectiveResult],
    stage: Stage,
) -> FundingFile:
    """The money of `programme` at `stage`; `objectives` are its results, by id."""
    period = state.period(programme.id, PeriodKind.ELIGIBLE)
    mine = [one for one in state.spending if one.programme == programme.id]
    lines = tuple(_judged(one, period, objectives, stage) for one in mine)
    kept = sum((one.base for one in lines), NOTHING)
    entities = tuple(_entities(programme.id, state, lines))
    ceiling = state.ceiling(programme.id)
    asked = _asked(kept, ceiling.amount if ceiling else None, entities)
    by_objective: dict[str, Decimal] = {}
    for one in lines:
        known = by_objective.get(one.spending.objective, NOTHING)
        by_objective[one.spending.objective] = known + one.base
    gaps = tuple(_gaps(lines, asked, entities, kept))
    return FundingFile(
        programme.id, stage, lines, by_objective, entities, kept, period, ceiling, asked, gaps
    )


def _judged(
    line: Spending,
    period: Period | None,
    objectives: Mapping[str, ObjectiveResult],
    stage: Stage,
) -> FundedLine:
    if refusal := _refusal(line, period, objectives, stage):
        return FundedLine(line, LineState.REFUSED, NOTHING, refusal)
    if lacking := _lacking(line, period, objectives, stage):
        return FundedLine(line, LineState.WAITING, NOTHING, lacking)
    net = line.excluding_tax if line.vat_recoverable else line.amount
    return FundedLine(line, LineState.KEPT, net or NOTHING)


def _refusal(
    line: Spending,
    period: Period | None,
    objectives: Mapping[str, ObjectiveResult],
    stage: Stage,
) -> str:
    """Why nothing of the line can ever count, empty when something may."""
    result = objectives.get(line.objective)
    if result is not None and result.state is ObjectiveState.NOT_CONCERNED:
        return "L'objectif ne concerne pas cet établissement."
    if stage is Stage.PAYMENT and line.kind is not SpendingKind.INVOICE:
        return f"Une demande de paiement repose sur des factures : ceci est {_a(line.kind)}."
    if period is None or line.kind is not SpendingKind.INVOICE or line.dated is None:
        return ""
    if period.starts <= line.dated <= period.ends:
        return ""
    return (
        f"Facture du {day(line.dated)}, hors de la période d'éligibilité "
        f"(du {day(period.starts)} au {day(period.ends)})."
    )


def _lacking(
    line: Spending,
    period: Period | None,
    objectives: Mapping[str, ObjectiveResult],
    stage: Stage,
) -> str:
    """What must be known before the line can count, empty when nothing is missing."""
    if line.objective not in objectives:
        return "Rattachez la dépense à un objectif du programme."
    if line.vat_recoverable and line.excluding_tax is None:
        return "La TVA est récupérée : le montant hors taxes est à compléter."
    if line.kind is not SpendingKind.INVOICE:
        return ""
    if line.dated is None:
        return "La date de la facture est à compléter."
    if period is None:
        return "La période d'éligibilité des dépenses est à compléter."
    if stage is Stage.PAYMENT and not (line.number and line.supplier):
        return "Le numéro et le fournisseur de la facture sont à compléter."
    if stage is Stage.PAYMENT and not line.evidence_id:
        return "La facture est à joindre."
    return ""


def _a(kind: SpendingKind) -> str:
    return "un devis" if kind is SpendingKind.QUOTE else "une estimation"


def _entities(
    programme: str, state: DossierState, lines: Sequence[FundedLine]
) -> Iterator[EntityFunding]:
    lead = state.establishment.lead.finess_ej
    for entity in state.establishment.entities:
        mine = [one for one in lines if (one.spending.entity or lead) == entity.finess_ej]
        kept = sum((one.base for one in mine), NOTHING)
        ceiling = state.ceiling(programme, entity.finess_ej)
        asked = min(kept, ceiling.amount) if ceiling else None
        if mine or ceiling:
            yield EntityFunding(entity.finess_ej, entity.name, kept, ceiling, asked)


def _asked(
    kept: Decimal, ceiling: Decimal | None, entities: Sequence[EntityFunding]
) -> Decimal | None:
    """What may be asked: each entity within its own ceiling, all of them within the common one."""
    if any(one.ceiling for one in entities):
        amounts = [one.asked for one in entities if one.kept]
        known = [one for one in amounts if one is not None]
        if len(known) < len(amounts):
            return None
        total = sum(known, NOTHING)
        return total if ceiling is None else min(total, ceiling)
    return None if ceiling is None else min(kept, ceiling)


def _gaps(
    lines: Sequence[FundedLine],
    asked: Decimal | None,
    entities: Sequence[EntityFunding],
    kept: Decimal,
) -> Iterator[str]:
    if not lines:
        yield "Aucune dépense saisie pour ce programme."
    waiting = [one for one in lines if one.state is LineState.WAITING]
    if waiting:
        held = counted(len(waiting), "dépense")
        total = euros(sum((one.spending.amount for one in waiting), NOTHING))
        yield f"{held} à compléter pour compter ({total} toutes taxes comprises)."
    if asked is None:
        unknown = [one.name for one in entities if one.kept and one.ceiling is None]
        whose = f" ({', '.join(unknown)})" if any(one.ceiling for one in entities) else ""
        yield f"Plafond notifié à compléter{whose} : le montant demandé n'est pas calculé."
    elif asked < kept:
        yield f"{euros(kept - asked)} de dépenses retenues dépassent le plafond notifié."
