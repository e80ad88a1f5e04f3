"""`care findings`: every finding with every object, for people, programs and spreadsheets."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli import options, output

if TYPE_CHECKING:
    from care_kit.model.finding import Finding

COLUMNS = ("check", "target", "port", "verdict", "severity", "level", "reason", "objects")


def findings(
    probe: Annotated[str, typer.Option(help="directory ou exposure.", show_default=False)] = "",
    check: Annotated[str, typer.Option(help="Un seul contrôle.", show_default=False)] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="Sortie CSV, pour un tableur.")] = False,
    as_json: options.Json = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Liste tous les constats et leurs objets."""
    from care_kit.model.errors import InputError
    from care_kit.model.vocabulary import ProbeKind

    if probe and probe not in list(ProbeKind):
        raise InputError(
            f"La sonde « {probe} » n'existe pas.",
            f"Choisissez parmi : {', '.join(one.value for one in ProbeKind)}.",
        )
    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened)
    shown = [
        one
        for one in now.findings
        if (not probe or now.content.checks[one.check].family == probe)
        and (not check or one.check.upper() == check.strip().upper())
    ]
    if as_json:
        _as_json(shown)
    elif as_csv:
        _as_csv(shown)
    else:
        _as_text(shown)


def _as_text(shown: Sequence["Finding"]) -> None:
    for one in shown:
        where = f"{one.target}:{one.port}" if one.port else one.target
        output.paragraph(f"{one.check} - {where} - {one.verdict.label} : {one.reason}")
        for name in one.objects:
            output.say(f"    {name}")
    output.say(f"{len(shown)} constat(s).")


def _as_json(shown: Sequence["Finding"]) -> None:
    from dataclasses import asdict

    from care_kit.model.codec import canonical_plain

    output.say(canonical_plain([asdict(one) for one in shown]).decode("utf-8"))


def _as_csv(shown: Sequence["Finding"]) -> None:
    """One line per object; a cell that a spreadsheet would run is made harmless."""
    import csv
    from dataclasses import asdict

    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in shown:
        row = asdict(one)
        for name in one.objects or ("",):
            cells = [row[column] if column != "objects" else name for column in COLUMNS]
            writer.writerow([_harmless(output.one_line(str(cell or ""))) for cell in cells])


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell
