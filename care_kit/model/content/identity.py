"""Which content a package was judged with: fingerprints, files of the hospital's own, changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class OwnFile:
    """A content file of the hospital's overlay, with the SHA-512 of its bytes.

    `path` is relative to the overlay; `replaces` tells a shipped file it takes the place of.
    """

    path: str
    sha512: str
    replaces: bool


@dataclass(frozen=True)
class ContentChange:
    """One value the overlay changed: where, as shipped, and as used; empty where there is none."""

    place: str
    shipped: str
    used: str


@dataclass(frozen=True)
class ContentIdentity:
    """What identifies the content: `fingerprints` are SHA-256 by kind and id ("check/…")."""

    fingerprints: Mapping[str, str] = field(default_factory=dict)
    own: tuple[OwnFile, ...] = ()
    changes: tuple[ContentChange, ...] = ()
