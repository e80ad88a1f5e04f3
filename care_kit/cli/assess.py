"""`care assess` and `care precheck`: where the dossier stands, what would be refused."""

from typing import TYPE_CHECKING

import typer

from care_kit.cli import options, output

if TYPE_CHECKING:
    from care_kit.assessment.situation import Situation


def assess(
    dossier: options.DossierPath = None,
    author: options.Author = None,
    as_json: options.Json = False,
) -> None:
    """Affiche niveau, indice et conflits."""
    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened)
    if as_json:
        from care_kit.model.codec import canonical

        output.say(canonical(now.assessment).decode("utf-8"))
        return
    from care_kit.cli import situation_text

    situation_text.scores(now)
    situation_text.directory(now)
    situation_text.findings(now)
    situation_text.conflicts(now)


def precheck(
    dossier: options.DossierPath = None,
    author: options.Author = None,
    as_json: options.Json = False,
) -> None:
    """Liste ce qu'un examinateur refuserait.

    Code de sortie : 0 si rien n'est bloquant, 1 sinon.
    """
    from care_kit.model.assessment import Gravity

    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened)
    blocking = sum(one.gravity is Gravity.BLOCKING for one in now.remarks)
    if as_json:
        _remarks_json(now)
    else:
        _remarks_text(now, blocking)
    raise typer.Exit(1 if blocking else 0)


def _remarks_json(now: "Situation") -> None:
    from dataclasses import asdict

    from care_kit.model.codec import canonical_plain

    output.say(canonical_plain([asdict(one) for one in now.remarks]).decode("utf-8"))


def _remarks_text(now: "Situation", blocking: int) -> None:
    output.title("Ce qu'un examinateur dirait de ce dossier")
    for remark in now.remarks:
        mark = "[!!]" if remark.gravity.value == "blocking" else "[ ?]"
        output.paragraph(f"{mark} {remark.gravity.label} - {remark.subject} : {remark.sentence}")
        output.paragraph(f"→ {remark.next_step}", "     ")
    output.say()
    warnings = len(now.remarks) - blocking
    verdict = "à compléter avant l'envoi" if blocking else "rien de bloquant"
    output.say(f"{blocking} point(s) bloquant(s), {warnings} à revoir : {verdict}.")
