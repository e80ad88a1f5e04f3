"""`care probe import-nmap`: a scan made elsewhere, kept as an incomplete exposure reading."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from care_kit.cli.terminal import options


def import_nmap(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="XML de nmap (-oX).", show_default=False)
    ],
    scope: Annotated[
        Path, typer.Option("--scope", help="perimetre.toml du balayage.", show_default=False)
    ],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Importe un balayage nmap (n'envoie rien)."""
    from care_kit.cli.probe.measure import keep, told
    from care_kit.probes.exposure.scope import read_scope
    from care_kit.probes.imports.nmap_xml import import_nmap as imported

    perimeter, raw = read_scope(scope)
    facts, statement = imported(file, perimeter, hashlib.sha256(raw).hexdigest())
    with options.open_dossier(dossier, author) as opened:
        complete = keep(opened, facts, statement)
    told(complete)
