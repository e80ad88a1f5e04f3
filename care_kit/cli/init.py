"""`care init`: a new dossier."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.model.dossier.establishment import Establishment


def init(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Fichier .care à créer.", show_default=False)
    ],
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", help="Établissement décrit en TOML (plusieurs entités).", show_default=False
        ),
    ] = None,
    name: Annotated[str, typer.Option(help="Nom de l'établissement.", show_default=False)] = "",
    finess_ej: Annotated[str, typer.Option(help="FINESS juridique.", show_default=False)] = "",
    finess_eg: Annotated[
        list[str] | None, typer.Option(help="FINESS d'un site, répétable.", show_default=False)
    ] = None,
    category: Annotated[
        str, typer.Option(help="Catégorie (centre hospitalier, EBNL…).", show_default=False)
    ] = "",
    region: Annotated[str, typer.Option(help="Région.", show_default=False)] = "",
    nis2: Annotated[
        str, typer.Option(help="NIS 2 : essential, important, none ou unknown.")
    ] = "unknown",
    ose: Annotated[
        bool, typer.Option("--ose/--no-ose", help="Opérateur de services essentiels.")
    ] = False,
    author: options.Author = None,
) -> None:
    """Crée le dossier d'un établissement (ou GHT)."""
    from care_kit.dossier.dossier import Dossier
    from care_kit.dossier.entry.establishments import read_establishment

    establishment = (
        read_establishment(source)
        if source
        else _typed(name, finess_ej, finess_eg or [], category, region, nis2, ose)
    )
    with Dossier.create(file, establishment, options.author_name(author)) as dossier:
        _summary(file, dossier.state.establishment)


def _typed(
    name: str,
    finess_ej: str,
    finess_eg: list[str],
    category: str,
    region: str,
    nis2: str,
    ose: bool,
) -> "Establishment":
    from care_kit.dossier.entry.establishments import verified
    from care_kit.model.dossier.establishment import Establishment, LegalEntity, Nis2, Site
    from care_kit.model.words.errors import InputError

    name = name or _asked("Nom de l'établissement", "--name")
    finess_ej = finess_ej or _asked("FINESS juridique (EJ)", "--finess-ej")
    category = category or _asked("Catégorie", "--category")
    region = region or _asked("Région", "--region")
    if nis2 not in list(Nis2):
        raise InputError(
            f"« {nis2} » n'est pas un statut NIS 2.",
            f"Choisissez parmi : {', '.join(one.value for one in Nis2)}.",
        )
    sites = tuple(Site(name, number) for number in finess_eg)
    entity = LegalEntity(name, finess_ej, sites)
    return verified(Establishment(name, category, region, (entity,), Nis2(nis2), ose))


def _asked(question: str, option: str) -> str:
    """Ask at the keyboard; without a keyboard, say which option to give."""
    import sys

    from care_kit.model.words.errors import InputError

    if not sys.stdin.isatty():
        raise InputError(f"Il manque : {question}.", f"Donnez l'option {option}.")
    return str(typer.prompt(question))


def _summary(file: Path, establishment: "Establishment") -> None:
    output.say(f"Dossier créé : {file}")
    output.say(f"Établissement : {establishment.name} ({establishment.region})")
    for entity in establishment.entities:
        output.say(f"  EJ {entity.finess_ej}  {entity.name}")
        for site in entity.sites:
            output.say(f"    EG {site.finess_eg}  {site.name}")
    output.say("Ensuite : « care answer » pour répondre, « care probe » pour mesurer.")
