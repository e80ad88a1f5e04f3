"""The assessment as text: tables that read without colour."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from care_kit.assessment.plan.directory_actions import effort
from care_kit.assessment.risks.acceptance import accepted
from care_kit.cli.terminal import output
from care_kit.model.facts.finding import Finding
from care_kit.model.formats.pseudonym import digester
from care_kit.model.results.assessment import DirectoryLevel, Score
from care_kit.model.results.wording import answered, interval
from care_kit.model.words.french import counted, level_label, percent, short
from care_kit.model.words.vocabulary import ProbeKind, Verdict

if TYPE_CHECKING:
    from care_kit.assessment.standing.situation import Situation

_MARKS = {
    Verdict.FAIL: "[X]",
    Verdict.PASS: "[v]",
    Verdict.INFO: "[i]",
    Verdict.NOT_TESTED: "[-]",
    Verdict.ERROR: "[!]",
}
SHOWN_OBJECTS = 5


def scores(now: "Situation") -> None:
    """Overall score then one line per domain."""
    output.title(now.questionnaire.title)
    output.paragraph(now.questionnaire.notice)
    output.say()
    rows = [("Ensemble", *_cells(now.assessment.overall))]
    rows += [
        (domain.title, *_cells(now.assessment.domains[domain.id]))
        for domain in now.questionnaire.domains
    ]
    headers = ("Domaine", "Niveau", "Indice", "Couverture", "Non applicable")
    output.table(headers, rows, flexible=0)
    output.say()
    counts = now.assessment.overall.confidence
    total = len(now.questionnaire.indicators)
    output.say(f"Confiance, sur {total} indicateurs :")
    for confidence, count in counts.items():
        output.say(f"  {confidence.value} · {confidence.label} : {count}")
    output.say(f"  Ne sais pas : {now.assessment.overall.unknown} (compte zéro)")


def detail(now: "Situation") -> None:
    """Every indicator with its weight and what enters the sums: enough to redo them by hand."""
    output.title("Détail du calcul")
    output.paragraph(
        "Indice = somme de (poids × retenu) ÷ somme de (poids × 4) × 100, pour le plancher puis "
        "pour le plafond ; ce qui est sans objet sort des deux sommes. Niveau = le plus faible "
        "retenu du socle."
    )
    output.say()
    rows = []
    for one in now.questionnaire.indicators:
        found = now.assessment.indicators[one.id]
        kept = found.retained
        rows.append(
            (
                one.id,
                str(one.weight),
                "socle" if one.socle else "",
                answered(found),
                interval(found.measured, "-"),
                "sans objet" if kept is None else short(kept.low),
                "sans objet" if kept is None else short(kept.high),
            )
        )
    headers = ("Question", "Poids", "Socle", "Déclaré", "Mesuré", "Plancher", "Plafond")
    output.table(headers, rows, flexible=3)


def directory(now: "Situation") -> None:
    """The directory level of each forest read."""
    for one in now.assessment.directory:
        output.title(f"Annuaire {one.forest}")
        output.paragraph(
            f"Niveau {interval(one.level)} sur 5, {one.decided} points décidés sur {one.total} "
            "(d'après les points de contrôle publiés par l'ANSSI ; ce n'est pas un résultat ADS)."
        )
        _route(now, one)


def _route(now: "Situation", level: DirectoryLevel) -> None:
    """What holds the next level back, the quickest to mend first."""

    if level.next_level is None:
        return
    mend = [one for one in level.left if one.decided]
    look = [one.point for one in level.left if not one.decided]
    output.say()
    output.paragraph(
        f"Pour passer au niveau {level.next_level} : {counted(len(mend), 'point')} à corriger "
        f"({counted(sum(one.objects for one in mend), 'objet')}), {len(look)} à décider."
    )
    for one in mend:
        check = now.content.checks[one.point]
        work = effort(check, one.objects).label
        counts = f"{counted(one.objects, 'objet')}, effort {work}"
        output.paragraph(f"- {one.point} ({counts}) : {check.title}", "  ")
    if look:
        output.paragraph(f"À décider : {', '.join(look)}.", "  ")
    if mend:
        output.paragraph("« care findings --actions » dit quoi faire, dans l'ordre.", "  ")


def findings(now: "Situation", key: bytes, today: date) -> None:
    """Findings of each probe: counts, then the failures with their objects and accepted risks."""
    for probe in ProbeKind:
        mine = [one for one in now.findings if now.content.checks[one.check].family is probe]
        if mine:
            output.title(f"Constats de la sonde « {probe.label} »")
            counts = Counter(one.verdict for one in mine)
            output.say(", ".join(f"{verdict.label} : {counts[verdict]}" for verdict in Verdict))
            shown = [one for one in mine if one.verdict in (Verdict.FAIL, Verdict.ERROR)]
            _failures(now, shown, key, today)


def conflicts(now: "Situation") -> None:
    """Declared against measured, with the explanation if any."""
    output.title("Conflits entre déclaré et mesuré")
    if not now.assessment.conflicts:
        output.say("Aucun.")
    for one in now.assessment.conflicts:
        title = next(i.title for i in now.questionnaire.indicators if i.id == one.indicator)
        output.paragraph(
            f"[conflit] {one.indicator} {title} : déclaré {answered(one)}, "
            f"mesuré {interval(one.measured)}."
        )
        output.paragraph(f"Explication : {one.explanation or 'à compléter'}", "    ")
    if now.state.disputes:
        output.title("Conflits entre copies")
    for dispute in now.state.disputes:
        words = " ; ".join(f"{one.told} ({one.author})" for one in dispute.candidates)
        output.paragraph(f"[conflit] {dispute.title} : {words}.")
        output.paragraph("Choisissez avec « care conflicts ».", "    ")


def _failures(now: "Situation", failures: Sequence[Finding], key: bytes, today: date) -> None:
    from care_kit.model.words.french import listed

    for one in failures:
        where = f"{one.target}:{one.port}" if one.port else one.target
        rank = one.severity.label if one.severity else level_label(one.level)
        title = now.content.checks[one.check].title
        output.paragraph(f"{_MARKS[one.verdict]} {one.check} ({rank}) {where} - {title}")
        output.paragraph(one.reason, "      ")
        if one.objects:
            more = len(one.objects) - SHOWN_OBJECTS
            output.paragraph(listed(one.objects[:SHOWN_OBJECTS], more), "      ")
        for risk in accepted(now.state.acceptances, one, digester(key), today):
            output.paragraph(risk.sentence, "      ")


def _cells(score: Score) -> tuple[str, str, str, str]:
    return (
        interval(score.level),
        interval(score.index),
        percent(score.coverage),
        percent(score.not_applicable),
    )
