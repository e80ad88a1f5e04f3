"""Reads `dossier.json`, as hostile as any other file of a package."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from care_kit.exporters.data import FORMAT
from care_kit.model.content.identity import ContentIdentity
from care_kit.model.dossier.third_party import ThirdPartyResult
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.reading import Statement
from care_kit.model.formats.codec import adapter
from care_kit.model.results.level_held import ExposureProgress
from care_kit.model.words.text import shown
from care_kit.review.codes import Code
from care_kit.review.verification import Problem

DATA = "data/dossier.json"
FIRST_FORMAT = "care-kit/dossier/1"
MOST_ELEMENTS = 300_000
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")


@dataclass(frozen=True)
class Said:
    """What only the hospital knows, taken from `dossier.json` as it says it."""

    made_at: datetime
    judged_on: date
    version: str
    profile: str
    findings: tuple[Finding, ...]
    statements: Mapping[str, Statement]
    exposure: ExposureProgress
    third_party: tuple[ThirdPartyResult, ...]
    unreadable: Mapping[str, str]
    accepted: Mapping[str, str]
    lines_in_clear: int
    content: ContentIdentity
    judged_readings: tuple[str, ...] = ()


class UnreadableError(Exception):
    """The file cannot be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


def parsed(raw: bytes) -> dict[str, Any]:
    """The JSON object of the file, refused before it is read when it would not fit in memory."""
    if raw.count(b",") + raw.count(b"[") + raw.count(b"{") > MOST_ELEMENTS:
        raise _refused(Code.FILE_TOO_LARGE, "compte trop d'éléments pour être relu")
    try:
        whole: Any = json.loads(raw)
    except (ValueError, RecursionError) as cause:
        raise _refused(Code.DATA_UNREADABLE, "n'est pas du JSON lisible") from cause
    if not isinstance(whole, dict):
        raise _refused(Code.DATA_UNREADABLE, "n'est pas un objet JSON")
    if whole.get("format") not in (FORMAT, FIRST_FORMAT):
        found = shown(str(whole.get("format", "absent")))
        raise _refused(
            Code.DATA_FORMAT,
            f"est au format « {found} » au lieu de « {FORMAT} » : ses chiffres ne peuvent pas être "
            "recalculés",
        )
    return whole


def said(whole: dict[str, Any]) -> Said:
    """The parts a recompute starts from."""
    from pydantic import ValidationError

    try:
        tool, profile = whole["tool"], whole["profile"]
        table = {
            "version": tool["version"],
            "profile": profile["id"],
            **{name: whole[name] for name in Said.__dataclass_fields__ if name in whole},
        }
        table |= {"version": tool["version"], "profile": profile["id"]}
        found: Said = adapter(Said).validate_python(table)
    except ValidationError as cause:
        place = ".".join(map(str, cause.errors()[0]["loc"]))
        raise _refused(Code.DATA_UNREADABLE, f"est illisible à « {shown(place)} »") from cause
    except (KeyError, TypeError, RecursionError, OverflowError) as cause:
        raise _refused(Code.DATA_UNREADABLE, "n'a pas la forme d'un dossier") from cause
    if _VERSION.fullmatch(found.version) is None:
        raise _refused(Code.DATA_UNREADABLE, "porte une version de care-kit illisible")
    if found.made_at.tzinfo is None:
        raise _refused(Code.DATA_UNREADABLE, "porte une date de fabrication sans fuseau")
    return found


def _refused(code: Code, why: str) -> UnreadableError:
    return UnreadableError(Problem(DATA, f"dossier.json {why}.", code))
