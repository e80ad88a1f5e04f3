"""Actions by what they bring for what they cost, within a budget."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from care_kit.assessment.plan.simulation import gain, simulated
from care_kit.assessment.standing.situation import Situation
from care_kit.model.dossier.money import Action, ActionState
from care_kit.model.results.plan import Plan, PlannedAction

NOTHING = Decimal(0)


def plan(
    now: Situation,
    actions: Iterable[Action],
    *,
    day_cost: Decimal | None = None,
    budget: Decimal | None = None,
) -> Plan:
    """Actions not done yet, by gain per euro; `day_cost` prices the establishment's own days.

    Without `day_cost` those days cost nothing here and are told apart. With a `budget` actions are
    taken in that order as long as they fit; one that nobody costed fits no budget.
    """
    ranked = sorted(
        (
            PlannedAction(one, gain(now, simulated(now, [one])), cost(one, day_cost))
            for one in actions
            if one.state is not ActionState.DONE
        ),
        key=_rank,
    )
    kept: list[PlannedAction] = []
    left: list[PlannedAction] = []
    spent = NOTHING
    for one in ranked:
        if budget is None or (one.cost is not None and spent + one.cost <= budget):
            kept.append(one)
            spent += one.cost or NOTHING
        else:
            left.append(one)
    after = simulated(now, [one.action for one in kept])
    days = sum((one.action.person_days or NOTHING for one in kept), NOTHING)
    return Plan(tuple(kept), tuple(left), gain(now, after), spent, days)


def cost(action: Action, day_cost: Decimal | None = None) -> Decimal | None:
    """Euros: purchase and service, and its own people's days when `day_cost` is known.

    None as long as nobody costed the action.
    """
    if not action.costed:
        return None
    days = (action.person_days or NOTHING) * (day_cost or NOTHING)
    return (action.purchase or NOTHING) + (action.service or NOTHING) + days


def _rank(one: PlannedAction) -> tuple[int, float, float, date, str]:
    """What gains points, then what only closes findings, then the rest; per euro, free first.

    What nobody costed comes last of its kind.
    """
    if one.gain.points > 0:
        tier, worth = 0, one.gain.points
    elif one.gain.failures:
        tier, worth = 1, float(one.gain.failures)
    else:
        tier, worth = 2, 0.0
    return tier, -_per_euro(worth, one.cost), -worth, one.action.due or date.max, one.action.title


def _per_euro(worth: float, cost: Decimal | None) -> float:
    if cost is None:
        return -1.0
    return worth / float(cost) if cost else float("inf")
