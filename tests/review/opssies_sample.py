"""A sound OPSSIES file of the CaRE D1 profile, to alter one place at a time."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
NAME = "AUDITPLUS-D1-20261120-081500.json"


def names(full: str) -> list[dict[str, Any]]:
    return [{"stakeholderNameType": 2, "__text": full}]


def _common(kind: int, text: str, who: str, actor: int, role: int) -> dict[str, Any]:
    return {
        "stakeholderId": {"stakeholderIdType": kind, "__text": text},
        "stakeholderNameTypes": names(who),
        "stakeholderType": actor,
        "stakeholderRoleType": role,
    }


AUDITED: dict[str, Any] = {
    "stakeholderId": [{"stakeholderIdType": 3, "__text": "990000010"}],
    "stakeholderNameTypes": names("Centre hospitalier des Trois-Rivières"),
    "stakeholderType": 1,
    "stakeholderRoleType": 4,
}
EVENT: dict[str, Any] = {
    "stakeholders": [AUDITED],
    "dates": [{"dateType": 7, "__text": "20261119-220000"}],
    "scopes": [
        {
            "functionalContexts": [
                {
                    "functionalContextCategory": 6,
                    "__text": "Infrastructures",
                    "isPersonalData": False,
                    "isPersonalHealthcareData": False,
                    "userCount": 0,
                }
            ],
            "technicalContexts": [
                {
                    "technicalContextCategory": 13,
                    "__text": "site",
                    "isDynamic": False,
                    "isAuthenticatable": False,
                    "isOnCloud": False,
                }
            ],
            "autonomousSystemNumbers": ["AS64500"],
            "domains": ["ch-trois-rivieres.example"],
            "subnetIpV4s": ["192.0.2.0/28"],
            "subnetIpV6s": ["2001:db8::/64"],
        }
    ],
    "outcome": {"level": 1},
    "tlp": "amber",
    "eventAnalysisType": 5,
    "eventType": 29,
}
SOUND: dict[str, Any] = {
    "events": {
        "stakeholders": [
            _common(5, "73282932000074", "Audit Plus", 3, 2),
            _common(4, "187512751", "Agence du Numérique en Santé", 2, 3),
            _common(3, "990000010", "Centre hospitalier des Trois-Rivières", 1, 1),
        ],
        "event": [EVENT],
    }
}

Step = str | int


def altered(*path: Step, to: Any) -> dict[str, Any]:
    """The sound document with one value replaced, or added."""
    whole = copy.deepcopy(SOUND)
    spot: Any = whole
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = to
    return whole


def without(*path: Step) -> dict[str, Any]:
    """The sound document with one key removed."""
    whole = copy.deepcopy(SOUND)
    spot: Any = whole
    for step in path[:-1]:
        spot = spot[step]
    del spot[path[-1]]
    return whole


def written(folder: Path, document: object, name: str = NAME) -> Path:
    path = folder / name
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path
