"""`care scope`: the perimeter of the exposure probe, checked and allowed by a named person."""

from pathlib import Path
from typing import Annotated

import typer

from care_kit.cli.terminal import options, output

ScopeFile = Annotated[
    Path, typer.Argument(metavar="FICHIER", help="perimetre.toml", show_default=False)
]


def check(file: ScopeFile) -> None:
    """Vérifie un périmètre et montre ce que la sonde ferait ; n'envoie rien."""
    from care_kit.probes.exposure.plan import plan
    from care_kit.probes.exposure.scope import read_scope

    scope, _ = read_scope(file)
    for line in plan(scope).describe():
        output.say(line)


def sign(
    file: ScopeFile,
    name: Annotated[str, typer.Option(help="Personne qui autorise.", show_default=False)],
    role: Annotated[str, typer.Option(help="Sa fonction (RSSI, DSI…).", show_default=False)],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Autorise un périmètre : toute modification ultérieure du fichier annule l'autorisation."""
    import hashlib

    from care_kit.dossier.journal.events import ScopeSigned
    from care_kit.model.words.errors import InputError
    from care_kit.probes.exposure.scope import read_scope

    if not name.strip() or not role.strip():
        raise InputError(
            "Une autorisation porte un nom et une fonction.", "Donnez --name et --role."
        )
    scope, raw = read_scope(file)
    digest = hashlib.sha256(raw).hexdigest()
    with options.open_dossier(dossier, author) as opened:
        opened.append(ScopeSigned(digest, name.strip(), role.strip(), options.today()))
    output.say(f"Périmètre autorisé par {name} ({role}) pour « {scope.owner} ».")
    output.say(f"SHA-256 : {digest}")
