"""Directory facts to bytes and back: gzip of JSON lines, one header then one line per object.

Values are base64 only when they are not UTF-8 text, so an examiner can read the file with zcat.
A security descriptor is written once, on a line of its own before the first object that has it;
objects name it by its rank (`sd`, from 0). Format 1 had no descriptors and is still read.
"""

import base64
import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from care_kit.model.codec import canonical_plain, decompress
from care_kit.model.directory_facts import DirectoryEntry, DirectoryFacts, Part

FORMAT = "care-kit/directory-facts/2"
_READ = ("care-kit/directory-facts/1", FORMAT)
_DESCRIPTOR = "ntsecuritydescriptor"
MAX_HEADER = 10_000_000
# Beyond 6, gzip takes twice the time for a few per cent.
_EFFORT = 6


def encode(facts: DirectoryFacts) -> bytes:
    """Compressed bytes of a reading; the same facts always give the same bytes."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=_EFFORT, mtime=0) as stream:
        buffered = io.BufferedWriter(stream, 1 << 16)
        buffered.writelines(line + b"\n" for line in _lines(facts))
        buffered.flush()
    return packed.getvalue()


def _lines(facts: DirectoryFacts) -> Iterator[bytes]:
    header = {
        "format": FORMAT,
        "taken_at": facts.taken_at.isoformat(),
        "domain_dn": facts.domain_dn,
        "configuration_dn": facts.configuration_dn,
        "forest_dns": facts.forest_dns,
        "root": {key: list(values) for key, values in facts.root.items()},
        "unreadable": list(facts.unreadable),
    }
    yield canonical_plain(header)
    ranks: dict[bytes, int] = {}
    for entry in facts.entries:
        for raw in entry.values(_DESCRIPTOR)[:1]:
            if raw not in ranks:
                ranks[raw] = len(ranks)
                yield canonical_plain({"descriptor": base64.b64encode(raw).decode("ascii")})
        yield canonical_plain(_entry(entry, ranks))


def decode(data: bytes) -> DirectoryFacts:
    """Rebuild facts; ValueError, KeyError or OSError when the bytes are not such a reading."""
    from datetime import datetime

    lines = decompress(data).splitlines()
    if not lines:
        raise ValueError("empty reading")
    header: dict[str, Any] = json.loads(lines[0])
    if header["format"] not in _READ:
        raise ValueError(f"unknown format {header['format']!r}")
    return DirectoryFacts(
        taken_at=datetime.fromisoformat(header["taken_at"]),
        domain_dn=header["domain_dn"],
        configuration_dn=header["configuration_dn"],
        forest_dns=header["forest_dns"],
        root={key: tuple(values) for key, values in header["root"].items()},
        entries=tuple(_entries(lines[1:])),
        unreadable=tuple(header["unreadable"]),
    )


def domain_of(data: bytes) -> str:
    """DN of the domain a reading is about, from its first line only; errors as `decode`."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            header = json.loads(stream.readline(MAX_HEADER))
    except (zlib.error, EOFError, OSError) as cause:
        raise ValueError("damaged gzip data") from cause
    return str(header["domain_dn"])


def _entry(entry: DirectoryEntry, ranks: dict[bytes, int]) -> dict[str, object]:
    attributes = {
        name: _values(raw) for name, raw in entry.attributes.items() if name != _DESCRIPTOR
    }
    line: dict[str, object] = {"dn": entry.dn, "part": entry.part.value, "a": attributes}
    for raw in entry.values(_DESCRIPTOR)[:1]:
        line["sd"] = ranks[raw]
    return line


def _values(raw: Iterable[bytes]) -> list[str | dict[str, str]]:
    values: list[str | dict[str, str]] = []
    for value in raw:
        try:
            values.append(value.decode("utf-8"))
        except UnicodeDecodeError:
            values.append({"b64": base64.b64encode(value).decode("ascii")})
    return values


def _entries(lines: Iterable[bytes]) -> Iterator[DirectoryEntry]:
    descriptors: list[bytes] = []
    for line in map(json.loads, lines):
        if "descriptor" in line:
            descriptors.append(base64.b64decode(line["descriptor"]))
        else:
            yield _decoded(line, descriptors)


def _decoded(line: dict[str, Any], descriptors: list[bytes]) -> DirectoryEntry:
    attributes = {
        name: tuple(
            base64.b64decode(one["b64"]) if isinstance(one, dict) else one.encode("utf-8")
            for one in values
        )
        for name, values in line["a"].items()
    }
    rank = line.get("sd")
    if rank is not None:
        if not 0 <= rank < len(descriptors):
            raise ValueError(f"unknown descriptor {rank!r}")
        attributes[_DESCRIPTOR] = (descriptors[rank],)
    return DirectoryEntry(line["dn"], Part(line["part"]), attributes)
