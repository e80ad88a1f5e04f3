"""Gets at the files of a package: our own container, a zip made again by others, or a folder."""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import sha512
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO

from care_kit.model.formats.container import END, END_SIGNATURE
from care_kit.model.words.text import shown
from care_kit.review import layout
from care_kit.review.codes import Code
from care_kit.review.hostile import (
    MAX_ENTRIES,
    MAX_TOTAL,
    refusal,
    refuse_entries,
    refuse_names,
    slashed,
)
from care_kit.review.layout import Layout
from care_kit.review.rooted import Rooted, rooted
from care_kit.review.verification import ENVELOPE, Contents, Digest, Problem
from care_kit.station.refusals import reason

_CHUNK = 1 << 20
_LARGEST = {"data/journal.jsonl": 16_000_000, "data/dossier.json": 12_000_000}
_LARGEST_TAG = 8_000_000
_ZIP64_LOCATOR = b"PK\x06\x07"
_LONGEST_END = 22 + 0xFFFF
_LARGEST_DIRECTORY = 16_000_000
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)


def from_zip(
    stream: BinaryIO, size: int, whole: Callable[[], str] | None = None
) -> Contents | None:
    """Contents of a zip, None when it cannot be read as one; PackageError when it is hostile.

    `whole` gives the SHA-512 of the file, when somebody else computes it meanwhile.

    The stream stays in use as long as the contents are.
    """
    found = layout.read_layout(stream, size)
    contents = _from_container(stream, found) if found else _from_other_zip(stream, size)
    return contents and replace(contents, sha512=whole() if whole else digest_of(stream))


def from_folder(folder: Path) -> Contents:
    """Contents of an extracted package; links are refused, never followed."""
    root = _bag_root(folder)
    paths = sorted(islice(root.rglob("*"), MAX_ENTRIES + 1))
    refuse_names(path.relative_to(root).as_posix() for path in paths)
    for path in paths:
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise refusal(f"contient autre chose qu'un fichier (« {shown(path.name)} »)")
    files = {path.relative_to(root).as_posix(): path for path in paths if path.is_file()}
    return _read(rooted(files, "", root.name), lambda name: files[name].open("rb"), _unreadable)


def _bag_root(folder: Path) -> Path:
    """The folder itself, or its only sub-folder when the zip was extracted into a new one."""
    if (folder / "bagit.txt").exists():
        return folder
    inside = (one for one in islice(folder.iterdir(), MAX_ENTRIES) if one.is_dir())
    bags = [one for one in inside if (one / "bagit.txt").exists()]
    return bags[0] if len(bags) == 1 else folder


def _from_container(stream: BinaryIO, found: Layout) -> Contents:
    refuse_names(slot.name for slot in found.slots)
    digests: dict[str, Digest] = {}
    small: dict[str, bytes] = {}
    problems = list(found.problems)
    blamed = {one.file for one in problems}
    slots = {layout.relative(slot.name): slot for slot in found.slots}
    for name, slot in slots.items():
        digests[name], crc = layout.measure(stream, slot)
        if crc != slot.crc and shown(name) not in blamed:
            problems.append(_content_altered(name))
        if _wanted(name, slot.size):
            small[name] = layout.content(stream, slot)
    tops = {slot.name.partition("/")[0] for slot in found.slots}
    if len(tops) != 1:
        why = "Le zip ne contient pas un dossier unique."
        problems.append(Problem(ENVELOPE, why, Code.ZIP_TOP))

    def load(name: str, most: int) -> bytes:
        return layout.content(stream, slots[name])[:most]

    return Contents(min(tops), digests, small, load, tuple(problems))


def _from_other_zip(stream: BinaryIO, size: int) -> Contents | None:
    """A zip we did not write as it stands: its files are checked, its envelope is told apart."""
    if not ends_like_a_zip(stream, size):
        return None
    try:
        archive = zipfile.ZipFile(stream)
    except _UNREADABLE:
        return None
    entries = archive.infolist()
    damaged = sum(map(layout.is_ours, entries)) * 2 > len(entries)
    names, notes = slashed(one.filename for one in entries)
    refuse_names(names)
    refuse_entries(entries)
    files = {name: one for name, one in zip(names, entries, strict=True) if not name.endswith("/")}
    contents = _read(
        rooted(files, _root_of(files), ""), lambda name: archive.open(files[name]), _altered
    )
    problems, said = (_damaged(),) if damaged else (), () if damaged else (_REMADE,)
    return Contents(
        contents.top,
        contents.digests,
        contents.small,
        contents.load,
        (*problems, *contents.problems),
        (*said, *notes, *contents.notes),
    )


def _root_of(names: Iterable[str]) -> str:
    """The folder that holds the bag: the shallowest with a bagit.txt, the commonest top else."""
    bags = [one.removesuffix("bagit.txt") for one in names if f"/{one}".endswith("/bagit.txt")]
    if bags:
        return min(bags, key=lambda one: (one.count("/"), one))
    tops = {name.partition("/")[0] for name in names}
    return f"{min(tops)}/" if len(tops) == 1 else ""


def _read(
    files: Rooted,
    opened: Callable[[str], IO[bytes]],
    fault: Callable[[str, Exception], Problem],
) -> Contents:
    """Hash every file, keep the few that are read; what cannot be read is a problem."""
    digests: dict[str, Digest] = {}
    small: dict[str, bytes] = {}
    problems: list[Problem] = list(files.problems)
    budget = _Budget()
    for name, full in files.paths.items():
        try:
            with opened(full) as stream:
                digests[name] = _digest(stream, budget)
            if _wanted(name, digests[name].size):
                with opened(full) as stream:
                    small[name] = stream.read(digests[name].size)
        except _UNREADABLE as cause:
            problems.append(fault(name, cause))

    def load(name: str, most: int) -> bytes:
        with opened(files.paths[name]) as stream:
            return stream.read(most)

    return Contents(files.top, digests, small, load, tuple(problems), files.notes)


def ends_like_a_zip(stream: BinaryIO, size: int) -> bool:
    """True when the end record closes this very file, and not a workbook stored inside it.

    A directory too large to be listed is refused before anything tries to list it.
    """
    start = max(0, size - _LONGEST_END)
    stream.seek(start)
    ending = stream.read()
    at = ending.rfind(END_SIGNATURE)
    if at < 0 or at + END.size > len(ending):
        return False
    *_, length, offset, comment = END.unpack_from(ending, at)
    if ending[max(0, at - 20) : at].startswith(_ZIP64_LOCATOR):
        raise refusal("emploie le format zip64, qu'aucun paquet n'utilise")
    if length > _LARGEST_DIRECTORY:
        raise refusal("annonce un répertoire démesuré")
    return bool(offset + length == start + at and at + END.size + comment == len(ending))


_REMADE = (
    "L'enveloppe zip n'est pas celle d'origine : un autre outil a recompressé le paquet. Chaque "
    "fichier est bien celui qu'annoncent les empreintes, mais le SHA-512 du zip n'est plus celui "
    "que l'établissement peut annoncer."
)


def _damaged() -> Problem:
    return Problem(
        ENVELOPE,
        "L'enveloppe zip n'est pas celle d'origine : elle a été abîmée. Extrayez-le puis vérifiez "
        "le dossier extrait pour juger son seul contenu.",
        Code.ZIP_ALTERED,
    )


def _content_altered(name: str) -> Problem:
    why = f"Le contenu de « {shown(name)} » a été modifié (somme CRC)."
    return Problem(shown(name), why, Code.FILE_ALTERED)


def _altered(name: str, _cause: Exception) -> Problem:
    return _content_altered(name)


def _unreadable(name: str, cause: Exception) -> Problem:
    why = reason(cause) if isinstance(cause, OSError) else "son contenu est abîmé"
    sentence = f"« {shown(name)} » est illisible : {why}."
    return Problem(shown(name), sentence, Code.FILE_UNREADABLE)


def _wanted(name: str, size: int) -> bool:
    """Tag files, journal and data are kept; everything else is hashed, and loaded when asked."""
    largest = _LARGEST_TAG if "/" not in name else _LARGEST.get(name, 0)
    if largest and size > largest:
        raise refusal(f"contient « {shown(name)} », bien plus gros que care-kit n'en écrit")
    return bool(largest)


class _Budget:
    """Bytes left to read, over all files: an archive may announce less than it holds."""

    def __init__(self) -> None:
        self.left = MAX_TOTAL

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise refusal("contient un fichier démesuré")


def _digest(stream: IO[bytes], budget: _Budget) -> Digest:
    digest, size = sha512(), 0
    for piece in _pieces(stream):
        budget.spend(len(piece))
        digest.update(piece)
        size += len(piece)
    return Digest(size, digest.hexdigest())


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece


def digest_of(stream: BinaryIO) -> str:
    """SHA-512 of the file itself: what a hospital can announce by another channel."""
    stream.seek(0)
    digest = sha512()
    for piece in _pieces(stream):
        digest.update(piece)
    return digest.hexdigest()
