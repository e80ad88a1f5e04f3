"""The part of the fold that is about activity, spending and the plan."""

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from care_kit.dossier.folding.draft import Draft
from care_kit.dossier.journal.events import (
    ActionPlanned,
    ActionWithdrawn,
    ActivityShareRecorded,
    CeilingNotified,
    HeadcountRecorded,
    PeriodNotified,
    SpendingRecorded,
    SpendingWithdrawn,
)
from care_kit.model.dossier.money import Action, ActivityShare, Ceiling, Headcount, Period, Spending

MoneyEvent: TypeAlias = (
    ActivityShareRecorded
    | HeadcountRecorded
    | PeriodNotified
    | SpendingRecorded
    | SpendingWithdrawn
    | CeilingNotified
    | ActionPlanned
    | ActionWithdrawn
)


def changed(draft: Draft, event: MoneyEvent, author: str, at: datetime) -> None:
    """Apply `event`; the last word on the same thing stands."""
    match event:
        case ActivityShareRecorded():
            draft.shares[event.finess] = ActivityShare(**asdict(event), author=author, at=at)
        case HeadcountRecorded():
            count = Headcount(**asdict(event), author=author, at=at)
            draft.headcounts[count.finess_eg, count.year] = count
        case PeriodNotified():
            draft.periods.pop((event.programme, event.kind), None)
            draft.periods[event.programme, event.kind] = Period(
                **asdict(event), author=author, at=at
            )
        case SpendingRecorded():
            draft.spending.pop(event.replaces, None)
            draft.spending[event.spending_id] = _spending(event, author, at)
        case SpendingWithdrawn():
            draft.spending.pop(event.spending_id, None)
        case CeilingNotified():
            draft.ceilings.pop((event.programme, event.entity), None)
            draft.ceilings[event.programme, event.entity] = Ceiling(
                **asdict(event), author=author, at=at
            )
        case ActionPlanned():
            draft.actions[event.action_id] = _action(event, author, at)
        case ActionWithdrawn():
            draft.actions.pop(event.action_id, None)


def _spending(event: SpendingRecorded, author: str, at: datetime) -> Spending:
    said = asdict(event)
    del said["replaces"]
    return Spending(id=said.pop("spending_id"), **said, author=author, at=at)


def _action(event: ActionPlanned, author: str, at: datetime) -> Action:
    said = asdict(event)
    for name in ("purchase", "service", "person_days"):
        said[name] = _costed(said[name])
    return Action(id=said.pop("action_id"), **said, author=author, at=at)


def _costed(amount: Decimal | None) -> Decimal | None:
    """What was typed; a bare 0, which nobody can type, is what « not said » was written as."""
    bare = amount is not None and amount == 0 and amount.as_tuple().exponent == 0
    return None if bare else amount
