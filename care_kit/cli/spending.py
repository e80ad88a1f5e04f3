"""`care spending`: what was spent, and the ceiling the ARS notified."""

from typing import Annotated
from uuid import uuid4

import typer

from care_kit.cli import options, output

Programme = Annotated[
    str, typer.Option("--domain", help="Programme, par exemple d1.", show_default=False)
]
Amount = Annotated[
    str, typer.Option(help="Montant TTC en euros : « 12 000,50 ».", show_default=False)
]


def add(
    programme: Programme,
    label: Annotated[str, typer.Option(help="Objet de la dépense.", show_default=False)],
    amount: Amount,
    objective: Annotated[str, typer.Option(help="Objectif financé.", show_default=False)] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Ajoute une dépense."""
    from care_kit.catalog.content import load
    from care_kit.catalog.programmes import find, find_objective
    from care_kit.dossier.amounts import euros
    from care_kit.dossier.events import SpendingRecorded

    chosen = find(load(), programme)
    target = find_objective(chosen, objective).id if objective else ""
    event = SpendingRecorded(str(uuid4()), chosen.id, target, label, euros(amount))
    with options.open_dossier(dossier, author) as opened:
        opened.append(event)
    output.say(f"Dépense enregistrée : {label}, {amount} €.".replace("€ €", "€"))


def ceiling(
    programme: Programme,
    amount: Amount,
    source: Annotated[
        str, typer.Option(help="Où ce plafond est notifié (courrier, date).", show_default=False)
    ],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Enregistre le plafond notifié par l'ARS."""
    from care_kit.catalog.content import load
    from care_kit.catalog.programmes import find
    from care_kit.dossier.amounts import euros
    from care_kit.dossier.events import CeilingNotified

    chosen = find(load(), programme)
    with options.open_dossier(dossier, author) as opened:
        opened.append(CeilingNotified(chosen.id, euros(amount), source))
    output.say(f"Plafond notifié enregistré pour « {chosen.title} ».")
