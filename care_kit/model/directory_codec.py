"""Directory facts to bytes and back: gzip of JSON lines, one header then one line per object.

Values are base64 only when they are not UTF-8 text, so an examiner can read the file with zcat.
"""

import base64
import json
from collections.abc import Iterable
from typing import Any

from care_kit.model.codec import canonical_plain, compress, decompress
from care_kit.model.directory_facts import DirectoryEntry, DirectoryFacts, Part

FORMAT = "care-kit/directory-facts/1"


def encode(facts: DirectoryFacts) -> bytes:
    """Compressed bytes of a reading; the same facts always give the same bytes."""
    header = {
        "format": FORMAT,
        "taken_at": facts.taken_at.isoformat(),
        "domain_dn": facts.domain_dn,
        "configuration_dn": facts.configuration_dn,
        "forest_dns": facts.forest_dns,
        "root": {key: list(values) for key, values in facts.root.items()},
        "unreadable": list(facts.unreadable),
    }
    lines = [canonical_plain(header), *(canonical_plain(_entry(one)) for one in facts.entries)]
    return compress(b"\n".join(lines) + b"\n")


def decode(data: bytes) -> DirectoryFacts:
    """Rebuild facts; ValueError, KeyError or OSError when the bytes are not such a reading."""
    from datetime import datetime

    lines = decompress(data).splitlines()
    header: dict[str, Any] = json.loads(lines[0])
    if header["format"] != FORMAT:
        raise ValueError(f"unknown format {header['format']!r}")
    return DirectoryFacts(
        taken_at=datetime.fromisoformat(header["taken_at"]),
        domain_dn=header["domain_dn"],
        configuration_dn=header["configuration_dn"],
        forest_dns=header["forest_dns"],
        root={key: tuple(values) for key, values in header["root"].items()},
        entries=tuple(_decoded(json.loads(line)) for line in lines[1:]),
        unreadable=tuple(header["unreadable"]),
    )


def _entry(entry: DirectoryEntry) -> dict[str, object]:
    attributes = {name: _values(raw) for name, raw in entry.attributes.items()}
    return {"dn": entry.dn, "part": entry.part.value, "a": attributes}


def _values(raw: Iterable[bytes]) -> list[str | dict[str, str]]:
    values: list[str | dict[str, str]] = []
    for value in raw:
        try:
            values.append(value.decode("utf-8"))
        except UnicodeDecodeError:
            values.append({"b64": base64.b64encode(value).decode("ascii")})
    return values


def _decoded(line: dict[str, Any]) -> DirectoryEntry:
    attributes = {
        name: tuple(
            base64.b64decode(one["b64"]) if isinstance(one, dict) else one.encode("utf-8")
            for one in values
        )
        for name, values in line["a"].items()
    }
    return DirectoryEntry(line["dn"], Part(line["part"]), attributes)
