"""`care verify`: is this package whole?"""

from pathlib import Path
from typing import Annotated

import typer

from care_kit.cli.terminal import output


def verify(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER", help="Paquet .zip ou dossier extrait.", show_default=False
        ),
    ],
) -> None:
    """Vérifie un paquet reçu.

    Code de sortie : 0 si le paquet est intègre, 1 sinon, avec le nom des fichiers altérés.
    """
    from care_kit.review.verify import verify as verified

    result = verified(file)
    for problem in result.problems:
        output.paragraph(f"[X] {problem.file} : {problem.sentence}")
    output.say(result.sentence)
    if not result.ok:
        raise typer.Exit(1)
