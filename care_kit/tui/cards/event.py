"""The text of one event of the journal: its fields under their French names."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from care_kit.dossier.folding.fold import event_of
from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.labels import LABELS
from care_kit.model.words.french import day, instant, number
from care_kit.tui.wording import Part

FIELDS = {
    "action_id": "action",
    "acceptance_id": "acceptation",
    "amount": "montant TTC",
    "carried": "reprises telles quelles",
    "category": "catégorie",
    "check": "contrôle",
    "checks": "contrôles clos",
    "comment": "commentaire",
    "complete": "complet",
    "dated": "datée du",
    "dossier_id": "dossier",
    "due": "échéance",
    "effective": "date portée",
    "employees": "salariés",
    "ended": "fin",
    "ends": "dernier jour",
    "entities": "entités",
    "entity": "entité",
    "establishment": "établissement",
    "evidence_id": "pièce",
    "excluding_tax": "montant HT",
    "facts_sha512": "faits, SHA-512",
    "finding_id": "constat",
    "finess": "FINESS",
    "finess_eg": "FINESS du site",
    "finess_ej": "FINESS de l'entité",
    "followed": "suivi",
    "ght": "GHT",
    "gone": "sans question",
    "indicator": "question",
    "kind": "nature",
    "label": "libellé",
    "legal_representative": "représentant légal",
    "level": "niveau",
    "levels": "niveaux visés",
    "marked": "à revoir",
    "media_type": "type",
    "name": "nom",
    "nis2": "NIS 2",
    "number": "numéro",
    "object_digest": "empreinte de l'objet",
    "objective": "objectif",
    "ose": "OSE",
    "owner": "responsable",
    "person_days": "jours internes",
    "probe": "sonde",
    "programme": "programme",
    "purchase": "achat TTC",
    "questionnaire": "questionnaire",
    "questionnaire_version": "version du questionnaire",
    "reading_id": "relevé",
    "chosen": "jugé",
    "reason": "motif",
    "reference": "référence",
    "region": "région",
    "replaces": "remplace",
    "reported_on": "rapport du",
    "result_id": "résultat",
    "result_sha512": "ce qui y est lu, SHA-512",
    "role": "fonction",
    "scope_sha256": "périmètre, SHA-256",
    "seen_on": "constaté le",
    "self_employed": "libéraux",
    "service": "prestation TTC",
    "severity": "gravité",
    "sha512": "SHA-512",
    "share": "part d'activité (%)",
    "signed_by": "signée par",
    "signed_on": "signé le",
    "sites": "sites",
    "size": "octets",
    "source": "source",
    "source_sha512": "rapport, SHA-512",
    "spending_id": "dépense",
    "started": "début",
    "starts": "premier jour",
    "state": "état",
    "statement_sha512": "déclaration, SHA-512",
    "status": "suite",
    "subjects": "sert à",
    "supplier": "fournisseur",
    "text": "texte",
    "title": "titre",
    "to_review": "à relire",
    "tool": "outil",
    "typed": "valeur donnée",
    "until": "jusqu'au",
    "vat_recoverable": "TVA récupérable",
    "versions": "versions",
    "wording": "empreinte de la question",
    "year": "année",
}
"""French name of every field an event may hold."""
_UNSAID: tuple[object, ...] = (None, "", (), {})


def event_card(one: Record, rank: int) -> Iterator[Part]:
    """What happened, by whom and when, what it holds, and the seal of the chain.

    `rank` is its place in the journal: copies brought together each have an event of the same
    `seq`.
    """
    yield "", f"N° {rank} · {LABELS[one.kind]}", "bold"
    yield "", f"{one.author}, {moment(one)} UTC", ""
    yield from _held(event_of(one), "")
    yield "", f"Empreinte : {one.hash}", ""


def moment(one: Record) -> str:
    """Day and minute of an event, in universal time."""
    year, month, rest = one.at[:10].split("-")
    return f"{rest}/{month}/{year} {one.at[11:16]}"


def _held(shape: Any, margin: str) -> Iterator[Part]:
    for field in fields(shape):
        value, name = getattr(shape, field.name), FIELDS[field.name]
        if value in _UNSAID:
            continue
        inner = value if isinstance(value, tuple) else (value,)
        if is_dataclass(inner[0]):
            yield margin, f"{name} :", ""
            for one in inner:
                yield from _held(one, f"{margin}  ")
        else:
            yield margin, f"{name} : {_written(value)}", ""


def _written(value: object) -> str:
    match value:
        case bool():
            return "oui" if value else "non"
        case Enum():
            return str(getattr(value, "label", value.value))
        case datetime():
            return instant(value)
        case date():
            return day(value)
        case Decimal():
            return number(value, max(0, -int(value.as_tuple().exponent)))
        case Mapping():
            return ", ".join(f"{key} : {_written(one)}" for key, one in value.items())
        case tuple():
            return ", ".join(
                " : ".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in value
            )
        case _:
            return str(value)
