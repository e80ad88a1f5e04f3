"""Which readings are judged, and what was set aside: told wherever a result is."""

from typing import TYPE_CHECKING

from care_kit.assessment.short_ids import SHORT
from care_kit.cli.terminal import output
from care_kit.model.words.french import instant

if TYPE_CHECKING:
    from care_kit.assessment.standing.situation import Situation


def show(now: "Situation") -> None:
    """One paragraph for each reading that is not judged although it is the latest, or damaged."""
    for choice in now.choices:
        judged = choice.judged
        if choice.by_hand:
            output.paragraph(
                f"Relevé jugé, choisi par une personne : {judged.id[:SHORT]}, "
                f"du {instant(judged.ended)} (cible {choice.target})."
            )
        for one in choice.passed_over:
            output.paragraph(
                f"Relevé {one.reading.id[:SHORT]} du {instant(one.reading.ended)} non retenu : "
                f"{one.why}"
            )
    for reading in now.state.readings:
        if reading.id in now.damaged:
            name = reading.id[:SHORT]
            output.paragraph(
                f"Relevé {name} ({reading.probe.label}, du {instant(reading.ended)}) mis de côté : "
                f"{now.damaged[reading.id]} « care readings withdraw {name} » le retire."
            )
