"""`dossier.json`: the whole dossier as data, for tools that read no French."""

from typing import Any

from pydantic import TypeAdapter

from care_kit.assessment.plan.directory_actions import actions
from care_kit.exporters import views
from care_kit.exporters.material import Material
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.formats.codec import canonical_plain

FORMAT = "care-kit/dossier/1"


def dossier_json(material: Material, profile: ExportProfile) -> bytes:
    """Canonical JSON of a material (already redacted when the profile asks for it).

    Moments are ISO 8601 in UTC, amounts decimal texts, intervals `low` and `high`.
    """
    whole = {
        "format": FORMAT,
        "made_at": plain(material.made_at),
        "tool": {"name": "care-kit", "version": material.version},
        "profile": plain(profile),
        "questionnaire": {
            "id": material.questionnaire.id,
            "version": material.questionnaire.version,
            "sha512": views.fingerprint(material.questionnaire),
        },
        "programmes": {key: one.version for key, one in material.programmes.items()},
        "state": plain(material.state),
        "assessment": plain(material.assessment),
        "objectives": {
            programme: {key: plain(one) for key, one in results.items()}
            for programme, results in material.objectives.items()
        },
        "remarks": [plain(one) for one in material.remarks],
        "findings": [plain(one) for one in material.findings],
        "statements": {key: plain(one) for key, one in material.statements.items()},
        "actions": [plain(one) for one in actions(material.findings, material.checks)],
        "exposure": plain(material.progress),
        "third_party": [plain(one) for one in material.third_party],
        "pieces": {row.evidence.id: row.path for row in views.pieces(material.state)},
    }
    return canonical_plain(whole)


def plain(value: object) -> Any:
    """A dataclass as dicts, lists, texts and numbers."""
    return TypeAdapter(type(value)).dump_python(value, mode="json")
