"""The pre-check as a sheet to print and tick, in HTML or PDF."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from care_kit.assessment.standing.checklist import checklist
from care_kit.assessment.standing.situation import Situation
from care_kit.exporters.html import page
from care_kit.exporters.papers.pdf import pdf
from care_kit.exporters.papers.shape import Paper, Section, table
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.results.checklist import CheckedPiece, CheckedProgramme, Checklist
from care_kit.model.words.errors import InputError
from care_kit.model.words.french import counted, day
from care_kit.model.words.text import printable
from care_kit.model.words.vocabulary import Tlp

TITLE = "Liste de contrôle avant envoi"
_PROFILE = ExportProfile("controle", TITLE, "Établissement", Tlp.AMBER, False, ())
_PIECE_COLUMNS = ("Pièce", "Jointe", "Datée", "Valable", "Lisible", "Signée", "À faire")
_PIECE_WIDTHS = (30, 11, 11, 11, 11, 11, 29)
_REMARK_COLUMNS = ("Gravité", "Sujet", "Remarque", "Que faire")
_REMARK_WIDTHS = (15, 18, 45, 40)


def write_checklist(now: Situation, made_at: datetime, target: Path) -> bytes:
    """Bytes of the sheet, in the form the name of `target` asks for; InputError for another."""
    forms: dict[str, Callable[[Situation, datetime], bytes]] = {
        ".html": html_checklist,
        ".pdf": pdf_checklist,
    }
    form = forms.get(target.suffix.lower())
    if form is None:
        raise InputError(
            f"« {target.name} » ne dit pas quel document écrire.",
            "Donnez un nom de fichier qui finit par .html ou .pdf.",
        )
    return form(now, made_at)


def html_checklist(now: Situation, made_at: datetime) -> bytes:
    """The sheet as one HTML page."""
    return page(
        "controle.html.j2",
        m=now,
        profile=_PROFILE,
        title=TITLE,
        made_at=made_at,
        sheet=checklist(now),
    )


def pdf_checklist(now: Situation, made_at: datetime) -> bytes:
    """The sheet as a tagged PDF."""
    return pdf(_paper(now, checklist(now)), made_at)


def _paper(now: Situation, sheet: Checklist) -> Paper:
    verdict = "Prêt." if sheet.ready else "Pas prêt."
    blocking = sum(one.gravity.value == "blocking" for one in sheet.remarks)
    warnings = sum(one.gravity.value == "warning" for one in sheet.remarks)
    foreseen = len(sheet.remarks) - blocking - warnings
    summary = Section(
        "Verdict",
        (
            f"{verdict} {counted(blocking, 'point bloquant', 'points bloquants')}, "
            f"{counted(warnings, 'point')} à revoir, {counted(foreseen, 'point')} à prévoir, "
            f"au {day(now.today)}.",
        ),
    )
    return Paper(
        title=TITLE,
        subtitle=f"Jugée au {day(now.today)}",
        establishment=printable(now.state.establishment.name),
        tlp=Tlp.AMBER.value,
        made_on=day(now.today),
        sections=(summary, *map(_programme, sheet.programmes), _remarks(sheet)),
    )


def _programme(checked: CheckedProgramme) -> Section:
    tables = [
        table(
            _PIECE_COLUMNS,
            _PIECE_WIDTHS,
            map(_row, one.pieces),
            title=f"{one.objective.official_id or one.objective.id} · {one.objective.title} · "
            f"{one.result.state.label}",
        )
        for one in checked.objectives
        if one.pieces
    ]
    return Section(printable(checked.programme.title), (), tuple(tables))


def _row(one: CheckedPiece) -> tuple[str, ...]:
    name = f"{one.piece.title} ({'obligatoire' if one.piece.mandatory else 'facultative'})"
    ticks = (one.present, one.dated, one.valid, one.readable, one.signed)
    return (name, *(tick.mark for tick in ticks), one.gap)


def _remarks(sheet: Checklist) -> Section:
    rows = [
        (f"☐ {one.gravity.label}", one.subject, one.sentence, one.next_step)
        for one in sheet.remarks
    ]
    listed = table(_REMARK_COLUMNS, _REMARK_WIDTHS, rows)
    return Section(
        "Ce qu'un examinateur dirait",
        () if rows else ("Aucune remarque.",),
        (listed,) if rows else (),
    )
