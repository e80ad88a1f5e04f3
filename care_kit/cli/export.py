"""`care export`: what is handed in."""

from pathlib import Path
from typing import Annotated

import typer

from care_kit.cli import options, output

Folder = Annotated[Path, typer.Option("--to", help="Dossier où écrire.")]


def package(
    to: Folder = Path(),
    profile: Annotated[
        str, typer.Option(help="Profil : « examinateur » (expurgé) ou « complet ».")
    ] = "examinateur",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Écrit le paquet de preuves scellé (un zip, vérifiable sans l'outil)."""
    from care_kit.catalog.content import load
    from care_kit.exporters.gather import material
    from care_kit.exporters.package import build_package
    from care_kit.model.errors import InputError

    chosen = load().profiles.get(profile)
    if chosen is None:
        raise InputError(
            f"Le profil « {profile} » n'existe pas.",
            f"Profils connus : {', '.join(sorted(load().profiles))}.",
        )
    with options.open_dossier(dossier, author) as opened:
        written = build_package(material(opened, options.situation_of(opened)), chosen, folder(to))
    output.say(f"Paquet écrit : {written}")
    output.say(f"Profil : {chosen.title} ({chosen.tlp.value}). Vérifiez-le avec « care verify ».")


def application(
    domain: Annotated[
        str, typer.Option("--domain", help="Programme, par exemple d1.", show_default=False)
    ],
    to: Folder = Path(),
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Écrit la candidature au financement (Word à relire et signer, et PDF)."""
    from care_kit.catalog.content import load
    from care_kit.catalog.programmes import find
    from care_kit.exporters.application import write_application
    from care_kit.exporters.gather import material

    programme = find(load(), domain)
    with options.open_dossier(dossier, author) as opened:
        paths = write_application(
            material(opened, options.situation_of(opened), programme.id),
            programme.id,
            folder(to),
        )
    for path in paths:
        output.say(f"Candidature écrite : {path}")


def folder(path: Path) -> Path:
    """The folder to write in, created when it does not exist."""
    from care_kit.model.errors import InputError

    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise InputError(
            f"Le dossier « {path} » ne peut pas être créé.", "Choisissez un autre --to."
        ) from cause
    return path
