"""`care probe import-…`: other tools' collections and reports into the dossier."""

from pathlib import Path
from typing import Annotated

import typer

from care_kit.cli.probe.measure import keep, told
from care_kit.cli.terminal import options, output

_File = Annotated[
    Path, typer.Argument(metavar="FICHIER", help="Fichier à importer.", show_default=False)
]


def oradad(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="COLLECTE", help="Dossier ou zip écrit par ORADAD.", show_default=False
        ),
    ],
    domain: Annotated[
        str,
        typer.Option(
            help="Domaine à juger ; par défaut, celui de la racine de la forêt.",
            show_default=False,
        ),
    ] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Importe une collecte ORADAD en clair, jugée comme un relevé de l'annuaire."""
    from care_kit.probes.imports.oradad import read_oradad

    with options.open_dossier(dossier, author) as opened:
        facts, statement = read_oradad(path, domain)
        complete = keep(opened, facts, statement)
    told(complete)


def ldif(
    file: _File,
    day: Annotated[
        str,
        typer.Option(
            "--date",
            help="Jour de la recherche (AAAA-MM-JJ), si le fichier ne le dit pas.",
            show_default=False,
        ),
    ] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Importe le LDIF de ldapsearch, jugé comme un relevé de l'annuaire."""
    from datetime import UTC, datetime, time

    from care_kit.probes.imports.ldif_reading import read_ldif_facts

    when = datetime.combine(options.day(day, "--date"), time(), UTC) if day else None
    with options.open_dossier(dossier, author) as opened:
        facts, statement = read_ldif_facts(file, when)
        complete = keep(opened, facts, statement)
    told(complete)


def pingcastle(
    file: _File, dossier: options.DossierPath = None, author: options.Author = None
) -> None:
    """Importe un rapport PingCastle (XML), montré à côté de notre niveau."""
    from care_kit.catalog.mappings import pingcastle as mapping
    from care_kit.cli.texts import third_party as third_party_text
    from care_kit.dossier.entry.third_party import add_third_party
    from care_kit.probes.imports.pingcastle import read_pingcastle
    from care_kit.probes.imports.report_file import read_report

    with options.open_dossier(dossier, author) as opened:
        raw = read_report(file)
        result = read_pingcastle(raw, file.name, mapping())
        add_third_party(opened, raw, result)
    third_party_text.show((result,))


def ads_open(
    file: _File, dossier: options.DossierPath = None, author: options.Author = None
) -> None:
    """Importe un report.json d'ADS-Open, montré à côté de notre niveau."""
    from care_kit.cli.texts import third_party as third_party_text
    from care_kit.dossier.entry.third_party import add_third_party
    from care_kit.probes.imports.ads_open import read_ads_open
    from care_kit.probes.imports.report_file import read_report

    with options.open_dossier(dossier, author) as opened:
        raw = read_report(file)
        result = read_ads_open(raw, file.name)
        add_third_party(opened, raw, result)
    third_party_text.show((result,))


def bloodhound(
    file: _File,
    subjects: Annotated[
        list[str],
        typer.Option(
            "--for", "-f", help="Indicateur ou pièce attendue, répétable.", show_default=False
        ),
    ],
    day: Annotated[
        str,
        typer.Option(
            "--date",
            help="Jour de la collecte (AAAA-MM-JJ), si le nom ne le dit pas.",
            show_default=False,
        ),
    ] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Joint une collecte BloodHound comme preuve, sans en tirer de niveau."""
    from care_kit.catalog.content import load
    from care_kit.catalog.subjects import resolve
    from care_kit.dossier.entry.adding import add_evidence
    from care_kit.probes.imports.bloodhound import read_bloodhound

    resolved = [resolve(load(), subject) for subject in subjects]
    with options.open_dossier(dossier, author) as opened:
        found = read_bloodhound(file)
        when = options.day(day, "--date") if day else found.collected
        event = add_evidence(opened, file, resolved, when, found.summary)
    output.say(f"Preuve jointe : {event.title}, pour {', '.join(resolved)}.")
    output.say(f"SHA-512 : {event.sha512}")
    if when is None:
        output.note("Sans --date, la preuve ne compte pas comme datée.")
