"""`care risk`: accept a failing check for a while; it stays a failure, its reason beside it."""

from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from care_kit.cli import options, output

if TYPE_CHECKING:
    from care_kit.assessment.situation import Situation


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
    from care_kit.assessment.short_ids import SHORT
    from care_kit.dossier.events import RiskAccepted
    from care_kit.model.errors import InputError
    from care_kit.model.pseudonym import digest

    end = options.day(until, "--until")
    if not reason.strip():
        raise InputError("Le motif est vide.", "Écrivez une phrase avec --reason.")
    if end < options.today():
        raise InputError(f"La date de fin {end:%d/%m/%Y} est passée.", "Donnez une date à venir.")
    with options.open_dossier(dossier, author) as opened:
        found = _failing(options.situation_of(opened), check, name)
        mark = digest(opened.pseudonym_key, name) if name else ""
        event = RiskAccepted(str(uuid4()), found, mark, reason.strip(), end)
        opened.append(event)
    output.say(f"Risque accepté jusqu'au {end:%d/%m/%Y} : {found}. Il reste un échec.")
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
    from care_kit.dossier.events import RiskAcceptanceWithdrawn

    with options.open_dossier(dossier, author) as opened:
        chosen = find(opened.state.acceptances, identifier, "risque accepté", "care risk list")
        opened.append(RiskAcceptanceWithdrawn(chosen.id))
    output.say(f"Acceptation retirée : {chosen.check}.")


def _failing(now: "Situation", check: str, name: str) -> str:
    """The id of a check that fails today, on that object if one is named."""
    from care_kit.model.errors import InputError
    from care_kit.model.vocabulary import Verdict

    failing = [
        one
        for one in now.findings
        if one.verdict is Verdict.FAIL and one.check.upper() == check.strip().upper()
    ]
    if not failing:
        raise InputError(
            f"Le contrôle « {check} » n'est pas en échec dans les derniers relevés.",
            "« care findings » liste les constats.",
        )
    if name and not any(name in one.objects for one in failing):
        raise InputError(
            f"« {name} » n'est pas un objet de ce constat.",
            f"« care findings --check {failing[0].check} » liste ses objets.",
        )
    return failing[0].check
