"""The zip form of a package: every byte follows from the names and the contents alone.

Entries are stored (never deflated), sorted by name, dated 1980-01-01, with fixed attributes and no
extra field. Two reasons: the same inputs give the same bytes whatever the version of zlib or of
Python, and a reader can rebuild every header, so that an altered byte is attributed to its file.
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from struct import Struct
from typing import BinaryIO

from care_kit.model.words.errors import PackageError

LOCAL_SIGNATURE = b"PK\x03\x04"
CENTRAL_SIGNATURE = b"PK\x01\x02"
END_SIGNATURE = b"PK\x05\x06"
LOCAL = Struct("<4s5H3I2H")
CENTRAL = Struct("<4s6H3I5H2I")
END = Struct("<4s4H2IH")
MAX_BYTES = 0xFFFFFFFF
MAX_ENTRIES = 0xFFFF
PART = 1 << 20

_NEEDED = 20
_UNIX = 3 << 8 | _NEEDED
_UTF8 = 0x0800
_STORED = 0
_MIDNIGHT = 0
_FIRST_DAY = 1 << 5 | 1
_REGULAR_FILE = 0o100644 << 16


@dataclass(frozen=True)
class Slot:
    """One entry: its name, the CRC-32 and size of its content, the offset of its header."""

    name: str
    crc: int
    size: int
    offset: int

    @property
    def content_at(self) -> int:
        """Offset of the first byte of the content."""
        return self.offset + LOCAL.size + len(self.name.encode("utf-8"))

    @property
    def end(self) -> int:
        """Offset just past the content, where the next header stands."""
        return self.content_at + self.size


def local_header(slot: Slot) -> bytes:
    """The header that precedes the content."""
    name = slot.name.encode("utf-8")
    fixed = LOCAL.pack(LOCAL_SIGNATURE, *_common(slot), len(name), 0)
    return fixed + name


def central_record(slot: Slot) -> bytes:
    """The entry's line in the directory at the end of the file."""
    name = slot.name.encode("utf-8")
    fixed = CENTRAL.pack(
        CENTRAL_SIGNATURE,
        _UNIX,
        *_common(slot),
        len(name),
        0,
        0,
        0,
        0,
        _REGULAR_FILE,
        slot.offset,
    )
    return fixed + name


def end_record(slots: Sequence[Slot]) -> bytes:
    """The last twenty-two bytes of the file."""
    size = sum(CENTRAL.size + len(one.name.encode("utf-8")) for one in slots)
    start = slots[-1].end if slots else 0
    return END.pack(END_SIGNATURE, 0, 0, len(slots), len(slots), size, start, 0)


class ContainerWriter:
    """Writes a container to a stream, one entry at a time, in increasing order of names."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._slots: list[Slot] = []

    def add(self, name: str, content: bytes) -> None:
        """Append one entry; ValueError when names do not increase, PackageError past 4 GiB."""
        slot = self._next(name, zlib.crc32(content), len(content))
        self._stream.write(local_header(slot))
        self._stream.write(content)
        self._slots.append(slot)

    def copy(self, name: str, source: BinaryIO, size: int) -> str:
        """Append `size` bytes read in parts; their SHA-512. The stream must be seekable.

        The same errors as `add`; a source of another size gives another hash.
        """
        slot = self._next(name, 0, size)
        self._stream.write(local_header(slot))
        digest, crc, left = hashlib.sha512(), 0, size
        while left > 0 and (part := source.read(min(left, PART))):
            digest.update(part)
            crc = zlib.crc32(part, crc)
            self._stream.write(part)
            left -= len(part)
        slot = replace(slot, crc=crc, size=size - left)
        self._stream.seek(slot.offset)
        self._stream.write(local_header(slot))
        self._stream.seek(slot.end)
        self._slots.append(slot)
        return digest.hexdigest()

    def _next(self, name: str, crc: int, size: int) -> Slot:
        offset = self._slots[-1].end if self._slots else 0
        if self._slots and name.encode("utf-8") <= self._slots[-1].name.encode("utf-8"):
            raise ValueError(f"{name!r} does not follow {self._slots[-1].name!r}")
        slot = Slot(name, crc, size, offset)
        if slot.end > MAX_BYTES or len(self._slots) >= MAX_ENTRIES:
            raise PackageError(
                "Le paquet dépasse la taille permise (4 Gio ou 65 535 fichiers).",
                "Retirez ou réduisez les pièces les plus volumineuses.",
            )
        return slot

    def finish(self) -> None:
        """Write the directory that makes the file readable."""
        for slot in self._slots:
            self._stream.write(central_record(slot))
        self._stream.write(end_record(self._slots))


def _common(slot: Slot) -> tuple[int, ...]:
    """Fields that both headers share, in their common order."""
    fixed = (_NEEDED, _UTF8, _STORED, _MIDNIGHT, _FIRST_DAY)
    return (*fixed, slot.crc, slot.size, slot.size)
