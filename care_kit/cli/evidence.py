"""`care evidence`: documents that support the answers."""

from pathlib import Path
from typing import Annotated

import typer

from care_kit.cli.terminal import options, output


def add(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="PDF, image ou texte.", show_default=False)
    ],
    subjects: Annotated[
        list[str],
        typer.Option(
            "--for", "-f", help="Indicateur ou pièce attendue, répétable.", show_default=False
        ),
    ],
    effective: Annotated[
        str,
        typer.Option(
            "--date", help="Date portée par le document (AAAA-MM-JJ).", show_default=False
        ),
    ] = "",
    title: Annotated[str, typer.Option(help="Titre lisible.", show_default=False)] = "",
    entity: options.Entities = None,
    signed_by: Annotated[
        str, typer.Option(help="Qui l'a signée ou validée, et sa fonction.", show_default=False)
    ] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Joint un document à un indicateur, avec la date qu'il porte."""
    from care_kit.catalog.content import load
    from care_kit.catalog.subjects import resolve
    from care_kit.dossier.entry.adding import add_evidence

    resolved = [resolve(load(), subject) for subject in subjects]
    when = options.day(effective, "--date") if effective else None
    with options.open_dossier(dossier, author) as opened:
        event = add_evidence(
            opened, file, resolved, when, title, entities=entity or (), signed_by=signed_by
        )
    output.say(f"Preuve jointe : {event.name} ({event.size} octets) pour {', '.join(resolved)}.")
    output.say(f"SHA-512 : {event.sha512}")
    if when is None:
        output.note("Sans --date, la preuve ne compte pas comme datée.")


def show(dossier: options.DossierPath = None, author: options.Author = None) -> None:
    """Liste les preuves jointes."""
    from care_kit.assessment.short_ids import SHORT

    with options.open_dossier(dossier, author) as opened:
        names = opened.state.establishment.names
        rows = [
            (
                piece.id[:SHORT],
                piece.name,
                f"{piece.effective:%d/%m/%Y}" if piece.effective else "sans date",
                ", ".join(piece.subjects),
                ", ".join(names.get(one, one) for one in piece.entities) or "tout",
                piece.signed_by or "-",
                piece.title,
            )
            for piece in opened.state.evidence.values()
        ]
    if not rows:
        output.say("Aucune preuve jointe. « care evidence add FICHIER --for INDICATEUR ».")
        return
    output.table(("Id", "Fichier", "Date d'effet", "Pour", "Entités", "Signée par", "Titre"), rows)


def withdraw(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="Début de l'identifiant.", show_default=False)
    ],
    reason: Annotated[str, typer.Option(help="Pourquoi elle est retirée.", show_default=False)],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Retire une preuve ; le journal en garde la trace."""
    from care_kit.assessment.short_ids import find
    from care_kit.dossier.journal.events import EvidenceWithdrawn

    why = options.written(reason, "--reason")
    with options.open_dossier(dossier, author) as opened:
        pieces = tuple(opened.state.evidence.values())
        chosen = find(pieces, identifier, "document", "care evidence list")
        opened.append(EvidenceWithdrawn(chosen.id, why))
    output.say(f"Preuve retirée : {chosen.name}.")
