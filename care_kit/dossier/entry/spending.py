"""From what a person typed to a line of spending: checked against the lines already there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import evidence
from care_kit.dossier.entry.choices import chosen
from care_kit.dossier.journal.events import SpendingRecorded
from care_kit.model.dossier import finess
from care_kit.model.dossier.money import Spending, SpendingKind
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import InputError


@dataclass(frozen=True)
class Typed:
    """A line as typed: amounts in euros, `entity` a FINESS number or empty, tax details if any."""

    programme: str
    objective: str
    label: str
    amount: Decimal
    kind: SpendingKind = SpendingKind.ESTIMATE
    excluding_tax: Decimal | None = None
    vat_recoverable: bool = False
    number: str = ""
    supplier: str = ""
    dated: date | None = None
    entity: str = ""


def recorded(
    state: DossierState, typed: Typed, *, evidence_id: str = "", replaces: str = ""
) -> SpendingRecorded:
    """The event for a line; `replaces` is the id of the line it takes the place of.

    InputError when it has no label, when its net amount exceeds the whole, when its entity is not
    of the establishment, or when an invoice bears a number already typed.
    """
    others = [one for one in state.spending if one.id != replaces]
    _refuse_empty(typed)
    _refuse_wrong_tax(typed)
    _refuse_repeated_number(typed, others)
    return SpendingRecorded(
        str(uuid4()),
        typed.programme,
        typed.objective,
        typed.label.strip(),
        typed.amount,
        typed.excluding_tax,
        typed.vat_recoverable,
        typed.kind,
        typed.number.strip(),
        typed.supplier.strip(),
        typed.dated,
        entity_of(state, typed.entity),
        evidence_id,
        replaces,
    )


def record(dossier: Dossier, typed: Typed, file: Path | None, replaces: str = "") -> None:
    """Write a line and, when there is one, the document it rests on.

    Both enter together, or none does.
    """
    event = recorded(dossier.state, typed, replaces=replaces)
    if file is None:
        dossier.append(event)
        return
    title = f"{typed.kind.label.capitalize()} {typed.number}".strip()
    subject = typed.objective or typed.programme
    piece, content = evidence(dossier, file, [subject], typed.dated, title)
    dossier.append_all([piece, replace(event, evidence_id=piece.evidence_id)], [content])


def kind_of(typed: str) -> SpendingKind:
    """The kind with that French name; InputError with the three of them."""
    return chosen({one.label: one for one in SpendingKind}, typed, "une nature de dépense")


def entity_of(state: DossierState, finess_ej: str) -> str:
    """The FINESS number of a legal entity of the establishment, empty for the lead one.

    InputError when it is not one of them.
    """
    known = {one.finess_ej: one.name for one in state.establishment.entities}
    number = finess.normalise(finess_ej) if finess_ej.strip() else ""
    if number and number not in known:
        listed = ", ".join(f"{key} ({name})" for key, name in known.items())
        raise InputError(
            f"L'entité « {finess_ej} » n'est pas dans l'établissement.",
            f"Donnez le FINESS juridique d'une de ces entités : {listed}.",
        )
    return number


def _refuse_empty(typed: Typed) -> None:
    if not typed.label.strip():
        raise InputError("La dépense n'a pas d'objet.", "Dites ce qui est acheté, avec --label.")


def _refuse_wrong_tax(typed: Typed) -> None:
    if typed.excluding_tax is not None and typed.excluding_tax > typed.amount:
        raise InputError(
            "Le montant hors taxes dépasse le montant toutes taxes comprises.",
            "Vérifiez les deux montants sur le document ; les avez-vous intervertis ?",
        )


def _refuse_repeated_number(typed: Typed, others: Iterable[Spending]) -> None:
    """The same invoice twice is the first thing an examiner looks for."""
    if typed.kind is not SpendingKind.INVOICE or not typed.number.strip():
        return
    wanted = _identity(typed.supplier, typed.number)
    for one in others:
        if one.kind is SpendingKind.INVOICE and _identity(one.supplier, one.number) == wanted:
            raise InputError(
                f"La facture n° {typed.number.strip()} de ce fournisseur est déjà saisie "
                f"(« {one.label} »).",
                "Corrigez le numéro, ou retirez la première avec « care spending withdraw ».",
            )


def _identity(supplier: str, number: str) -> tuple[str, str]:
    return "".join(supplier.split()).casefold(), "".join(number.split()).casefold()
