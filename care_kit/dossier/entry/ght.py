"""Shares, head counts and periods as people type them, checked against the establishment."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from care_kit.dossier.journal.events import ActivityShareRecorded, HeadcountRecorded, PeriodNotified
from care_kit.model.dossier import finess
from care_kit.model.dossier.establishment import Establishment
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import InputError
from care_kit.model.words.french import number, percentage
from care_kit.model.words.vocabulary import PeriodKind

WHOLE = Decimal(100)
MOST_PEOPLE = 200_000
"""More than the largest French hospital group employs: above it, a figure is a slip."""

_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))?[\s\u00a0\u202f]*%?")
_SAE_BEGINS, _SAE_ENDS = 2000, 2100


def share(state: DossierState, typed: str, percent: str, source: str) -> ActivityShareRecorded:
    """The share of an entity; InputError when it has none, or when all would exceed 100 %."""
    units = state.establishment.activity_units
    if not units:
        raise InputError(
            "L'activité de cet établissement ne se partage pas : il a une seule entité juridique "
            "et un site au plus.",
            "Une part n'a de sens que pour un GHT, ou pour un candidat de plusieurs sites.",
        )
    found = entity(state.establishment, typed)
    if found not in units:
        raise InputError(
            f"La part d'activité de {found} ne se donne pas à ce niveau de l'arborescence.",
            f"Numéros attendus : {', '.join(units)}.",
        )
    value = _percent(percent)
    total = value + sum(one.share for key, one in state.shares.items() if key != found)
    if total > WHOLE:
        raise InputError(
            f"Avec {percentage(value)} pour {found}, les parts totaliseraient {percentage(total)}.",
            "Corrigez d'abord une autre part : leur somme ne dépasse jamais 100 %.",
        )
    return ActivityShareRecorded(found, value, _sourced(source))


def headcount(
    state: DossierState, typed: str, year: int, employees: int, self_employed: int, source: str
) -> HeadcountRecorded:
    """The people of a site in a year of the SAE; InputError for a legal entity or an odd figure."""
    found = entity(state.establishment, typed)
    sites = [site.finess_eg for one in state.establishment.entities for site in one.sites]
    if found not in sites:
        raise InputError(
            f"{found} n'est pas un site : la SAE compte les effectifs par site (FINESS EG).",
            f"Sites du dossier : {', '.join(sites) or 'aucun'}.",
        )
    if not _SAE_BEGINS <= year < _SAE_ENDS:
        raise InputError(f"« {year} » n'est pas une année de la SAE.", "Par exemple : 2024.")
    if not all(0 <= one <= MOST_PEOPLE for one in (employees, self_employed)):
        raise InputError(
            f"Un effectif va de 0 à {number(MOST_PEOPLE)} personnes.", "Vérifiez les deux nombres."
        )
    return HeadcountRecorded(found, year, employees, self_employed, _sourced(source))


def period(programme: str, kind: str, starts: date, ends: date, source: str) -> PeriodNotified:
    """A period notified for a programme; InputError when its kind is unknown or it ends early."""
    if kind not in list(PeriodKind):
        listed = ", ".join(f"{one.value} ({one.label})" for one in PeriodKind)
        raise InputError(f"« {kind} » n'est pas une période connue.", f"Périodes : {listed}.")
    if ends < starts:
        raise InputError(
            f"La période finirait le {ends:%d/%m/%Y}, avant son début le {starts:%d/%m/%Y}.",
            "Donnez le premier jour, puis le dernier.",
        )
    return PeriodNotified(programme, PeriodKind(kind), starts, ends, _sourced(source))


def entities(establishment: Establishment, typed: Iterable[str]) -> tuple[str, ...]:
    """FINESS numbers of the establishment, each once; InputError names the first unknown one."""
    return tuple(dict.fromkeys(entity(establishment, one) for one in typed))


def entity(establishment: Establishment, typed: str) -> str:
    """A FINESS number of the establishment, InputError when it is not one of them."""
    found = finess.normalise(typed)
    if found not in establishment.names:
        known = ", ".join(establishment.names)
        raise InputError(
            f"Le FINESS {found} n'est ni une entité juridique ni un site de ce dossier.",
            f"Numéros du dossier : {known}.",
        )
    return found


def _percent(text: str) -> Decimal:
    found = _PERCENT.fullmatch(text.strip())
    value = Decimal(".".join(filter(None, found.groups()))) if found else None
    if value is None or value > WHOLE:
        raise InputError(
            f"« {text} » n'est pas une part d'activité.",
            "Écrivez un pourcentage de 0 à 100, par exemple « 26 » ou « 26,5 ».",
        )
    return value


def _sourced(source: str) -> str:
    kept = source.strip()
    if not kept:
        raise InputError(
            "La source est vide.", "Dites avec --source d'où vient ce chiffre (texte, date)."
        )
    return kept
