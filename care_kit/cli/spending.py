"""`care spending`: quotes, invoices, and the ceiling the ARS notified."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.dossier.dossier import Dossier
    from care_kit.model.dossier.money import Spending

Amount = Annotated[
    str, typer.Option(help="Montant TTC en euros : « 12 000,50 ».", show_default=False)
]
Entity = Annotated[
    str,
    typer.Option(help="FINESS juridique ; par défaut, l'entité porteuse.", show_default=False),
]


def add(
    programme: options.Domain,
    label: Annotated[str, typer.Option(help="Objet de la dépense.", show_default=False)],
    amount: Amount,
    objective: Annotated[str, typer.Option(help="Objectif financé.", show_default=False)] = "",
    kind: Annotated[
        str, typer.Option(help="Ce qui la montre : estimation, devis ou facture.")
    ] = "estimation",
    excluding_tax: Annotated[
        str, typer.Option("--excluding-tax", help="Montant hors taxes.", show_default=False)
    ] = "",
    recoverable: Annotated[
        bool, typer.Option("--vat-recoverable", help="La TVA est récupérée.")
    ] = False,
    number: Annotated[str, typer.Option(help="Numéro du document.", show_default=False)] = "",
    supplier: Annotated[str, typer.Option(help="Fournisseur.", show_default=False)] = "",
    dated: Annotated[
        str, typer.Option("--date", help="Date du document.", show_default=False)
    ] = "",
    entity: Entity = "",
    file: Annotated[
        Path | None, typer.Option(help="Devis ou facture à joindre.", show_default=False)
    ] = None,
    replaces: Annotated[
        str, typer.Option(help="Dépense remplacée (le devis d'une facture).", show_default=False)
    ] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Ajoute une dépense : estimation, devis ou facture."""
    from care_kit.catalog.content import load
    from care_kit.catalog.programmes import find, find_objective
    from care_kit.dossier.entry.amounts import euros
    from care_kit.dossier.entry.spending import Typed, kind_of, record
    from care_kit.model.words.french import euros as in_french

    chosen = find(load(), programme)
    typed = Typed(
        programme=chosen.id,
        objective=find_objective(chosen, objective).id if objective else "",
        label=label,
        amount=euros(amount),
        kind=kind_of(kind),
        excluding_tax=euros(excluding_tax) if excluding_tax else None,
        vat_recoverable=recoverable,
        number=number,
        supplier=supplier,
        dated=options.day(dated, "--date") if dated else None,
        entity=entity,
    )
    with options.open_dossier(dossier, author) as opened:
        replaced = _line(opened, replaces).id if replaces else ""
        record(opened, typed, file, replaced)
    output.say(f"Dépense enregistrée : {label}, {in_french(typed.amount)}.")


def show(
    programme: Annotated[
        str, typer.Option("--domain", help="Un seul programme.", show_default=False)
    ] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Liste les dépenses saisies."""
    from care_kit.assessment.short_ids import SHORT
    from care_kit.model.words.french import day, euros

    with options.open_dossier(dossier, author) as opened:
        rows = [
            (
                one.id[:SHORT],
                one.programme,
                one.objective or "-",
                one.kind.label,
                day(one.dated) if one.dated else "sans date",
                one.label,
                euros(one.amount),
            )
            for one in opened.state.spending
            if programme in ("", one.programme)
        ]
    if not rows:
        output.say("Aucune dépense saisie : « care spending add ».")
        return
    headers = ("Id", "Programme", "Objectif", "Nature", "Date", "Objet", "Montant TTC")
    output.table(headers, rows, flexible=5)


def withdraw(
    line: Annotated[str, typer.Argument(metavar="ID", help="Début de l'identifiant.")],
    reason: Annotated[str, typer.Option(help="Pourquoi.", show_default=False)],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Retire une dépense ; le journal la garde."""
    from care_kit.dossier.journal.events import SpendingWithdrawn

    why = options.written(reason, "--reason")
    with options.open_dossier(dossier, author) as opened:
        found = _line(opened, line)
        opened.append(SpendingWithdrawn(found.id, why))
    output.say(f"Dépense retirée : {found.label}.")


def ceiling(
    programme: options.Domain,
    amount: Amount,
    source: Annotated[
        str, typer.Option(help="Où ce plafond est notifié (courrier, date).", show_default=False)
    ],
    entity: Annotated[
        str,
        typer.Option(help="FINESS juridique ; par défaut, tout le dossier.", show_default=False),
    ] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Enregistre le plafond notifié par l'ARS."""
    from care_kit.catalog.content import load
    from care_kit.catalog.programmes import find
    from care_kit.dossier.entry.amounts import euros
    from care_kit.dossier.entry.spending import entity_of
    from care_kit.dossier.journal.events import CeilingNotified

    chosen = find(load(), programme)
    read_in = options.written(source, "--source")
    with options.open_dossier(dossier, author) as opened:
        notified = entity_of(opened.state, entity)
        opened.append(CeilingNotified(chosen.id, euros(amount), read_in, notified))
    output.say(f"Plafond notifié enregistré pour « {chosen.title} ».")


def _line(opened: "Dossier", started: str) -> "Spending":
    from care_kit.assessment.short_ids import find

    return find(opened.state.spending, started, "dépense", "care spending list", feminine=True)
