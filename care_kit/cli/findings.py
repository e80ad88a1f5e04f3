"""`care findings`: every finding with every object, for people, programs and spreadsheets."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.assessment.standing.situation import Situation
    from care_kit.model.content.check import Check
    from care_kit.model.dossier.acceptance import Accepted
    from care_kit.model.facts.finding import Finding

COLUMNS = (
    *("check", "title", "target", "port", "verdict", "severity", "level", "reason", "objects"),
    "accepted",
)


def findings(
    probe: Annotated[str, typer.Option(help="directory ou exposure.", show_default=False)] = "",
    check: Annotated[str, typer.Option(help="Un seul contrôle.", show_default=False)] = "",
    actions: Annotated[
        bool, typer.Option("--actions", help="Les dix actions qui font monter l'annuaire.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Sortie CSV, pour un tableur.")] = False,
    as_json: options.Json = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Liste tous les constats et leurs objets."""
    from care_kit.cli.texts import directory_actions as directory_actions_text
    from care_kit.model.words.errors import InputError
    from care_kit.model.words.vocabulary import ProbeKind

    if probe and probe not in list(ProbeKind):
        raise InputError(
            f"La sonde « {probe} » n'existe pas.",
            f"Choisissez parmi : {', '.join(one.value for one in ProbeKind)}.",
        )
    if actions and (probe or check):
        raise InputError(
            "« --actions » porte sur tout l'annuaire.", "Retirez --probe ou --check, ou --actions."
        )
    with options.open_dossier(dossier, author) as opened:
        now, key = options.situation_of(opened), opened.pseudonym_key
    if actions:
        directory_actions_text.show(now, key, options.today(), as_csv=as_csv, as_json=as_json)
        return
    shown = [_told(now, key, one) for one in now.findings if _wanted(now, one, probe, check)]
    if as_json:
        _as_json(shown)
    elif as_csv:
        _as_csv(shown)
    else:
        _as_text(shown)


Told = tuple["Finding", "Check", "tuple[Accepted, ...]"]


def _wanted(now: "Situation", finding: "Finding", probe: str, check: str) -> bool:
    if probe and now.content.checks[finding.check].family != probe:
        return False
    return not check or finding.check.upper() == check.strip().upper()


def _told(now: "Situation", key: bytes, finding: "Finding") -> Told:
    """A finding with its check and the risks accepted on it: they never change its verdict."""
    from care_kit.assessment.risks.acceptance import accepted

    risks = accepted(now.state.acceptances, finding, key, options.today())
    return finding, now.content.checks[finding.check], risks


def _as_text(shown: Sequence[Told]) -> None:
    from care_kit.model.words.french import counted

    for one, _, risks in shown:
        where = f"{one.target}:{one.port}" if one.port else one.target
        level = f" (niveau {one.level})" if one.level else ""
        output.paragraph(f"{one.check} - {where} - {one.verdict.label}{level} : {one.reason}")
        for name in one.objects:
            output.say(f"    {name}")
        for risk in risks:
            output.paragraph(risk.sentence, "    ")
    output.say(f"{counted(len(shown), 'constat')}.")


def _as_json(shown: Iterable[Told]) -> None:
    from dataclasses import asdict

    from care_kit.model.formats.codec import canonical_plain

    whole = [
        {
            **asdict(one),
            "title": check.title,
            "levels": check.levels,
            "accepted": [_risk(risk) for risk in risks],
        }
        for one, check, risks in shown
    ]
    output.say(canonical_plain(whole).decode("utf-8"))


def _risk(risk: "Accepted") -> dict[str, Any]:
    one = risk.acceptance
    return {
        "reason": one.reason,
        "author": one.author,
        "until": one.until.isoformat(),
        "current": risk.current,
        "objects": risk.objects if one.object_digest else (),
    }


def _as_csv(shown: Iterable[Told]) -> None:
    """One line per object."""
    from dataclasses import asdict

    rows: list[list[object]] = []
    for one, check, risks in shown:
        row = {**asdict(one), "title": check.title}
        for name in one.objects or ("",):
            row["objects"] = name
            row["accepted"] = " ".join(
                risk.sentence
                for risk in risks
                if name in risk.objects or not risk.acceptance.object_digest
            )
            rows.append([row[column] for column in COLUMNS])
    output.csv_table(COLUMNS, rows)
