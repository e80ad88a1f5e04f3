"""One report of another tool, read whole within bounds, and the texts taken from it."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from care_kit.catalog.outside import read_bounded
from care_kit.model.words.text import printable
from care_kit.probes.imports.refusals import malformed, refused

MAX_BYTES = 200_000_000
_LONGEST_NAME = 255
_DNS_NAME = re.compile(r"[\w-]+(\.[\w-]+)*\.?")


def read_report(path: Path) -> bytes:
    """The bytes of a report; InputError when it is absent, empty or too large."""
    raw = read_bounded(path, MAX_BYTES, "Vérifiez que c'est le bon fichier.")
    if not raw:
        raise refused(path.name, "est vide", "Produisez le rapport à nouveau.")
    return raw


def parsed_json(raw: bytes, name: str) -> Any:
    """The value of a JSON file (UTF-8, with or without a mark, or UTF-16 with one)."""
    try:
        encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        return json.loads(raw.decode(encoding))
    except UnicodeDecodeError as cause:
        raise malformed(name, f"octet {cause.start}", "le texte n'est pas en UTF-8") from cause
    except json.JSONDecodeError as cause:
        raise malformed(name, f"ligne {cause.lineno}", "ce n'est pas du JSON") from cause
    except (ValueError, RecursionError) as cause:
        raise malformed(name, "contenu", "ce JSON est démesuré") from cause


def dns_name(text: str, name: str, place: str) -> str:
    """A domain name of a report, in lower case; InputError when it is not one."""
    clean = text.strip()
    if len(clean) > _LONGEST_NAME or not _DNS_NAME.fullmatch(clean):
        raise malformed(name, place, "un nom de domaine est attendu")
    return clean.rstrip(".").lower()


def moment(text: str, name: str, place: str) -> datetime:
    """An ISO 8601 moment, in UTC; a moment without offset is taken as UTC."""
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as cause:
        raise malformed(name, place, "une date ISO 8601 est attendue") from cause


def level(value: object, name: str, place: str) -> int:
    """A level from 1 to 5."""
    return bounded(value, 1, 5, name, place)


def bounded(value: object, low: int, high: int, name: str, place: str) -> int:
    """A whole number, written as such or as text; InputError outside the bounds."""
    text = "" if isinstance(value, bool) else str(value).strip()
    if not re.fullmatch(r"[0-9]{1,4}", text) or not low <= int(text) <= high:
        raise malformed(name, place, f"un entier de {low} à {high} est attendu")
    return int(text)


def short(text: str) -> str:
    """A version or a rule's name: one short line without control characters."""
    return printable(text).replace("\n", " ").strip()[:60]
