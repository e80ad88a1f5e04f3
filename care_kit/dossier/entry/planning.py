"""From what a person typed to an action of the plan, whatever the front end."""

import re
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from care_kit.catalog.content import Content
from care_kit.dossier.entry.amounts import euros
from care_kit.dossier.entry.choices import chosen
from care_kit.dossier.entry.days import day
from care_kit.dossier.journal.events import ActionPlanned
from care_kit.model.content.questionnaire import TOP_LEVEL
from care_kit.model.dossier.money import Action, ActionState
from care_kit.model.words.errors import InputError
from care_kit.model.words.text import printable

_LEVEL = re.compile(r"(\S+?)\s*[:=]\s*(\d)")
_DAYS = re.compile(r"\d{1,5}(?:[.,]\d{1,2})?")


@dataclass(frozen=True)
class TypedAction:
    """An action as texts: levels « CK-GOV-02:3, CK-SAU-01:2 », checks separated by commas."""

    title: str
    levels: str = ""
    checks: str = ""
    owner: str = ""
    due: str = ""
    purchase: str = ""
    service: str = ""
    person_days: str = ""
    state: str = ""


def planned(content: Content, typed: TypedAction, action_id: str = "") -> ActionPlanned:
    """The event for an action, new when `action_id` is empty.

    InputError when it has no title, or names a question, a check, a level, a date or an amount
    that does not exist.
    """
    title = printable(typed.title).strip()
    if not title:
        raise InputError("L'action n'a pas d'intitulé.", "Dites ce qui sera fait.")
    return ActionPlanned(
        action_id or str(uuid4()),
        title,
        _levels(content, typed.levels),
        tuple(_check(content, one) for one in _listed(typed.checks)),
        printable(typed.owner).strip(),
        day(typed.due, "l'échéance") if typed.due.strip() else None,
        euros(typed.purchase) if typed.purchase.strip() else None,
        euros(typed.service) if typed.service.strip() else None,
        _days(typed.person_days),
        _state(typed.state),
    )


def typed_again(action: Action) -> TypedAction:
    """An action as a person would type it: `planned` gives the same action back."""
    return TypedAction(
        action.title,
        ", ".join(f"{indicator}:{level}" for indicator, level in action.levels),
        ", ".join(action.checks),
        action.owner,
        f"{action.due:%d/%m/%Y}" if action.due else "",
        _amount(action.purchase),
        _amount(action.service),
        _amount(action.person_days),
        action.state.label,
    )


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(one for one in re.split(r"[,;\s]+", text) if one))


def _levels(content: Content, text: str) -> tuple[tuple[str, int], ...]:
    known = {one.id.upper(): one.id for one in content.indicators}
    wanted: dict[str, int] = {}
    for part in filter(None, (one.strip() for one in re.split(r"[,;\n]", text))):
        found = _LEVEL.fullmatch(part)
        name = known.get(found[1].upper()) if found else None
        if found is None or name is None or not 1 <= int(found[2]) <= TOP_LEVEL:
            raise InputError(
                f"« {part} » n'est pas une question suivie d'un niveau de 1 à {TOP_LEVEL}.",
                "Écrivez par exemple « CK-GOV-02:3 » ; « care questions » liste les questions.",
            )
        wanted[name] = int(found[2])
    return tuple(wanted.items())


def _check(content: Content, typed: str) -> str:
    known = {one.upper(): one for one in content.checks}
    found = known.get(typed.upper())
    if found is None:
        raise InputError(
            f"« {typed} » n'est pas un contrôle connu.",
            "« care findings » donne les identifiants des contrôles en échec.",
        )
    return found


def _amount(known: Decimal | None) -> str:
    return "" if known is None else str(known)


def _days(text: str) -> Decimal | None:
    bare = text.strip()
    if not bare:
        return None
    if not _DAYS.fullmatch(bare):
        raise InputError(
            f"« {text} » n'est pas un nombre de jours.", "Écrivez par exemple « 12 » ou « 2,5 »."
        )
    return Decimal(bare.replace(",", "."))


def _state(text: str) -> ActionState:
    if not text.strip():
        return ActionState.TO_DO
    return chosen({one.label: one for one in ActionState}, text, "l'état d'une action")
