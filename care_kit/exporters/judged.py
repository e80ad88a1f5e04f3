"""The results of a material, recomputed from what it holds and nothing else.

Whoever receives the package holds the same things, names replaced when it is redacted: results
computed after names were replaced are those an examiner finds again.
"""

from dataclasses import replace

from care_kit.assessment.standing.situation import assessed
from care_kit.dossier.folding.migration import wordings
from care_kit.exporters.material import Material


def judged(material: Material) -> Material:
    """The same material, its assessment, objectives and remarks computed again."""
    now = assessed(
        material.state,
        material.content,
        material.questionnaire,
        material.statements,
        material.findings,
        material.judged_on,
        material.unreadable,
        wordings(material.content.questionnaires),
    )
    return replace(
        material, assessment=now.assessment, objectives=now.objectives, remarks=now.remarks
    )
