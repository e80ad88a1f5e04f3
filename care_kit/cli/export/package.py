"""`care export`: what is handed in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.model.content.export_profile import ExportProfile

Folder = Annotated[Path, typer.Option("--to", help="Dossier où écrire.")]


def package(
    to: Folder = Path(),
    force: options.Force = False,
    profile: options.Profile = "examinateur",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Écrit le paquet de preuves scellé (un zip, vérifiable sans l'outil)."""
    from care_kit.exporters.gather import material
    from care_kit.exporters.package import build_package
    from care_kit.station.writing import folder

    chosen = chosen_profile(profile)
    with options.open_dossier(dossier, author) as opened:
        written = build_package(
            material(opened, options.situation_of(opened, thorough=True)),
            chosen,
            folder(to),
            force=force,
        )
    output.say(f"Paquet écrit : {written}")
    output.say(f"Profil : {chosen.title} ({chosen.tlp.value}). Vérifiez-le avec « care verify ».")


def application(
    domain: options.Domain,
    paper: options.Paper = "candidature",
    to: Folder = Path(),
    force: options.Force = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Écrit un document de financement (Word à signer, PDF, annexe XLSX)."""
    from care_kit.catalog.content import load
    from care_kit.catalog.programmes import find
    from care_kit.exporters.gather import material
    from care_kit.exporters.papers.essential import warnings
    from care_kit.exporters.papers.write import write_paper
    from care_kit.station.writing import folder

    programme = find(load(), domain)
    stage = options.stage_of(paper)
    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened, thorough=True)
        gathered = material(opened, now, programme.id)
        *handed, sheet = write_paper(gathered, programme.id, stage, folder(to), force=force)
    for path in handed:
        output.say(f"{stage.label.capitalize()} : {path}")
    output.say(f"Fiche du préparateur, à ne pas joindre : {sheet}")
    for one in warnings(gathered, programme):
        output.paragraph(f"Attention : {one}")


def chosen_profile(name: str) -> "ExportProfile":
    """The export profile of that name; InputError names those that exist."""
    from care_kit.catalog.content import load
    from care_kit.model.words.errors import InputError

    found = load().profiles.get(name)
    if found is None:
        raise InputError(
            f"Le profil « {name} » n'existe pas.",
            f"Profils connus : {', '.join(sorted(load().profiles))}.",
        )
    return found
