"""Who a dossier is about, read from a file or from typed values, with FINESS keys verified."""

from dataclasses import replace
from pathlib import Path

from care_kit.catalog import toml_file
from care_kit.model.dossier import finess
from care_kit.model.dossier.establishment import Establishment, LegalEntity
from care_kit.model.words.errors import InputError


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
