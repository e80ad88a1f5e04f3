"""Gets at the files of a package: our own container, a zip made again by others, or a folder."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha512
from pathlib import Path
from typing import IO, BinaryIO

from care_kit.model.formats.container import END, END_SIGNATURE
from care_kit.model.words.text import shown
from care_kit.review import layout
from care_kit.review.hostile import MAX_TOTAL, refusal, refuse_entries, refuse_names
from care_kit.review.layout import Layout
from care_kit.review.verification import ENVELOPE, Contents, Digest, Problem

_CHUNK = 1 << 20
_LARGEST_READ = 256_000_000
_DECLARATIONS = "data/releves/"
_READ = ("data/journal.jsonl", "data/dossier.json")
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


def from_zip(stream: BinaryIO, size: int) -> Contents | None:
    """Contents of a zip, None when it cannot be read as one; PackageError when it is hostile."""
    found = layout.read_layout(stream, size)
    if found is not None:
        return _from_container(stream, found)
    return _from_other_zip(stream, size)


def from_folder(folder: Path) -> Contents:
    """Contents of an extracted package; links are refused, never followed."""
    root = _bag_root(folder)
    paths = sorted(root.rglob("*"))
    refuse_names(path.relative_to(root).as_posix() for path in paths)
    for path in paths:
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise refusal(f"contient autre chose qu'un fichier (« {shown(path.name)} »)")
    digests: dict[str, Digest] = {}
    small: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            continue
        name = path.relative_to(root).as_posix()
        try:
            with path.open("rb") as stream:
                digests[name] = _digest(stream)
            if _wanted(name, digests[name].size):
                small[name] = path.read_bytes()
        except OSError as cause:
            why = cause.strerror or str(cause)
            problems.append(Problem(shown(name), f"« {shown(name)} » est illisible : {why}."))
    return Contents(root.name, digests, small, tuple(problems))


def _bag_root(folder: Path) -> Path:
    """The folder itself, or its only sub-folder when the zip was extracted into a new one."""
    if (folder / "bagit.txt").exists():
        return folder
    inside = [one for one in folder.iterdir() if one.is_dir() and (one / "bagit.txt").exists()]
    return inside[0] if len(inside) == 1 else folder


def _from_container(stream: BinaryIO, found: Layout) -> Contents:
    refuse_names(slot.name for slot in found.slots)
    digests: dict[str, Digest] = {}
    small: dict[str, bytes] = {}
    problems = list(found.problems)
    blamed = {one.file for one in problems}
    for slot in found.slots:
        name = layout.relative(slot.name)
        digests[name], crc = layout.measure(stream, slot)
        if crc != slot.crc and shown(name) not in blamed:
            problems.append(_content_altered(name))
        if _wanted(name, slot.size):
            small[name] = layout.content(stream, slot)
    tops = {slot.name.partition("/")[0] for slot in found.slots}
    return Contents(_only_top(tops, problems), digests, small, tuple(problems))


def _from_other_zip(stream: BinaryIO, size: int) -> Contents | None:
    """A zip we did not write as it stands: its files are checked, its envelope is told apart."""
    if not _ends_like_a_zip(stream, size):
        return None
    try:
        archive = zipfile.ZipFile(stream)
    except _UNREADABLE:
        return None
    with archive:
        refuse_names(one.filename for one in archive.infolist())
        refuse_entries(archive.infolist())
        problems: list[Problem] = []
        digests: dict[str, Digest] = {}
        small: dict[str, bytes] = {}
        files = [one for one in archive.infolist() if not one.is_dir()]
        for one in files:
            name = layout.relative(one.filename)
            try:
                with archive.open(one) as content:
                    digests[name] = _digest(content)
                if _wanted(name, digests[name].size):
                    small[name] = archive.read(one)
            except _UNREADABLE:
                problems.append(_content_altered(name))
    top = _only_top({one.filename.partition("/")[0] for one in files}, problems)
    return Contents(top, digests, small, (_remade(), *problems))


def _ends_like_a_zip(stream: BinaryIO, size: int) -> bool:
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


def _remade() -> Problem:
    return Problem(
        ENVELOPE,
        "L'enveloppe zip n'est pas celle d'origine : elle a été abîmée, ou le paquet a été "
        "recompressé. Extrayez-le puis vérifiez le dossier extrait pour juger son seul contenu.",
    )


def _content_altered(name: str) -> Problem:
    return Problem(shown(name), f"Le contenu de « {shown(name)} » a été modifié (somme CRC).")


def _only_top(tops: set[str], problems: list[Problem]) -> str:
    if len(tops) != 1:
        problems.append(Problem(ENVELOPE, "Le zip ne contient pas un dossier unique."))
    return min(tops, default="")


def _wanted(name: str, size: int) -> bool:
    """Tag files, journal, data and statements are read; pieces and facts are only hashed."""
    statement = name.startswith(_DECLARATIONS) and name.endswith("/declaration.json")
    return size <= _LARGEST_READ and ("/" not in name or name in _READ or statement)


def _digest(stream: IO[bytes]) -> Digest:
    digest, size = sha512(), 0
    for piece in _pieces(stream.read):
        digest.update(piece)
        size += len(piece)
    return Digest(size, digest.hexdigest())


def _pieces(read: Callable[[int], bytes]) -> Iterator[bytes]:
    total = 0
    while piece := read(_CHUNK):
        total += len(piece)
        if total > MAX_TOTAL:
            raise refusal("contient un fichier démesuré")
        yield piece
