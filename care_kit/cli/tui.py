"""`care tui`: the full-screen application."""

import sys

from care_kit.cli import options
from care_kit.model.errors import InputError


def tui(dossier: options.DossierPath = None, author: options.Author = None) -> None:
    """Ouvre l'application plein écran."""
    if not sys.stdout.isatty():
        raise InputError(
            "L'application plein écran demande un terminal.",
            "Utilisez « care answer », le mode ligne, avec les mêmes mots.",
        )
    from care_kit.catalog.content import load
    from care_kit.tui.app import CareApp

    with options.open_dossier(dossier, author) as opened:
        CareApp(opened, load(), options.today()).run()
