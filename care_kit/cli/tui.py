"""`care tui`: the full-screen application."""

import os
import sys
from typing import Annotated

import typer

from care_kit.cli.terminal import options
from care_kit.model.words.errors import InputError


def tui(
    dossier: options.DossierPath = None,
    author: options.Author = None,
    theme: Annotated[
        str, typer.Option(help="sombre, clair, contraste ou ansi-dark (couleurs du terminal).")
    ] = "sombre",
) -> None:
    """Ouvre l'application plein écran."""
    if not sys.stdout.isatty() and "TEXTUAL_DRIVER" not in os.environ:  # set by `care web`
        raise InputError(
            "L'application plein écran demande un terminal.",
            "Utilisez « care answer », le mode ligne, avec les mêmes mots.",
        )
    from care_kit.tui.app import start

    start(options.dossier_path(dossier), options.author_name(author), options.today(), theme)
