"""BagIt 1.0 (RFC 8493) with SHA-512, written straight into a container.

A dossier may carry gigabytes of pieces: each goes from the store to the package in parts, once, its
hash checked on the way against the one the journal gives.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO

from care_kit.model.formats.codec import sha512
from care_kit.model.formats.container import ContainerWriter
from care_kit.model.words.errors import PackageError
from care_kit.model.words.text import printable

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
README = "LISEZ-MOI.html"


@dataclass(frozen=True)
class Item:
    """One file: its path in the bag, its SHA-512 and size, and how to read its bytes."""

    path: str
    sha512: str
    size: int
    opened: Callable[[], AbstractContextManager[BinaryIO]]

    @classmethod
    def of(cls, path: str, content: bytes) -> "Item":
        """An item whose bytes are already known."""
        return cls(path, sha512(content), len(content), lambda: io.BytesIO(content))


def write_bag(
    stream: BinaryIO,
    top: str,
    payload: Iterable[Item],
    readme: bytes,
    info: Sequence[tuple[str, str]],
) -> None:
    """Write the bag as one container whose only top folder is `top`.

    `info` gives the lines of bag-info.txt in order; `Payload-Oxum` is added here. PackageError when
    the bytes of an item are not those of its hash.
    """
    items = list(payload)
    oxum = ("Payload-Oxum", f"{sum(one.size for one in items)}.{len(items)}")
    tags = {
        README: readme,
        "bag-info.txt": _info([*info, oxum]),
        "bagit.txt": DECLARATION,
        "manifest-sha512.txt": manifest({one.path: one.sha512 for one in items}),
    }
    tags["tagmanifest-sha512.txt"] = manifest({name: sha512(tags[name]) for name in tags})
    writer = ContainerWriter(stream)
    everything = [*items, *(Item.of(name, content) for name, content in tags.items())]
    for item in sorted(everything, key=lambda one: one.path):
        with item.opened() as source:
            written = writer.copy(f"{top}/{item.path}", source, item.size)
        if written != item.sha512:
            raise PackageError(
                f"Le paquet n'est pas fabriqué : le contenu destiné à « {item.path} » ne "
                "correspond plus à son empreinte.",
                "Reprenez une copie intègre du dossier, puis recommencez.",
            )
    writer.finish()


def manifest(sums: dict[str, str]) -> bytes:
    """Lines in the form of `sha512sum`, sorted by path."""
    lines = [f"{sums[path]}  {_escaped(path)}\n" for path in sorted(sums)]
    return "".join(lines).encode("utf-8")


def _escaped(path: str) -> str:
    """RFC 8493 §2.1.3: only CR, LF and the percent sign are percent-encoded."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _info(pairs: Iterable[tuple[str, str]]) -> bytes:
    lines = [f"{name}: {' '.join(printable(value).split())}\n" for name, value in pairs]
    return "".join(lines).encode("utf-8")
