"""Security descriptors as a directory stores them: who owns an object, who may do what to it.

Reads the self-relative form of MS-DTYP 2.4.6; the SACL is never asked for and never read.
"""

import struct
import uuid
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

DACL_PROTECTED = 0x1000  # SE_DACL_PROTECTED: nothing is inherited from the parent
_SELF_RELATIVE = 0x8000
_DACL_PRESENT = 0x4
_REVISION = 1
_HEADER = struct.Struct("<BBHIIII")  # revision, padding, control, owner, group, SACL, DACL
_LIST = struct.Struct("<BBHHH")  # revision, padding, size, count, padding
_ACE = struct.Struct("<BBH")  # type, flags, size
_MASK = struct.Struct("<I")
_LIST_REVISIONS = (2, 4)
_TYPE_PRESENT, _INHERITED_TYPE_PRESENT = 0x1, 0x2
_MAX_SUBS = 15

# ACE types of MS-DTYP 2.4.4.1; the callback ones carry a condition.
_ALLOWED, _DENIED = (0, 9), (1, 10)
_ALLOWED_OBJECT, _DENIED_OBJECT = (5, 11), (6, 12)
_CALLBACKS = (9, 10, 11, 12)


class AceKind(StrEnum):
    """What an ACE does; `OTHER` is a type that this reader does not interpret."""

    ALLOW = "allow"
    DENY = "deny"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ace:
    """One access control entry (MS-DTYP 2.4.4).

    `object_type` is the property, property set, right or class it is about, `inherited_type` the
    class of object that inherits it: GUIDs as lower-case text, "" when it is about all of them.
    `conditional` tells that a condition, not evaluated here, restricts it. An ACE of kind
    `OTHER` keeps its type and flags only.
    """

    kind: AceKind
    type: int
    flags: int
    mask: int = 0
    sid: str = ""
    object_type: str = ""
    inherited_type: str = ""

    @property
    def inherit_only(self) -> bool:
        """Whether it only concerns the children of the object."""
        return bool(self.flags & 0x8)

    @property
    def inherited(self) -> bool:
        """Whether it comes from the parent of the object."""
        return bool(self.flags & 0x10)

    @property
    def conditional(self) -> bool:
        """Whether a condition restricts it."""
        return self.type in _CALLBACKS


@dataclass(frozen=True, slots=True)
class SecurityDescriptor:
    """Owner and group (SIDs, None when absent), control flags, and the DACL.

    `dacl` is None when there is no list at all: everyone may do everything. An empty list lets
    nobody in.
    """

    control: int
    owner: str | None
    group: str | None
    dacl: tuple[Ace, ...] | None

    @property
    def protected(self) -> bool:
        """Whether the DACL refuses what its parent would give it."""
        return bool(self.control & DACL_PROTECTED)


@lru_cache(maxsize=16_384)
def parse(raw: bytes) -> SecurityDescriptor:
    """Read a self-relative descriptor; ValueError when the bytes are not one."""
    try:
        revision, _, control, owner, group, _, dacl = _HEADER.unpack_from(raw)
        if revision != _REVISION or not control & _SELF_RELATIVE:
            raise ValueError("not a self-relative security descriptor")
        present = control & _DACL_PRESENT and dacl
        return SecurityDescriptor(
            control=control,
            owner=_sid(raw, owner, len(raw))[0] if owner else None,
            group=_sid(raw, group, len(raw))[0] if group else None,
            dacl=_dacl(_list_at(raw, dacl)) if present else None,
        )
    except struct.error as cause:
        raise ValueError("truncated security descriptor") from cause


def _list_at(raw: bytes, start: int) -> bytes:
    """The bytes of the list at `start`: objects that inherit alike share them."""
    _, _, size, _, _ = _LIST.unpack_from(raw, start)
    if size < _LIST.size or start + size > len(raw):
        raise ValueError("wrong size of access control list")
    return raw[start : start + size]


@lru_cache(maxsize=16_384)
def _dacl(raw: bytes) -> tuple[Ace, ...]:
    revision, _, size, count, _ = _LIST.unpack_from(raw)
    if revision not in _LIST_REVISIONS:
        raise ValueError("unknown revision of access control list")
    aces: list[Ace] = []
    place = _LIST.size
    for _ in range(count):
        kind, flags, length = _ACE.unpack_from(raw, place)
        if length < _ACE.size or place + length > size:
            raise ValueError("wrong size of access control entry")
        aces.append(_ace(raw, place, kind, flags, length))
        place += length
    return tuple(aces)


def _ace(raw: bytes, place: int, kind: int, flags: int, length: int) -> Ace:
    """One entry of `length` bytes at `place` (MS-DTYP 2.4.4.2 to 2.4.4.9)."""
    end, here = place + length, place + _ACE.size
    with_type = kind in _ALLOWED_OBJECT + _DENIED_OBJECT
    if not with_type and kind not in _ALLOWED + _DENIED:
        return Ace(AceKind.OTHER, kind, flags)
    (mask,) = _MASK.unpack_from(raw, here)
    here += 4
    about = inheritor = ""
    if with_type:
        (present,) = _MASK.unpack_from(raw, here)
        here += 4
        if present & _TYPE_PRESENT:
            about, here = _guid(raw, here, end)
        if present & _INHERITED_TYPE_PRESENT:
            inheritor, here = _guid(raw, here, end)
    sid, _ = _sid(raw, here, end)
    allows = kind in _ALLOWED + _ALLOWED_OBJECT
    return Ace(AceKind.ALLOW if allows else AceKind.DENY, kind, flags, mask, sid, about, inheritor)


def _guid(raw: bytes, place: int, end: int) -> tuple[str, int]:
    after = place + 16
    if after > end:
        raise ValueError("truncated access control entry")
    return guid_text(raw[place:after]), after


def guid_text(raw: bytes) -> str:
    """Binary GUID (MS-DTYP 2.3.4.2) to lower-case text; ValueError unless it has 16 bytes."""
    return str(uuid.UUID(bytes_le=raw))


def _sid(raw: bytes, place: int, end: int) -> tuple[str, int]:
    """The SID at `place` as text, and where it ends (MS-DTYP 2.4.2)."""
    if place + 8 > end or raw[place + 1] > _MAX_SUBS:
        raise ValueError("wrong SID")
    after = place + 8 + 4 * raw[place + 1]
    if after > end:
        raise ValueError("truncated SID")
    authority = int.from_bytes(raw[place + 2 : place + 8], "big")
    subs = struct.unpack_from(f"<{raw[place + 1]}I", raw, place + 8)
    return "-".join(["S", str(raw[place]), str(authority), *map(str, subs)]), after
