"""Which entities an objective covers, what share of the activity they weigh, what is missing.

An entity is covered when every piece that counts, valid that day, and every answer the objective
leans on say so. The pieces that count are those the content marks `per_entity`, else the mandatory
ones, else all of them; one that is not attached covers nobody, so that adding a piece can only add
entities.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from care_kit.assessment.programme.pieces import accepted
from care_kit.model.content.programme import Objective, Piece
from care_kit.model.dossier.establishment import Establishment
from care_kit.model.dossier.money import ActivityShare
from care_kit.model.dossier.state import DossierState
from care_kit.model.results.activity import ActivityCoverage
from care_kit.model.results.assessment import IndicatorResult
from care_kit.model.words.french import TO_COMPLETE, percentage
from care_kit.model.words.vocabulary import AnswerState

WHOLE = Decimal(100)
NOTHING = Decimal(0)


def coverage(
    programme: str,
    objective: Objective,
    state: DossierState,
    results: Mapping[str, IndicatorResult],
    today: date,
) -> ActivityCoverage | None:
    """Coverage of an objective, None when it asks for no share or there is nothing to share."""
    units = state.establishment.activity_units
    if not objective.activity_share or not units:
        return None
    covered = covered_units(programme, objective, state, results, today)
    return weighed(units, covered, state.shares, objective.activity_share)


def covered_units(
    programme: str,
    objective: Objective,
    state: DossierState,
    results: Mapping[str, IndicatorResult],
    today: date,
) -> tuple[str, ...]:
    """Entities the activity is shared between that the objective covers on `today`."""
    tree = state.establishment
    proofs = [
        _leaves(tree, (one.entities for one in accepted(programme, piece, state, today)))
        for piece in counted_pieces(objective)
    ]
    proofs += [_answered(one, state, results) for one in objective.indicators]
    return tuple(
        unit
        for unit in tree.activity_units
        if proofs and all(_sites(tree, unit) <= proof for proof in proofs)
    )


def weighed(
    units: tuple[str, ...],
    covered: tuple[str, ...],
    shares: Mapping[str, ActivityShare],
    required: int,
) -> ActivityCoverage:
    """The share of `covered` among `units`, and the fewest entities to add to reach `required`."""
    known = {unit: shares[unit].share for unit in units if unit in shares}
    low = _sum(known, covered)
    left = WHOLE - sum(known.values(), NOTHING)
    high = low + left if any(unit not in known for unit in covered) else low
    return ActivityCoverage(required, covered, low, high, smallest(known, covered, required))


def smallest(
    known: Mapping[str, Decimal], covered: tuple[str, ...], required: int
) -> tuple[str, ...]:
    """The fewest entities that bring `covered` to `required` percent; none when it cannot be told.

    Taking the largest shares first gives the fewest, and of those sets the heaviest; equal shares
    go by FINESS number.
    """
    total, added = _sum(known, covered), []
    for unit in sorted(known, key=lambda one: (-known[one], one)):
        if total >= required:
            break
        if unit not in covered:
            added.append(unit)
            total += known[unit]
    return tuple(added) if total >= required else ()


def shares_gap(state: DossierState) -> str:
    """What the shares typed lack, as a French sentence; empty when nothing is missing."""
    units = state.establishment.activity_units
    missing = [unit for unit in units if unit not in state.shares]
    if missing:
        return f"Part de l'activité combinée {TO_COMPLETE} pour {', '.join(missing)}."
    total = sum((state.shares[unit].share for unit in units), NOTHING)
    if units and total != WHOLE:
        return (
            f"Les parts de l'activité combinée totalisent {percentage(total)} : "
            f"{percentage(WHOLE - total)} n'est attribué à aucune entité."
        )
    return ""


def sentence(found: ActivityCoverage, establishment: Establishment) -> str:
    """The coverage told in French: the share, who is covered, who to add."""
    names = establishment.names
    asked = f"{found.required} % attendus"
    if found.reached is None:
        return (
            f"Part de l'activité combinée couverte : {TO_COMPLETE} ({asked} au moins ; "
            f"au moins {percentage(found.low)} d'après les parts saisies)."
        )
    covered = ", ".join(names[one] for one in found.covered) or "aucune entité"
    told = f"Part de l'activité combinée couverte : {percentage(found.low)} sur {asked} ({covered})"
    if found.reached:
        return f"{told}."
    if not found.to_add:
        return f"{told} ; complétez les parts d'activité pour savoir quelles entités ajouter."
    return f"{told} ; il suffit d'ajouter {', '.join(names[one] for one in found.to_add)}."


def counted_pieces(objective: Objective) -> tuple[Piece, ...]:
    """Pieces whose entities count in the share of the activity."""
    marked = tuple(one for one in objective.pieces if one.per_entity)
    mandatory = tuple(one for one in objective.pieces if one.mandatory)
    return marked or mandatory or objective.pieces


def _answered(
    indicator: str, state: DossierState, results: Mapping[str, IndicatorResult]
) -> frozenset[str]:
    """Sites an answer holds for: none at level 0, none when it holds in part without saying where.

    What is not applicable excludes nobody.
    """
    answer, found = state.answers.get(indicator), results.get(indicator)
    if answer is None or found is None:
        return frozenset()
    if answer.state is not AnswerState.NOT_APPLICABLE and not found.declared:
        return frozenset()
    if answer.state is AnswerState.PARTIAL and not answer.entities:
        return frozenset()
    return _leaves(state.establishment, [answer.entities])


def _leaves(tree: Establishment, covered: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """Sites covered; an empty tuple stands for all of them."""
    everything = tree.names
    return frozenset(
        leaf for numbers in covered for one in (numbers or everything) for leaf in _sites(tree, one)
    )


def _sites(tree: Establishment, unit: str) -> frozenset[str]:
    """Sites of a legal entity (the entity itself when it has none), or the site itself."""
    for entity in tree.entities:
        if entity.finess_ej == unit:
            return frozenset(site.finess_eg for site in entity.sites) or frozenset({unit})
    return frozenset({unit})


def _sum(known: Mapping[str, Decimal], units: Iterable[str]) -> Decimal:
    return sum((known.get(one, NOTHING) for one in units), NOTHING)
