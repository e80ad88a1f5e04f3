"""`care verify-opssies`: is the audit file a provider sent sound?"""

from pathlib import Path
from typing import Annotated

import typer

from care_kit.cli.terminal import output


def verify_opssies(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER", help="Relevé OPSSIES (JSON, CaRE D1).", show_default=False
        ),
    ],
) -> None:
    """Vérifie un relevé OPSSIES d'un prestataire.

    Code de sortie : 0 si rien n'est à reprendre, 1 sinon.
    """
    from datetime import datetime

    from care_kit.model.words.french import counted
    from care_kit.review.opssies import check_opssies

    faults = check_opssies(file, datetime.now().astimezone())
    for fault in faults:
        output.paragraph(f"[X] {fault.path} : {fault.sentence}")
    if faults:
        output.say(f"Relevé à reprendre : {counted(len(faults), 'problème')}.")
        raise typer.Exit(1)
    output.say("Relevé conforme à OPSSIES v013, profil CaRE D1 (forme et fond).")
    output.paragraph("Le niveau (outcome.level) n'est pas contrôlé : sa règle n'est pas publique.")
