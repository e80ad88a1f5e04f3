"""`care reported`: findings of a report received (SILENE, CERT Santé), followed by hand."""

from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from datetime import date as Day

    from care_kit.model.dossier.reported import ReportedStatus
    from care_kit.model.words.vocabulary import Severity

Status = Annotated[str, typer.Option(help="persistent (persistant), fixed (corrigé) ou unseen.")]


def add(
    source: Annotated[
        str,
        typer.Option(help="Auteur du rapport : SILENE, CERT Santé…", show_default=False),
    ],
    date: Annotated[str, typer.Option(help="Date du rapport (AAAA-MM-JJ).", show_default=False)],
    title: Annotated[str, typer.Option(help="Constat, sans nom de machine.", show_default=False)],
    reference: Annotated[str, typer.Option(help="Son numéro au rapport.", show_default=False)] = "",
    severity: Annotated[
        str, typer.Option(help="critical, high, medium, low ou info.", show_default=False)
    ] = "",
    check: Annotated[
        str, typer.Option(help="Contrôle care-kit sur le même sujet.", show_default=False)
    ] = "",
    status: Status = "persistent",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Note un constat d'un rapport reçu."""
    from uuid import uuid4

    from care_kit.assessment.short_ids import SHORT
    from care_kit.dossier.journal.events import FindingReported

    event = FindingReported(
        finding_id=str(uuid4()),
        source=options.written(source, "--source"),
        reported_on=_past(date),
        title=options.written(title, "--title"),
        reference=reference.strip(),
        severity=_severity(severity),
        check=_check(check),
        status=_status(status),
        seen_on=options.today(),
    )
    with options.open_dossier(dossier, author) as opened:
        opened.append(event)
    output.say(f"Constat {event.finding_id[:SHORT]} noté : {event.title} ({event.status.label}).")


def follow(
    finding: Annotated[
        str,
        typer.Argument(metavar="CONSTAT", help="Début de son identifiant.", show_default=False),
    ],
    status: Annotated[str, typer.Option(help="persistent, fixed ou unseen.", show_default=False)],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Dit ce qu'un constat est devenu."""
    from care_kit.assessment import short_ids
    from care_kit.dossier.journal.events import ReportedFindingFollowed

    said = _status(status)
    with options.open_dossier(dossier, author) as opened:
        known = opened.state.reported.values()
        one = short_ids.find(known, finding, "constat", "care reported list")
        opened.append(ReportedFindingFollowed(one.id, said, options.today()))
    output.say(f"Constat {one.id[: short_ids.SHORT]} : {said.label}.")


def show(dossier: options.DossierPath = None, author: options.Author = None) -> None:
    """Montre les constats reçus face à la mesure."""
    from care_kit.assessment.readings.reported import reconcile
    from care_kit.assessment.short_ids import SHORT

    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened)
    lines = reconcile(now.state.reported.values(), now.findings)
    if not lines:
        output.say("Aucun constat reçu. « care reported add » en note un.")
        return
    for line in lines:
        one = line.finding
        rank = one.severity.label if one.severity else "gravité non dite"
        output.paragraph(
            f"{'[!]' if line.contradicted else '[ ]'} {one.id[:SHORT]} {one.source} "
            f"{one.reference} ({one.reported_on:%d/%m/%Y}, {rank}) - {one.title}"
        )
        output.paragraph(f"{one.status.label} au {one.seen_on:%d/%m/%Y}. {line.sentence}", "      ")


def _past(typed: str) -> "Day":
    from care_kit.model.words.errors import InputError

    day = options.day(typed, "--date")
    if day > options.today():
        raise InputError(f"Le rapport serait daté du futur ({day:%d/%m/%Y}).", "Vérifiez --date.")
    return day


def _status(typed: str) -> "ReportedStatus":
    from care_kit.model.dossier.reported import ReportedStatus
    from care_kit.model.words.errors import InputError

    if typed not in list(ReportedStatus):
        raise InputError(
            f"« {typed} » n'est pas une suite possible.",
            "Donnez persistent (persistant), fixed (corrigé) ou unseen (non visible).",
        )
    return ReportedStatus(typed)


def _severity(typed: str) -> "Severity | None":
    from care_kit.dossier.entry.choices import chosen
    from care_kit.model.words.vocabulary import Severity

    known = {one.value: one for one in Severity}
    return chosen(known, typed, "une gravité") if typed else None


def _check(typed: str) -> str:
    from care_kit.catalog.content import load
    from care_kit.model.words.errors import InputError

    if not typed:
        return ""
    found = next((one for one in load().checks if one.lower() == typed.strip().lower()), None)
    if found is None:
        raise InputError(
            f"Le contrôle « {typed} » n'existe pas.",
            "« care content validate » liste les contrôles.",
        )
    return found
