"""ADS-Open's `report.json`: its own level and failed points, kept beside ours.

Format read in ADS-Open's public source (Pit4Coding/ADS-Open 1.5.0). ADS-Open is not ANSSI's
service, and it counts a point it could not decide as neither failed nor passed.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from care_kit.model.dossier.third_party import ThirdPartyResult
from care_kit.model.words.french import counted
from care_kit.probes.imports.refusals import malformed, refused
from care_kit.probes.imports.report_file import dns_name, level, moment, parsed_json, short

MAX_CONTROLS = 1_000
_PRODUCT = "ADS-Open"
_STATUSES = {"Passed", "Failed", "NotEvaluated"}
_POINT = re.compile(r"vuln_[a-z0-9_]{1,80}")
_BEST = 5


def read_ads_open(raw: bytes, name: str) -> ThirdPartyResult:
    """What a report says; InputError names the file and the place at fault."""
    report = parsed_json(raw, name)
    if not isinstance(report, dict) or report.get("Product") != _PRODUCT:
        raise refused(
            name,
            "n'est pas un rapport d'ADS-Open",
            "Indiquez le fichier report.json écrit par ADS-Open.",
        )
    controls = tuple(_controls(report.get("Controls"), name))
    own = level(_item(report, "Score", name).get("Level"), name, "Score.Level")
    failed = tuple(sorted({point for point, status, _ in controls if status == "Failed"}))
    unknown = sum(1 for _, status, _ in controls if status == "NotEvaluated")
    lowest = min((at for _, status, at in controls if status == "Failed"), default=_BEST)
    cautions = [
        "ADS-Open est un outil indépendant : ce n'est pas un résultat du service ADS de l'ANSSI."
    ]
    if unknown:
        untold = counted(unknown, "point non évalué", "points non évalués")
        cautions.append(f"{untold} par ADS-Open : ni réussite ni échec.")
    if lowest != own:
        cautions.append(f"Le niveau écrit ({own}) ne suit pas des points en échec ({lowest}).")
    return ThirdPartyResult(
        tool=_PRODUCT,
        version=short(str(report.get("Version", ""))) or "inconnue",
        forest="",
        domain=dns_name(str(report.get("Domain", "")), name, "Domain"),
        generated=moment(str(report.get("GeneratedAt", "")), name, "GeneratedAt"),
        level=own,
        failed=failed,
        cautions=tuple(cautions),
    )


def _controls(found: Any, name: str) -> Iterator[tuple[str, str, int]]:
    """Point, status and lowest failed level (5 when none) of each control."""
    if not isinstance(found, list) or not 0 < len(found) <= MAX_CONTROLS:
        raise malformed(name, "Controls", f"une liste de 1 à {MAX_CONTROLS} contrôles est attendue")
    for number, one in enumerate(found):
        place = f"Controls[{number}]"
        if not isinstance(one, dict):
            raise malformed(name, place, "un objet est attendu")
        point, status = one.get("Id"), one.get("Status")
        if not isinstance(point, str) or not _POINT.fullmatch(point):
            raise malformed(name, f"{place}.Id", "un identifiant de l'ANSSI est attendu")
        if not isinstance(status, str) or status not in _STATUSES:
            raise malformed(name, f"{place}.Status", "Passed, Failed ou NotEvaluated est attendu")
        where = f"{place}.FailedLevels"
        levels = [level(each, name, where) for each in _list(one.get("FailedLevels"))]
        yield point, status, min(levels, default=_BEST)


def _list(value: Any) -> list[Any]:
    """A list; PowerShell writes a list of one item as the item alone."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _item(report: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any]:
    found = report.get(key)
    if not isinstance(found, dict):
        raise malformed(name, key, "un objet est attendu")
    return found
