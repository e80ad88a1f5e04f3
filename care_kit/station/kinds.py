"""What a file is, told from its first bytes and from what a zip holds, never from its name."""

import re
import zipfile
from pathlib import Path

DOSSIER = "un dossier care-kit"
EMPTY = "un fichier vide"
OTHER = "un fichier d'une autre nature"
_HEAD = 1024
_SQLITE = b"SQLite format 3\x00"
# A dossier, and what SQLite or an exposure run keeps beside it.
_DOSSIER_NAME = re.compile(r".*\.care(-wal|-shm|-journal|\.exposition-en-cours)?", re.IGNORECASE)
_STARTS = (
    (re.compile(rb"%PDF-"), "un PDF"),
    (re.compile(rb"BEGIN:VCALENDAR"), "un agenda"),
    (re.compile(rb"<!doctype html|<html", re.IGNORECASE), "une page HTML"),
    (re.compile(rb"[\[{]"), "un fichier JSON"),
)
_INSIDE = (
    ("word/", "un document Word"),
    ("xl/", "un classeur"),
    ("ppt/", "une présentation"),
    ("bagit.txt", "un paquet de preuves"),
)


def named_as_dossier(path: Path) -> bool:
    """True when such a name is kept for a dossier or for what lies beside it."""
    return _DOSSIER_NAME.fullmatch(path.name) is not None


def kind(path: Path, suffix: str = "") -> str:
    """French name of what the file is; OSError when it cannot be read.

    Plain texts, which look alike, are told apart by `suffix`: their own, unless given.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        return EMPTY
    if head.startswith(_SQLITE):
        return DOSSIER
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for start, name in _STARTS:
        if start.match(text):
            return name
    ending = (suffix or path.suffix).lower()
    return f"un fichier {ending}" if ending and b"\x00" not in head else OTHER


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError):
        return OTHER
    for mark, name in _INSIDE:
        if any(one.startswith(mark) or one.endswith(f"/{mark}") for one in names):
            return name
    return "un zip"
