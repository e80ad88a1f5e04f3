"""`care calendar`: what expires and what is due."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.assessment.standing.situation import Situation
    from care_kit.model.results.calendar import Deadline


def calendar(
    to_ics: Annotated[
        Path | None,
        typer.Option("--ics", help="Fichier iCalendar à écrire.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Montre aussi les étapes passées.")] = False,
    on: options.On = "",
    force: options.Force = False,
    as_json: options.Json = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Montre ce qui expire et ce qui est à faire, et quand."""
    from care_kit.assessment.programme.calendar import deadlines

    today = options.judged_on(on)
    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened, today)
    found = deadlines(now.state, now.followed, now.questionnaire, now.statements)
    if to_ics is not None:
        _write(to_ics, found, now, force=force)
    elif as_json:
        _json(found, today)
    else:
        _text(found, today, every)


def _write(path: Path, found: "tuple[Deadline, ...]", now: "Situation", *, force: bool) -> None:
    from datetime import UTC, datetime

    from care_kit.exporters.ics import ics
    from care_kit.model.words.french import counted
    from care_kit.station.writing import write_file

    made_at = datetime.now(UTC).replace(microsecond=0)
    content = ics(found, now.state.dossier_id, now.state.establishment.name, made_at)
    written = write_file(path, content, force=force)
    output.say(f"Agenda écrit : {written} ({counted(len(found), 'échéance')}).")


def _json(found: "tuple[Deadline, ...]", today: date) -> None:
    from dataclasses import asdict

    from care_kit.model.formats.codec import canonical_plain

    rows = [
        {
            **asdict(one),
            "starts": one.starts.isoformat(),
            "ends": one.ends.isoformat() if one.ends else None,
            "state": one.state(today).value,
        }
        for one in found
    ]
    output.say(canonical_plain(rows).decode("utf-8"))


def _text(found: "tuple[Deadline, ...]", today: date, every: bool) -> None:
    from care_kit.model.results.calendar import DeadlineState

    shown = [one for one in found if every or one.state(today) is not DeadlineState.OVER]
    if not shown:
        output.say("Aucune échéance. Suivez un programme avec « care programme follow d1 ».")
        return
    marks = {DeadlineState.OVERDUE: "[!!]", DeadlineState.RUNNING: "[ >]"}
    rows = []
    for one in shown:
        state = one.state(today)
        mark = f"{marks.get(state, '[  ]')} {state.label}"
        rows.append((mark, one.when, one.kind.label, one.subject, one.title))
    output.title(f"Échéances au {today:%d/%m/%Y}")
    output.table(("État", "Quand", "Nature", "Sujet", "Objet"), rows)
