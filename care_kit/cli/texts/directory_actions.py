"""The ten actions that raise the directory level: as text, as JSON and as CSV."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from care_kit.assessment.plan.directory_actions import actions
from care_kit.assessment.risks.acceptance import accepted
from care_kit.cli.terminal import output
from care_kit.model.results.assessment import DirectoryAction
from care_kit.model.words.french import counted

if TYPE_CHECKING:
    from care_kit.assessment.standing.situation import Situation

_COLUMNS = ("rank", "forest", "level", "check", "title", "objects", "effort", "remediation")


def show(now: "Situation", key: bytes, today: date, *, as_csv: bool, as_json: bool) -> None:
    """The actions of every forest read, in the form asked for."""
    found = actions(now.findings, now.content.checks)
    if as_json:
        _as_json(now, found)
    elif as_csv:
        rows = [[line[column] for column in _COLUMNS] for line in _lines(now, found)]
        output.csv_table(_COLUMNS, rows)
    else:
        _as_text(now, found, key, today)


def _lines(now: "Situation", found: Sequence[DirectoryAction]) -> list[dict[str, object]]:
    """One line per action, ranked within its forest."""
    ranks: dict[str, int] = {}
    lines: list[dict[str, object]] = []
    for one in found:
        ranks[one.forest] = ranks.get(one.forest, 0) + 1
        check = now.content.checks[one.point]
        lines.append(
            {
                "rank": ranks[one.forest],
                "forest": one.forest,
                "level": one.level,
                "check": one.point,
                "title": check.title,
                "objects": one.objects,
                "effort": one.effort.value,
                "remediation": check.remediation,
            }
        )
    return lines


def _as_json(now: "Situation", found: Sequence[DirectoryAction]) -> None:
    from care_kit.model.formats.codec import canonical_plain

    output.say(canonical_plain(_lines(now, found)).decode("utf-8"))


def _as_text(now: "Situation", found: Sequence[DirectoryAction], key: bytes, today: date) -> None:
    if not found:
        output.say("Aucune action : aucun point de l'annuaire n'est en échec.")
    forest = ""
    for one, line in zip(found, _lines(now, found), strict=True):
        if one.forest != forest:
            forest = one.forest
            output.title(f"Les dix actions qui font monter le niveau : {forest}")
            output.paragraph(
                "Le plus bas niveau d'abord, puis le moins d'objets. L'effort est estimé par "
                "care-kit."
            )
        output.say()
        output.paragraph(f"{line['rank']}. [niveau {one.level}] {line['title']} ({one.point})")
        output.paragraph(f"{counted(one.objects, 'objet')}, effort {one.effort.label}", "   ")
        output.paragraph(f"→ {line['remediation']}", "   ")
        for sentence in _risks(now, one, key, today):
            output.paragraph(sentence, "   ")


def _risks(now: "Situation", action: DirectoryAction, key: bytes, today: date) -> list[str]:
    """What was accepted on that point; it does not remove it from the list."""
    mine = (one for one in now.findings if (one.check, one.target) == (action.point, action.forest))
    found = (accepted(now.state.acceptances, one, key, today) for one in mine)
    return [risk.sentence for risks in found for risk in risks]
