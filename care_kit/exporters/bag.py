"""BagIt 1.0 (RFC 8493) with SHA-512, written straight into a container.

Payload is read twice (once for the manifest, once to be written) rather than held in memory: a
dossier may carry gigabytes of pieces.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from care_kit.model.formats.codec import sha512
from care_kit.model.formats.container import ContainerWriter
from care_kit.model.words.text import printable

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
README = "LISEZ-MOI.html"


@dataclass(frozen=True)
class Item:
    """One payload file: its path in the bag (`data/...`) and how to get its bytes."""

    path: str
    load: Callable[[], bytes]

    @classmethod
    def of(cls, path: str, content: bytes) -> "Item":
        """An item whose bytes are already known."""
        return cls(path, lambda: content)


def write_bag(
    stream: BinaryIO,
    top: str,
    payload: Iterable[Item],
    readme: bytes,
    info: Sequence[tuple[str, str]],
) -> None:
    """Write the bag as one container whose only top folder is `top`.

    `info` gives the lines of bag-info.txt in order; `Payload-Oxum` is added here.
    """
    items = sorted(payload, key=lambda one: one.path)
    sums: dict[str, str] = {}
    total = 0
    for item in items:
        content = item.load()
        sums[item.path] = sha512(content)
        total += len(content)
    oxum = ("Payload-Oxum", f"{total}.{len(items)}")
    tags = {
        README: readme,
        "bag-info.txt": _info([*info, oxum]),
        "bagit.txt": DECLARATION,
        "manifest-sha512.txt": manifest(sums),
    }
    tags["tagmanifest-sha512.txt"] = manifest({name: sha512(tags[name]) for name in tags})
    writer = ContainerWriter(stream)
    everything = [*items, *(Item.of(name, content) for name, content in tags.items())]
    for item in sorted(everything, key=lambda one: one.path):
        writer.add(f"{top}/{item.path}", item.load())
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
