"""`care risk`: accept a failing check for a while; it stays a failure, its reason beside it."""

from typing import Annotated

import typer

from care_kit.cli.terminal import options, output


def accept(
    check: Annotated[
        str, typer.Argument(metavar="CONTRÔLE", help="Par exemple EXP-SSH.", show_default=False)
    ],
    reason: Annotated[
        str, typer.Option(help="Pourquoi ce risque est accepté.", show_default=False)
    ],
    until: Annotated[str, typer.Option(help="Date de fin (AAAA-MM-JJ).", show_default=False)],
    name: Annotated[
        str, typer.Option("--object", help="Un seul objet du constat.", show_default=False)
    ] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Accepte un risque constaté, jusqu'à une date."""
    from care_kit.assessment.risks.accepting import acceptance
    from care_kit.assessment.short_ids import SHORT

    end = options.day(until, "--until")
    with options.open_dossier(dossier, author) as opened:
        findings = options.situation_of(opened).findings
        event = acceptance(
            findings, opened.pseudonym_key, check, reason, end, options.today(), name
        )
        opened.append(event)
    output.say(f"Risque accepté jusqu'au {end:%d/%m/%Y} : {event.check}. Il reste un échec.")
    output.say(f"Pour revenir dessus : care risk withdraw {event.acceptance_id[:SHORT]}")


def show(dossier: options.DossierPath = None, author: options.Author = None) -> None:
    """Liste les risques acceptés."""
    from care_kit.assessment.short_ids import SHORT

    with options.open_dossier(dossier, author) as opened:
        rows = [
            (
                one.id[:SHORT],
                one.check,
                "un objet" if one.object_digest else "tout le contrôle",
                f"{one.until:%d/%m/%Y}" + ("" if one.until >= options.today() else " (échu)"),
                one.author,
                one.reason,
            )
            for one in opened.state.acceptances
        ]
    if not rows:
        output.say("Aucun risque accepté.")
        return
    output.table(("Id", "Contrôle", "Portée", "Jusqu'au", "Par", "Motif"), rows)


def withdraw(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="Début de l'identifiant.", show_default=False)
    ],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Retire une acceptation."""
    from care_kit.assessment.short_ids import find
    from care_kit.dossier.journal.events import RiskAcceptanceWithdrawn

    with options.open_dossier(dossier, author) as opened:
        chosen = find(opened.state.acceptances, identifier, "risque accepté", "care risk list")
        opened.append(RiskAcceptanceWithdrawn(chosen.id))
    output.say(f"Acceptation retirée : {chosen.check}.")
