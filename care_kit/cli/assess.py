"""`care assess` and `care precheck`: where the dossier stands, what would be refused."""

from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli import options, output

if TYPE_CHECKING:
    from care_kit.assessment.situation import Situation
    from care_kit.model.third_party import ThirdPartyResult


def assess(
    dossier: options.DossierPath = None,
    author: options.Author = None,
    as_json: options.Json = False,
    detail: Annotated[
        bool, typer.Option("--detail", help="Chaque indicateur, pour refaire le calcul.")
    ] = False,
) -> None:
    """Affiche niveau, indice et conflits."""
    from care_kit.dossier.third_party import third_party_results

    with options.open_dossier(dossier, author) as opened:
        now, key = options.situation_of(opened), opened.pseudonym_key
        others = third_party_results(opened)
    if as_json:
        _assessment_json(now, others)
        return
    from care_kit.cli import situation_text, third_party_text

    situation_text.scores(now)
    if detail:
        situation_text.detail(now)
    situation_text.directory(now)
    situation_text.findings(now, key, options.today())
    situation_text.conflicts(now)
    third_party_text.show(others)


def _assessment_json(now: "Situation", others: "tuple[ThirdPartyResult, ...]") -> None:
    """The assessment's own keys, then `third_party`: what other tools said."""
    from pydantic import TypeAdapter

    from care_kit.model.assessment import Assessment
    from care_kit.model.codec import canonical_plain
    from care_kit.model.third_party import ThirdPartyResult

    whole = TypeAdapter(Assessment).dump_python(now.assessment, mode="json")
    told = TypeAdapter(tuple[ThirdPartyResult, ...]).dump_python(others, mode="json")
    output.say(canonical_plain({**whole, "third_party": told}).decode("utf-8"))


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
