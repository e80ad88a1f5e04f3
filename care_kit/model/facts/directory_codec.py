"""Directory facts to bytes and back: gzip of JSON lines, one header then one line per object.

Values are base64 only when they are not UTF-8 text, so an examiner can read the file with zcat.
A security descriptor is written once, on a line of its own before the first object that has it;
objects name it by its rank (`sd`, from 0). Older formats are still read: 1 had no descriptors,
and neither 1 nor 2 asked for what observations now stand on.
"""

import base64
import gc
import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from sys import intern
from typing import Any

from care_kit.model.facts.directory import (
    DELEGATED_ACCOUNT,
    OBSERVED,
    DirectoryEntry,
    DirectoryFacts,
    Part,
    unasked,
)
from care_kit.model.formats.codec import canonical_plain, decompress

FORMAT = "care-kit/directory-facts/3"
_OLDER = ("care-kit/directory-facts/1", "care-kit/directory-facts/2")
_DESCRIPTOR, _CLASSES = "ntsecuritydescriptor", "objectclass"
_NOT_YET_ASKED = unasked({DELEGATED_ACCOUNT, *(one for each in OBSERVED.values() for one in each)})
MAX_HEADER = 10_000_000
# Beyond 6, gzip takes twice the time for a few per cent.
_EFFORT = 6
_Shared = dict[tuple[bytes, ...], tuple[bytes, ...]]
_BATCH = 256  # lines parsed at once: twice as fast as one by one, and no more memory


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
    lines = decompress(data).splitlines()
    if not lines:
        raise ValueError("empty reading")
    try:
        with _no_collection():
            return _facts(json.loads(lines[0]), lines[1:])
    except (TypeError, AttributeError, RecursionError) as cause:  # JSON, but not of our shapes
        raise ValueError("not a directory reading") from cause


def _facts(header: dict[str, Any], lines: list[bytes]) -> DirectoryFacts:
    from datetime import datetime

    older = header["format"] in _OLDER
    if not older and header["format"] != FORMAT:
        raise ValueError(f"unknown format {header['format']!r}")
    return DirectoryFacts(
        taken_at=datetime.fromisoformat(header["taken_at"]),
        domain_dn=header["domain_dn"],
        configuration_dn=header["configuration_dn"],
        forest_dns=header["forest_dns"],
        root={key: tuple(values) for key, values in header["root"].items()},
        entries=tuple(_entries(lines)),
        unreadable=(*header["unreadable"], *(_NOT_YET_ASKED if older else ())),
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """All that is built is kept: looking for cycles in it takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # straight to the oldest generation: nothing to look through on the way
        if enabled:
            gc.enable()


def subject_of(data: bytes) -> tuple[str, str]:
    """Forest (DNS name) and domain (DN) a reading is about, from its first line; as `decode`."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            header = json.loads(stream.readline(MAX_HEADER))
    except (zlib.error, EOFError, OSError) as cause:
        raise ValueError("damaged gzip data") from cause
    except RecursionError as cause:
        raise ValueError("not a directory reading") from cause
    if not isinstance(header, dict):
        raise ValueError("not a directory reading")
    return str(header["forest_dns"]), str(header["domain_dn"])


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


def _entries(lines: list[bytes]) -> Iterator[DirectoryEntry]:
    descriptors: list[bytes] = []
    shared: _Shared = {}
    for start in range(0, len(lines), _BATCH):
        batch = lines[start : start + _BATCH]
        found = json.loads(b"[" + b",".join(batch) + b"]")
        if len(found) != len(batch):
            raise ValueError("not one object per line")
        for line in found:
            if "descriptor" in line:
                descriptors.append(base64.b64decode(line["descriptor"]))
            else:
                yield _decoded(line, descriptors, shared)


def _decoded(line: dict[str, Any], descriptors: list[bytes], shared: _Shared) -> DirectoryEntry:
    attributes = {intern(name): _bytes(values) for name, values in line["a"].items()}
    if _CLASSES in attributes:  # a few dozen combinations for all the objects
        classes = attributes[_CLASSES]
        attributes[_CLASSES] = shared.setdefault(classes, classes)
    rank = line.get("sd")
    if rank is not None:
        if not 0 <= rank < len(descriptors):
            raise ValueError(f"unknown descriptor {rank!r}")
        attributes[_DESCRIPTOR] = (descriptors[rank],)
    if not isinstance(line["dn"], str):
        raise ValueError("a DN that is not text")
    return DirectoryEntry(line["dn"], Part(line["part"]), attributes)


def _bytes(values: list[str | dict[str, str]]) -> tuple[bytes, ...]:
    if len(values) == 1 and isinstance(values[0], str):  # nine values out of ten
        return (values[0].encode(),)
    return tuple(
        [one.encode() if isinstance(one, str) else base64.b64decode(one["b64"]) for one in values]
    )
