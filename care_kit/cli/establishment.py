"""`care establishment`: who the dossier is about, shown and corrected."""

from pathlib import Path
from typing import Annotated

import typer

from care_kit.cli.terminal import options, output


def show(
    as_toml: Annotated[
        bool, typer.Option("--toml", help="En TOML, à corriger puis relire avec « set --from ».")
    ] = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Montre l'établissement et son représentant légal."""
    from care_kit.catalog.authoring.toml_writer import dumps

    with options.open_dossier(dossier, author) as opened:
        one, signs = opened.state.establishment, opened.state.legal_representative
    if as_toml:
        comment = "Établissement, à corriger puis relire : care establishment set --from FICHIER"
        for line in dumps(one, comment).splitlines():
            output.say(line)
        return
    output.say(f"Nom : {one.name}")
    output.say(f"Catégorie : {one.category}")
    output.say(f"Région : {one.region}")
    output.say(f"NIS 2 : {one.nis2.label}")
    output.say(f"Opérateur de services essentiels : {'oui' if one.ose else 'non'}")
    output.say(f"Groupement hospitalier de territoire : {'oui' if one.ght else 'non'}")
    output.say(f"Représentant légal : {signs or 'à compléter'}")
    for entity in one.entities:
        output.say(f"EJ {entity.finess_ej}  {entity.name}")
        for site in entity.sites:
            output.say(f"  EG {site.finess_eg}  {site.name}")


def correct(
    name: Annotated[str | None, typer.Option(help="Nom.", show_default=False)] = None,
    category: Annotated[str | None, typer.Option(help="Catégorie.", show_default=False)] = None,
    region: Annotated[str | None, typer.Option(help="Région.", show_default=False)] = None,
    nis2: Annotated[
        str | None,
        typer.Option(help="essential, important, none ou unknown.", show_default=False),
    ] = None,
    ose: Annotated[
        bool | None,
        typer.Option(
            "--ose/--no-ose", help="Opérateur de services essentiels.", show_default=False
        ),
    ] = None,
    legal_representative: Annotated[
        str | None,
        typer.Option(help="Représentant légal : nom et qualité.", show_default=False),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", help="Établissement entier, entités comprises (TOML).", show_default=False
        ),
    ] = None,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Corrige l'établissement ; ce qui n'est pas donné reste, le journal garde les deux."""
    from care_kit.dossier.entry.establishments import changed, corrected, read_establishment

    whole = read_establishment(source) if source else None
    with options.open_dossier(dossier, author) as opened:
        state = opened.state
        made = changed(
            whole or state.establishment,
            name=name, category=category, region=region, nis2=nis2, ose=ose,
        )  # fmt: skip
        signs = state.legal_representative if legal_representative is None else legal_representative
        event = corrected(state, made, signs)
        opened.append(event)
    output.say(
        f"Établissement corrigé : {event.establishment.name} ({event.establishment.region})."
    )
