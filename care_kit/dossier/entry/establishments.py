"""Who a dossier is about, read from a file or from typed values, with FINESS keys verified."""

from dataclasses import replace
from pathlib import Path

from care_kit.catalog import toml_file
from care_kit.dossier.entry.choices import chosen
from care_kit.dossier.journal.events import EstablishmentCorrected
from care_kit.model.dossier import finess
from care_kit.model.dossier.establishment import Establishment, LegalEntity, Nis2
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import InputError
from care_kit.model.words.text import printable

LONGEST_NAME = 300
"""Characters of a name, a category, a region: above it, something else was pasted."""
NIS2_WORDS = {**{one.value: one for one in Nis2}, **{one.label: one for one in Nis2}}
_EXAMPLE = "Par exemple : « care establishment set --region Bretagne »."


def read_establishment(path: Path) -> Establishment:
    """`etablissement.toml` to a verified establishment; InputError names the place at fault."""
    if not path.is_file():
        raise InputError(
            f"Le fichier d'établissement « {path} » n'existe pas.",
            "Vérifiez le chemin, ou donnez les options --name, --finess-ej…",
        )
    return verified(toml_file.read(path, Establishment, InputError))


def verified(establishment: Establishment) -> Establishment:
    """The same with normalised FINESS numbers; InputError when one is wrong or repeated."""
    if not establishment.entities:
        raise InputError(
            "L'établissement n'a aucune entité juridique.",
            "Ajoutez au moins une entité avec son FINESS EJ.",
        )
    _refuse_odd_texts(establishment)
    entities = tuple(_entity(one) for one in establishment.entities)
    numbers = [one.finess_ej for one in entities]
    numbers += [site.finess_eg for one in entities for site in one.sites]
    twice = next((number for number in numbers if numbers.count(number) > 1), None)
    if twice is not None:
        raise InputError(
            f"Le numéro FINESS {twice} est donné deux fois.",
            "Chaque entité juridique et chaque site a son propre numéro.",
        )
    return replace(establishment, entities=entities)


def _entity(entity: LegalEntity) -> LegalEntity:
    sites = tuple(
        replace(site, finess_eg=finess.normalise(site.finess_eg, "FINESS EG"))
        for site in entity.sites
    )
    number = finess.normalise(entity.finess_ej, "FINESS EJ")
    return replace(entity, finess_ej=number, sites=sites)


def corrected(
    state: DossierState, establishment: Establishment, legal_representative: str
) -> EstablishmentCorrected:
    """The event that corrects who the dossier is about; InputError when it would change nothing.

    An entity or a site that something of the dossier is about cannot be taken away.
    """
    known = verified(establishment)
    signs = printable(legal_representative).strip()
    if len(signs) > LONGEST_NAME:
        raise _too_long("Le représentant légal")
    gone = (_used(state) & set(state.establishment.names)) - set(known.names)
    if gone:
        raise InputError(
            f"Le dossier contient des éléments rattachés à {', '.join(sorted(gone))}.",
            "Gardez ces numéros, ou retirez d'abord ce qui s'y rattache.",
        )
    if (known, signs) == (state.establishment, state.legal_representative):
        raise InputError("Rien ne change : ces valeurs sont déjà celles du dossier.", _EXAMPLE)
    return EstablishmentCorrected(known, signs)


def changed(before: Establishment, **values: str | bool | None) -> Establishment:
    """The same with other values for `name`, `category`, `region`, `nis2`, `ose`, `ght`.

    What is None stays. The only legal entity of an establishment that bears its name follows it.
    InputError for an unknown status.
    """
    given = {key: value for key, value in values.items() if value is not None}
    if "nis2" in given:
        given["nis2"] = chosen(NIS2_WORDS, str(given["nis2"]), "un statut NIS 2")
    made = replace(before, **given)  # type: ignore[arg-type]
    alone = len(before.entities) == 1 and before.lead.name == before.name
    return replace(made, entities=(replace(made.lead, name=made.name),)) if alone else made


def _used(state: DossierState) -> set[str]:
    """FINESS numbers that something of the dossier is about."""
    return {
        *(number for one in state.answers.values() for number in one.entities),
        *(number for one in state.evidence.values() for number in one.entities),
        *(one.entity for one in state.spending if one.entity),
        *(one.entity for one in state.ceilings if one.entity),
        *state.shares,
        *(site for site, _ in state.headcounts),
    }


def _too_long(what: str) -> InputError:
    return InputError(
        f"{what} dépasse {LONGEST_NAME} caractères.", "Vérifiez ce qui a été collé, et abrégez."
    )


def _refuse_odd_texts(establishment: Establishment) -> None:
    texts = {
        "Le nom de l'établissement": establishment.name,
        "La catégorie": establishment.category,
        "La région": establishment.region,
        **{f"Le nom de {number}": name for number, name in establishment.names.items()},
    }
    for what, text in texts.items():
        if len(text) > LONGEST_NAME:
            raise _too_long(what)
        if not text.strip():
            raise InputError(f"{what} est vide.", "Donnez sa valeur, telle qu'elle s'écrit.")
