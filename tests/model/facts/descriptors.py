"""Builds security descriptors byte by byte, independently of the reader under test."""

import struct
import uuid
from dataclasses import dataclass

FULL = 0xF01FF


@dataclass(frozen=True)
class Entry:
    """One entry: trustee, mask, GUIDs ("" for none), flags, and its type when not the usual one."""

    sid: str
    mask: int
    about: str = ""
    inheritor: str = ""
    flags: int = 0
    kind: int | None = None
    deny: bool = False

    def packed(self) -> bytes:
        """The entry as bytes (MS-DTYP 2.4.4)."""
        body = struct.pack("<I", self.mask)
        with_type = bool(self.about or self.inheritor)
        if with_type:
            body += struct.pack("<I", bool(self.about) | bool(self.inheritor) << 1)
            body += b"".join(uuid.UUID(one).bytes_le for one in (self.about, self.inheritor) if one)
        body += sid_bytes(self.sid)
        usual = (5 if with_type else 0) + self.deny
        kind = usual if self.kind is None else self.kind
        return struct.pack("<BBH", kind, self.flags, 4 + len(body)) + body


def sid_bytes(text: str) -> bytes:
    """Text SID to bytes (MS-DTYP 2.4.2)."""
    _, revision, authority, *subs = text.split("-")
    head = bytes([int(revision), len(subs)]) + int(authority).to_bytes(6, "big")
    return head + struct.pack(f"<{len(subs)}I", *map(int, subs))


def descriptor(owner: str, *entries: Entry, protected: bool = False) -> bytes:
    """A self-relative descriptor with that owner and that list (MS-DTYP 2.4.6)."""
    who, group = sid_bytes(owner), sid_bytes("S-1-5-18")
    packed = b"".join(one.packed() for one in entries)
    control = 0x8004 | (0x1000 if protected else 0)
    start = 20 + len(who) + len(group)
    header = struct.pack("<BBHIIII", 1, 0, control, 20, 20 + len(who), 0, start)
    size = 8 + len(packed)
    return header + who + group + struct.pack("<BBHHH", 4, 0, size, len(entries), 0) + packed
