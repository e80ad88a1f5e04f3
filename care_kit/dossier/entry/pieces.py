"""Documents on their way into the dossier: read, recognised, refused when unusable."""

import os
from codecs import getincrementaldecoder
from dataclasses import dataclass
from pathlib import Path

from care_kit.dossier.entry.active import active
from care_kit.dossier.entry.collected import is_collection
from care_kit.dossier.entry.readable import fault
from care_kit.model.dossier.state import COLLECTION
from care_kit.model.words.errors import InputError
from care_kit.model.words.text import printable

MAX_BYTES = 200_000_000
_PART = 1 << 20

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),
)
_PDF, _PDF_WITHIN = b"%PDF-", 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a .doc or .xls starts with, and an office document under a password."""
_ZIPPED = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}


@dataclass(frozen=True)
class Document:
    """A readable document: its name without folders, its type told from its bytes."""

    name: str
    media_type: str
    content: bytes


def read_document(path: Path) -> Document:
    """Load a document; InputError when it is absent, empty, too large, or would not open."""
    if not path.is_file():
        raise InputError(
            f"La preuve « {path} » n'existe pas ou n'est pas un fichier.",
            "Vérifiez le chemin ; la touche de tabulation le complète.",
        )
    size = path.stat().st_size
    if size == 0:
        raise InputError(
            f"La preuve « {path.name} » est vide (0 octet).",
            "Ouvrez le document d'origine, enregistrez-le à nouveau, puis recommencez.",
        )
    if size > MAX_BYTES:
        raise InputError(
            f"La preuve « {path.name} » dépasse {MAX_BYTES // 1_000_000} Mo.",
            "Découpez ou compressez le document.",
        )
    try:
        content = path.read_bytes()
    except OSError as cause:
        raise InputError(
            f"La preuve « {path.name} » ne peut pas être lue.", "Vérifiez vos droits de lecture."
        ) from cause
    name = readable_name(path)
    if why := active(name, content):
        raise InputError(
            f"La preuve « {name} » {why} : elle n'est pas jointe.",
            "Imprimez ou exportez le document en PDF, puis joignez ce PDF.",
        )
    media_type = _media_type(path, content)
    if why := fault(content, media_type):
        raise InputError(
            f"La preuve « {path.name} » {why}.",
            "Ouvrez le document d'origine, enregistrez-le à nouveau sans mot de passe, "
            "puis recommencez.",
        )
    return Document(name, COLLECTION if is_collection(content) else media_type, content)


def readable_name(path: Path) -> str:
    """The name of a file, without what no screen shows; bytes that are not UTF-8 read as Windows'.

    A name made on an older share or unpacked from an old zip holds bytes of another code page.
    """
    raw = os.fsencode(path.name)
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("cp1252", "replace")
    return printable(name).replace("\n", " ").replace("\t", " ").strip() or "sans nom"


def _media_type(path: Path, content: bytes) -> str:
    if _PDF in content[:_PDF_WITHIN]:  # as readers do: a mark or a few bytes may come before
        return "application/pdf"
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return _ZIPPED.get(path.suffix.lower(), media_type)
    if content.startswith(_OLD_OFFICE):
        raise InputError(
            f"La preuve « {path.name} » est un document bureautique ancien, ou sous mot de passe.",
            "Convertissez-la en PDF puis recommencez.",
        )
    try:
        decoder = getincrementaldecoder("utf-8")()
        for at in range(0, len(content), _PART):  # whole, the text would weigh as much again
            decoder.decode(content[at : at + _PART])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as cause:
        raise InputError(
            f"La preuve « {path.name} » n'est ni un PDF, ni une image PNG ou JPEG, "
            "ni un document bureautique, ni un texte UTF-8.",
            "Convertissez-la en PDF puis recommencez.",
        ) from cause
    return "text/plain"
