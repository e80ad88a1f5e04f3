"""`care assess` and `care precheck`: where the dossier stands, what would be refused."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.assessment.standing.situation import Situation
    from care_kit.model.dossier.third_party import ThirdPartyResult


def assess(
    dossier: options.DossierPath = None,
    author: options.Author = None,
    as_json: options.Json = False,
    detail: Annotated[
        bool, typer.Option("--detail", help="Chaque indicateur, pour refaire le calcul.")
    ] = False,
) -> None:
    """Affiche niveau, indice et conflits."""
    from care_kit.dossier.entry.third_party import third_party_results

    with options.open_dossier(dossier, author) as opened:
        now, key = options.situation_of(opened), opened.pseudonym_key
        others = third_party_results(opened)
    if as_json:
        _assessment_json(now, others)
        return
    from care_kit.cli.texts import choices as choices_text
    from care_kit.cli.texts import situation as situation_text
    from care_kit.cli.texts import third_party as third_party_text

    situation_text.scores(now)
    if detail:
        situation_text.detail(now)
    situation_text.directory(now)
    choices_text.show(now)
    situation_text.findings(now, key, options.today())
    situation_text.conflicts(now)
    third_party_text.show(others)


def _assessment_json(now: "Situation", others: "tuple[ThirdPartyResult, ...]") -> None:
    """The assessment's own keys, then `actions`, then `third_party`: what other tools said."""
    from pydantic import TypeAdapter

    from care_kit.assessment.plan.directory_actions import actions
    from care_kit.model.dossier.third_party import ThirdPartyResult
    from care_kit.model.formats.codec import canonical_plain
    from care_kit.model.results.assessment import Assessment, DirectoryAction

    whole = TypeAdapter(Assessment).dump_python(now.assessment, mode="json")
    first = actions(now.findings, now.content.checks)
    todo = TypeAdapter(tuple[DirectoryAction, ...]).dump_python(first, mode="json")
    told = TypeAdapter(tuple[ThirdPartyResult, ...]).dump_python(others, mode="json")
    output.say(canonical_plain({**whole, "actions": todo, "third_party": told}).decode("utf-8"))


def precheck(
    dossier: options.DossierPath = None,
    author: options.Author = None,
    on: options.On = "",
    to_checklist: Annotated[
        Path | None,
        typer.Option("--checklist", help="Liste à imprimer, en .html ou .pdf.", show_default=False),
    ] = None,
    force: options.Force = False,
    as_json: options.Json = False,
) -> None:
    """Liste ce qu'un examinateur refuserait.

    Code de sortie : 0 si le dossier est prêt (un programme suivi, rien de bloquant), 1 sinon.
    """
    from care_kit.assessment.examiner.precheck import ready

    today = options.judged_on(on)
    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened, today, thorough=True)
    if to_checklist is not None:
        _checklist(now, to_checklist, force=force)
    if as_json:
        _remarks_json(now)
    else:
        _remarks_text(now)
    raise typer.Exit(0 if ready(now.remarks, now.followed, now.today) else 1)


def _checklist(now: "Situation", target: Path, *, force: bool) -> None:
    from datetime import UTC, datetime

    from care_kit.exporters.checklist import write_checklist
    from care_kit.station.writing import write_file

    content = write_checklist(now, datetime.now(UTC).replace(microsecond=0), target)
    written = write_file(target, content, force=force)
    output.note(f"Liste de contrôle écrite : {written}")


def _remarks_json(now: "Situation") -> None:
    from dataclasses import asdict

    from care_kit.model.formats.codec import canonical_plain

    output.say(canonical_plain([asdict(one) for one in now.remarks]).decode("utf-8"))


_MARKS = {"blocking": "[!!]", "warning": "[ ?]", "foreseen": "[ >]"}


def _remarks_text(now: "Situation") -> None:
    from care_kit.assessment.examiner.precheck import open_counter, ready
    from care_kit.model.results.assessment import Gravity
    from care_kit.model.words.french import counted

    output.title(f"Ce qu'un examinateur dirait de ce dossier au {now.today:%d/%m/%Y}")
    for remark in now.remarks:
        mark = _MARKS[remark.gravity.value]
        output.paragraph(f"{mark} {remark.gravity.label} - {remark.subject} : {remark.sentence}")
        output.paragraph(f"→ {remark.next_step}", "     ")
    output.say()
    blocking = sum(one.gravity is Gravity.BLOCKING for one in now.remarks)
    revisit = sum(one.gravity is Gravity.WARNING for one in now.remarks)
    verdict = "prêt" if ready(now.remarks, now.followed, now.today) else "pas prêt"
    if now.followed and not open_counter(now.followed, now.today):
        verdict = "aucun guichet ouvert, rien à déposer"
    output.say(
        f"{counted(blocking, 'point bloquant', 'points bloquants')}, "
        f"{revisit} à revoir, {len(now.remarks) - blocking - revisit} à prévoir : {verdict}."
    )
