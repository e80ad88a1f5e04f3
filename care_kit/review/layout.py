"""Reads a container strictly, twice: from its front (local headers) and from its end (directory).

Both readings accept only what the writer would have written. When one byte was altered at least
one of them still holds, and tells which file the altered byte belongs to.
"""

import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from hashlib import sha512
from itertools import pairwise
from typing import BinaryIO

from care_kit.model.formats import container
from care_kit.model.formats.container import Slot
from care_kit.model.words.text import shown
from care_kit.review.codes import Code
from care_kit.review.hostile import MAX_ENTRIES
from care_kit.review.verification import ENVELOPE, Digest, Problem

_CHUNK = 1 << 20
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_REGULAR = 0o100644 << 16
_PATH_AT = 128 + len("  ")


@dataclass(frozen=True)
class Layout:
    """Where each file stands, and which headers are not those the writer writes."""

    slots: tuple[Slot, ...]
    problems: tuple[Problem, ...] = ()


def read_layout(stream: BinaryIO, size: int) -> Layout | None:
    """The layout of a container of `size` bytes, None when it is not (or no longer) one."""
    front = _from_front(stream, size)
    end = _from_end(stream, size)
    if front is not None and end is not None:
        return _both(stream, front, end)
    if end is not None:
        return Layout(end, _altered_headers(stream, end))
    if front is not None:
        return Layout(front, _altered_directory(stream, front))
    return None


def measure(stream: BinaryIO, slot: Slot) -> tuple[Digest, int]:
    """SHA-512, size and CRC-32 of the content, read in pieces."""
    stream.seek(slot.content_at)
    digest, crc, left = sha512(), 0, slot.size
    while left > 0 and (piece := stream.read(min(left, _CHUNK))):
        digest.update(piece)
        crc = zlib.crc32(piece, crc)
        left -= len(piece)
    return Digest(slot.size, digest.hexdigest()), crc


def content(stream: BinaryIO, slot: Slot) -> bytes:
    """The bytes of one file."""
    stream.seek(slot.content_at)
    return stream.read(slot.size)


def is_ours(entry: zipfile.ZipInfo) -> bool:
    """True when the header of an entry is one only our writer makes."""
    stored = entry.compress_type == zipfile.ZIP_STORED
    return stored and entry.date_time == _FIRST_DAY and entry.external_attr == _REGULAR


def relative(name: str) -> str:
    """The path inside the top folder."""
    return name.partition("/")[2] or name


def _from_front(stream: BinaryIO, size: int) -> tuple[Slot, ...] | None:
    """Slots told by local headers, when they lead exactly to a directory of the right length."""
    slots: list[Slot] = []
    offset = 0
    while len(slots) <= MAX_ENTRIES:
        slot = _local_slot(stream, offset)
        if slot is None:
            break
        slots.append(slot)
        offset = slot.end
    tail = len(_tail(slots))
    return tuple(slots) if slots and offset + tail == size and _increasing(slots) else None


def _local_slot(stream: BinaryIO, offset: int) -> Slot | None:
    stream.seek(offset)
    fixed = stream.read(container.LOCAL.size)
    if len(fixed) != container.LOCAL.size or not fixed.startswith(container.LOCAL_SIGNATURE):
        return None
    fields = container.LOCAL.unpack(fixed)
    crc, size, length = fields[6], fields[8], fields[9]
    slot = _slot(stream.read(length), crc, size, offset)
    return slot if slot is not None and container.local_header(slot)[:30] == fixed else None


def _from_end(stream: BinaryIO, size: int) -> tuple[Slot, ...] | None:
    """Slots told by the directory, when rebuilding it gives the very same bytes."""
    if size < container.END.size:
        return None
    stream.seek(size - container.END.size)
    ending = container.END.unpack(stream.read(container.END.size))
    count, length, start = ending[4], ending[5], ending[6]
    if start + length + container.END.size != size or count > MAX_ENTRIES:
        return None
    stream.seek(start)
    slots = _directory_slots(stream.read(length))
    stream.seek(start)
    if not slots or not _increasing(slots) or slots[-1].end != start:
        return None
    contiguous = slots[0].offset == 0 and all(a.end == b.offset for a, b in pairwise(slots))
    return tuple(slots) if contiguous and _tail(slots) == stream.read() else None


def _directory_slots(directory: bytes) -> list[Slot]:
    slots: list[Slot] = []
    at = 0
    while at + container.CENTRAL.size <= len(directory):
        fields = container.CENTRAL.unpack_from(directory, at)
        crc, size, length, offset = fields[7], fields[9], fields[10], fields[16]
        at += container.CENTRAL.size
        slot = _slot(directory[at : at + length], crc, size, offset)
        if slot is None:
            return []
        slots.append(slot)
        at += length
    return slots


def _slot(name: bytes, crc: int, size: int, offset: int) -> Slot | None:
    try:
        return Slot(name.decode("utf-8"), crc, size, offset)
    except UnicodeDecodeError:
        return None


def _tail(slots: list[Slot] | tuple[Slot, ...]) -> bytes:
    return b"".join(map(container.central_record, slots)) + container.end_record(slots)


def _increasing(slots: list[Slot]) -> bool:
    return all(a.name.encode("utf-8") < b.name.encode("utf-8") for a, b in pairwise(slots))


def _both(stream: BinaryIO, front: tuple[Slot, ...], end: tuple[Slot, ...]) -> Layout | None:
    """Both readings hold; where they disagree on a name or a CRC, the entry was altered."""
    if front == end:
        return Layout(front)
    if [(one.size, one.content_at) for one in front] != [(one.size, one.content_at) for one in end]:
        return None
    expected = _expected_names(stream, (*front, *end))
    slots: list[Slot] = []
    problems: list[Problem] = []
    for one, other in zip(front, end, strict=True):
        kept = other if one.name == other.name or other.name in expected else one
        slots.append(kept)
        if one != other:
            problems.append(_altered(kept.name, "ses deux en-têtes dans le zip se contredisent"))
    return Layout(tuple(slots), tuple(problems))


def _expected_names(stream: BinaryIO, slots: tuple[Slot, ...]) -> set[str]:
    """Names an honest package would bear: what the manifests list, below the commonest top."""
    tops = Counter(slot.name.partition("/")[0] for slot in slots)
    (top, _), *_ = tops.most_common(1)
    paths = {"tagmanifest-sha512.txt"}
    for slot in slots:
        if relative(slot.name) in ("manifest-sha512.txt", "tagmanifest-sha512.txt"):
            lines = content(stream, slot).decode("utf-8", "replace").splitlines()
            paths |= {line[_PATH_AT:] for line in lines}
    return {f"{top}/{path}" for path in paths}


def _altered_headers(stream: BinaryIO, slots: tuple[Slot, ...]) -> tuple[Problem, ...]:
    """Entries whose local header is not the one their directory record calls for."""
    problems = []
    for slot in slots:
        stream.seek(slot.offset)
        expected = container.local_header(slot)
        if stream.read(len(expected)) != expected:
            problems.append(_altered(slot.name, "son en-tête dans le zip a été modifié"))
    return tuple(problems)


def _altered_directory(stream: BinaryIO, slots: tuple[Slot, ...]) -> tuple[Problem, ...]:
    """Entries whose record in the directory is not the one their local header calls for."""
    stream.seek(slots[-1].end)
    problems = []
    for slot in slots:
        expected = container.central_record(slot)
        if stream.read(len(expected)) != expected:
            problems.append(_altered(slot.name, "sa ligne du répertoire du zip a été modifiée"))
    ending = container.end_record(slots)
    if stream.read() != ending:
        why = "La fin du fichier zip a été modifiée."
        problems.append(Problem(ENVELOPE, why, Code.ZIP_ALTERED))
    return tuple(problems)


def _altered(name: str, why: str) -> Problem:
    path = shown(relative(name))
    return Problem(path, f"« {path} » : {why}.", Code.FILE_ALTERED)
