"""`care export opssies`: an exposure reading in the official exchange format (CaRE D1)."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.export.package import Folder
from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.dossier.dossier import Dossier
    from care_kit.exporters.opssies import Users
    from care_kit.model.dossier.state import ReadingRecord


def opssies(
    company: Annotated[
        str,
        typer.Option(help="Fin du nom de la boîte du prestataire.", show_default=False),
    ],
    company_name: Annotated[
        str, typer.Option(help="Raison sociale du prestataire.", show_default=False)
    ],
    siret: Annotated[str, typer.Option(help="SIRET du prestataire.", show_default=False)],
    level: Annotated[
        int,
        typer.Option(
            min=0,
            max=100,
            help="Niveau donné par le prestataire, selon la règle du CERT Santé.",
            show_default=False,
        ),
    ],
    reading: Annotated[
        str, typer.Option(help="Relevé ; par défaut, le dernier utilisable.", show_default=False)
    ] = "",
    entity: Annotated[
        str, typer.Option(help="FINESS juridique de l'audité.", show_default=False)
    ] = "",
    users: Annotated[
        int | None,
        typer.Option(
            min=0, max=10_000_000, help="Utilisateurs des services audités.", show_default=False
        ),
    ] = None,
    personal_data: Annotated[
        bool, typer.Option("--personal-data", help="Données personnelles présentes.")
    ] = False,
    health_data: Annotated[
        bool, typer.Option("--health-data", help="Données de santé présentes.")
    ] = False,
    to: Folder = Path(),
    force: options.Force = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Prépare un relevé OPSSIES v013 (CaRE D1)."""
    from datetime import datetime

    from care_kit.assessment.standing.situation import exposure_facts
    from care_kit.exporters.opssies import Declared, write_opssies
    from care_kit.station.writing import folder

    who = _users(users, personal_data, health_data)
    declared = Declared(company, company_name, siret, level, entity, who)
    with options.open_dossier(dossier, author) as opened:
        record = _usable(opened, reading)
        facts = exposure_facts(opened, record)
        now = datetime.now().astimezone()
        written = write_opssies(
            opened.state, facts, record.ended, declared, folder(to), now, force=force
        )
    output.say(f"Relevé OPSSIES préparé : {written}")
    output.paragraph(
        "Le niveau et le prestataire sont ceux que vous avez tapés : care-kit ne les vérifie pas. "
        "Seul un prestataire embarqué par l'ANS peut transmettre ce fichier."
    )
    output.paragraph(
        "Laissés vides, faute d'être connus : numéros de systèmes autonomes, contextes techniques"
        + (", contextes fonctionnels (--users)." if who is None else ".")
    )


def _users(count: int | None, personal: bool, health: bool) -> "Users | None":
    from care_kit.exporters.opssies import Users
    from care_kit.model.words.errors import InputError

    if count is None and (personal or health):
        raise InputError(
            "Il manque le nombre d'utilisateurs.", "Donnez --users avec --personal-data."
        )
    return None if count is None else Users(count, personal, health)


def _usable(opened: "Dossier", typed: str) -> "ReadingRecord":
    """The reading typed, else the latest one that shows what the internet sees."""
    from care_kit.assessment.readings.level_held import refusal
    from care_kit.assessment.readings.readings import counts, find, judge, of_probe
    from care_kit.catalog.content import load
    from care_kit.model.words.errors import InputError
    from care_kit.model.words.vocabulary import ProbeKind

    content, records = load(), opened.state.readings
    wanted = [find(records, typed)] if typed else of_probe(records, ProbeKind.EXPOSURE)
    why = "le dossier n'en contient pas"
    for record in reversed(wanted):
        if record.probe is not ProbeKind.EXPOSURE:
            why = "c'est un relevé d'annuaire"
            continue
        (judged,) = judge(opened, content, (record,), options.today())
        why = refusal(counts(judged, content.checks))
        if not why:
            return record
    raise InputError(
        f"Aucun relevé d'exposition utilisable : {why}.",
        "Il faut un relevé complet, vu de l'extérieur (« care readings list »).",
    )
