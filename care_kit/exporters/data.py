"""`dossier.json`: the whole dossier as data, for tools that read no French."""

from typing import Any

from care_kit.assessment.plan.directory_actions import actions
from care_kit.exporters import views
from care_kit.exporters.material import Material
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.formats.codec import adapter, canonical_plain

FORMAT = "care-kit/dossier/2"


def dossier_json(material: Material, profile: ExportProfile) -> bytes:
    """Canonical JSON of a material (already redacted when the profile asks for it).

    Moments are ISO 8601 in UTC, amounts decimal texts, intervals `low` and `high`.
    """
    whole = {
        "format": FORMAT,
        "made_at": plain(material.made_at),
        "judged_on": plain(material.judged_on),
        "judged_readings": list(material.judged_readings),
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
        "pieces": {
            row.evidence.id: row.path
            for row in views.pieces(material.state)
            if not (profile.redacted and row.evidence.collection)
        },
        "unreadable": dict(material.unreadable),
        "accepted": _accepted(material),
        "lines_in_clear": material.lines_in_clear,
        "content": plain(material.identity),
    }
    return canonical_plain(whole)


def _accepted(material: Material) -> dict[str, str]:
    """Digits of the named objects a risk was accepted on: without the key nobody else has them."""
    known = {one.object_digest for one in material.state.acceptances} - {""}
    named = {name for one in material.findings for name in one.objects} if known else set()
    digits = {name: material.digest_of(name) for name in named}
    return {name: found for name, found in digits.items() if found in known}


def plain(value: object) -> Any:
    """A dataclass as dicts, lists, texts and numbers."""
    return adapter(type(value)).dump_python(value, mode="json")
