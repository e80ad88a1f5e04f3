"""The windows about money and what they write: the core of `care spending`."""

from collections.abc import Callable
from pathlib import Path

from care_kit.catalog.programmes import find_objective
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry import ght
from care_kit.dossier.entry.amounts import euros
from care_kit.dossier.entry.pieces import read_document
from care_kit.dossier.entry.spending import Typed, entity_of, kind_of, record, recorded
from care_kit.dossier.journal.events import CeilingNotified
from care_kit.model.content.programme import Programme
from care_kit.model.dossier.money import Spending, SpendingKind
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import InputError
from care_kit.model.words.french import euros as in_euros
from care_kit.model.words.vocabulary import PeriodKind
from care_kit.tui.forms.accepting import typed_day
from care_kit.tui.windows.form import Field

Writing = Callable[[Dossier], str]


def fields(before: Spending | None, kind: SpendingKind) -> tuple[Field, ...]:
    """What is asked of a line; `before` is the one it takes the place of."""
    recovered = before is not None and before.vat_recoverable
    return (
        Field("Objet de la dépense", before.label if before else ""),
        Field("Objectif financé (identifiant)", before.objective if before else ""),
        Field("Montant TTC, en euros", f"{before.amount}" if before else ""),
        Field("Nature (estimation, devis ou facture)", kind.label),
        Field("Montant hors taxes, en euros (vide : non donné)", _net(before)),
        Field("TVA récupérée (oui ou non)", "oui" if recovered else "non"),
        Field("Numéro du document"),
        Field("Fournisseur", before.supplier if before else ""),
        Field("Date du document (JJ/MM/AAAA)"),
        Field("FINESS juridique (vide : entité porteuse)", before.entity if before else ""),
        Field("Chemin du devis ou de la facture (vide : rien à joindre)"),
    )


def spending(state: DossierState, programme: Programme, replaces: str, *texts: str) -> Writing:
    """What `fields` ask to write; InputError when it cannot be."""
    *said, path = texts
    typed = _typed(programme, *said)
    file = Path(path).expanduser() if path else None
    recorded(state, typed, replaces=replaces)
    if file is not None:
        read_document(file)  # refused before anything is written

    def write(dossier: Dossier) -> str:
        record(dossier, typed, file, replaces)
        return f"Dépense enregistrée : {typed.label}, {in_euros(typed.amount)}."

    return write


CEILING = (
    Field("Plafond, en euros"),
    Field("Où il est notifié (courrier, date)"),
    Field("FINESS juridique (vide : tout le dossier)"),
)


def ceiling(
    state: DossierState, programme: Programme, amount: str, source: str, entity: str
) -> Writing:
    """What `CEILING` asks to write."""
    if not source:
        raise InputError("Le plafond n'a pas de source.", "Dites où l'ARS le notifie.")
    event = CeilingNotified(programme.id, euros(amount), source, entity_of(state, entity))

    def write(dossier: Dossier) -> str:
        dossier.append(event)
        return f"Plafond notifié enregistré : {in_euros(event.amount)}."

    return write


PERIOD = (
    Field("Premier jour (JJ/MM/AAAA)"),
    Field("Dernier jour (JJ/MM/AAAA)"),
    Field("Où elle est notifiée (courrier, date)"),
)


def period(programme: Programme, starts: str, ends: str, source: str) -> Writing:
    """What `PERIOD` asks to write."""
    kind = PeriodKind.ELIGIBLE
    event = ght.period(programme.id, kind.value, typed_day(starts), typed_day(ends), source)

    def write(dossier: Dossier) -> str:
        dossier.append(event)
        return f"{kind.label.capitalize()} : du {event.starts:%d/%m/%Y} au {event.ends:%d/%m/%Y}."

    return write


def _typed(
    programme: Programme,
    label: str,
    objective: str,
    amount: str,
    kind: str,
    net: str,
    recovered: str,
    number: str,
    supplier: str,
    dated: str,
    entity: str,
) -> Typed:
    return Typed(
        programme=programme.id,
        objective=find_objective(programme, objective).id if objective else "",
        label=label,
        amount=euros(amount),
        kind=kind_of(kind),
        excluding_tax=euros(net) if net else None,
        vat_recoverable=_yes(recovered),
        number=number,
        supplier=supplier,
        dated=typed_day(dated) if dated else None,
        entity=entity,
    )


def _yes(text: str) -> bool:
    known = {"oui": True, "o": True, "non": False, "n": False, "": False}
    if text.casefold() not in known:
        raise InputError(f"« {text} » n'est ni oui ni non.", "La TVA est-elle récupérée ?")
    return known[text.casefold()]


def _net(before: Spending | None) -> str:
    if before is None or before.excluding_tax is None:
        return ""
    return str(before.excluding_tax)
