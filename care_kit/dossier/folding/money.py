"""The part of the fold that is about activity, spending and the plan."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import TypeAlias

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
from care_kit.model.dossier.state import DossierState

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


def changed(state: DossierState, event: MoneyEvent, author: str, at: datetime) -> DossierState:
    """`state` once `event` is applied; the last word on the same thing stands."""
    match event:
        case ActivityShareRecorded():
            share = ActivityShare(event.finess, event.share, event.source, author, at)
            return replace(state, shares={**state.shares, share.finess: share})
        case HeadcountRecorded():
            count = Headcount(**asdict(event), author=author, at=at)
            counted = {**state.headcounts, (count.finess_eg, count.year): count}
            return replace(state, headcounts=counted)
        case PeriodNotified():
            period = Period(**asdict(event), author=author, at=at)
            standing = (
                one
                for one in state.periods
                if (one.programme, one.kind) != (period.programme, period.kind)
            )
            return replace(state, periods=(*standing, period))
        case SpendingRecorded():
            others = (one for one in state.spending if one.id != event.replaces)
            return replace(state, spending=(*others, _spending(event, author, at)))
        case SpendingWithdrawn():
            left = tuple(one for one in state.spending if one.id != event.spending_id)
            return replace(state, spending=left)
        case CeilingNotified():
            ceiling = Ceiling(**asdict(event), author=author, at=at)
            kept = (
                one
                for one in state.ceilings
                if (one.programme, one.entity) != (ceiling.programme, ceiling.entity)
            )
            return replace(state, ceilings=(*kept, ceiling))
        case ActionPlanned() | ActionWithdrawn():
            return replace(state, actions=_actions(state, event, author, at))


def _spending(event: SpendingRecorded, author: str, at: datetime) -> Spending:
    said = asdict(event)
    del said["replaces"]
    return Spending(id=said.pop("spending_id"), **said, author=author, at=at)


def _actions(
    state: DossierState, event: ActionPlanned | ActionWithdrawn, author: str, at: datetime
) -> Mapping[str, Action]:
    if isinstance(event, ActionWithdrawn):
        return {key: one for key, one in state.actions.items() if key != event.action_id}
    said = asdict(event)
    action = Action(id=said.pop("action_id"), **said, author=author, at=at)
    return {**state.actions, action.id: action}
