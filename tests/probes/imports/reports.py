"""Reports of other tools, crafted from the formats their public sources describe.

No real export of an establishment is available.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

RULES = ("P-AdminNum", "A-Krbtgt", "S-Domain$$$", "A-LAPS-Not-Installed")


def integrity(rules: Sequence[str]) -> str:
    """PingCastle's fingerprint of its failed rules."""
    text = ",".join(sorted(rules)).replace("-", "").replace(".", "")
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def pingcastle(rules: Sequence[str] = RULES, fingerprint: str | None = None, **texts: str) -> bytes:
    """A `HealthcheckData` report; `texts` replace elements, an empty one removes it."""
    values = {
        "EngineVersion": "3.3.0.1",
        "GenerationDate": "2026-03-01T17:42:35.2390914+02:00",
        "Level": "Full",
        "MaturityLevel": "1",
        "DomainFQDN": "ch.lan",
        "ForestFQDN": "foret.lan",
        "GlobalScore": "100",
        "StaleObjectsScore": "46",
        "PrivilegiedGroupScore": "100",
        "TrustScore": "25",
        "AnomalyScore": "59",
        **texts,
    }
    told = "".join(f"<{key}>{value}</{key}>" for key, value in values.items() if value)
    failed = "".join(
        f"<HealthcheckRiskRule><Points>5</Points><Category>Anomalies</Category>"
        f"<RiskId>{rule}</RiskId><Rationale>Compte secret</Rationale></HealthcheckRiskRule>"
        for rule in rules
    )
    seal = integrity(rules) if fingerprint is None else fingerprint
    attribute = f' IntegrityRules="{seal}"' if seal else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<HealthcheckData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"{attribute}>'
        f"{told}<RiskRules>{failed}</RiskRules></HealthcheckData>"
    ).encode()


def ads_open(**changes: Any) -> dict[str, Any]:
    """The parts of ADS-Open's report that are read, and the path that must not be."""
    return {
        "Product": "ADS-Open",
        "Version": "1.5.0",
        "GeneratedAt": "2026-03-01T10:11:12.1234567+01:00",
        "InputRoot": "C:\\collectes\\secret",
        "Domain": "ch.lan",
        "Score": {"Level": 2, "Failed": 1, "Passed": 1, "NotEvaluated": 1},
        "Controls": [
            {"Id": "vuln_krbtgt", "Levels": [2], "FailedLevels": [2], "Status": "Failed"},
            {"Id": "vuln_guest", "Levels": [2], "FailedLevels": [], "Status": "Passed"},
            {"Id": "vuln_owner", "Levels": 3, "FailedLevels": None, "Status": "NotEvaluated"},
        ],
        **changes,
    }


def as_json(value: object) -> bytes:
    """JSON as PowerShell writes it: UTF-8 with a mark."""
    return b"\xef\xbb\xbf" + json.dumps(value).encode()


def bloodhound(kind: str, count: int) -> bytes:
    """One file of a collection."""
    return json.dumps(
        {
            "data": [{"ObjectIdentifier": f"S-1-5-21-{one}"} for one in range(count)],
            "meta": {"methods": 0, "type": kind, "count": count, "version": 6},
        }
    ).encode()
