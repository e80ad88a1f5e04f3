"""Whether a document would open on the examiner's desk; the bytes are hostile.

Only what a reader needs to open the file is looked at: nothing is rendered, no active content runs,
and what is unpacked is bounded.
"""

import logging
import zlib
from io import BytesIO
from struct import error as StructError
from struct import unpack_from
from zipfile import BadZipFile, ZipFile

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
ZIP = "application/zip"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    f"{_OPEN_XML}wordprocessingml.document": "word/document.xml",
    f"{_OPEN_XML}spreadsheetml.sheet": "xl/workbook.xml",
    "application/vnd.oasis.opendocument.text": "content.xml",
    "application/vnd.oasis.opendocument.spreadsheet": "content.xml",
}
"""The part an office document cannot do without, by media type."""

BLANK_PAGES = 20
"""A longer document is not looked at for blank pages."""
LARGEST_PART = 500_000_000

_LARGEST_RELATIONS = 1_000_000
_ENCRYPTED_ENTRY = 0x1
_PNG_HEAD = 8
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})


def fault(content: bytes, media_type: str) -> str:
    """Why the document would not open, as the end of a French sentence; empty when it opens."""
    try:
        return _fault(content, media_type)
    except (ValueError, LookupError, StructError, zlib.error, EOFError):
        return "est abîmée : elle ne s'ouvre pas"
    except (RecursionError, MemoryError):
        return "est construite de façon anormale : elle ne s'ouvre pas"


def _fault(content: bytes, media_type: str) -> str:
    if not content or content.isspace():
        return "est vide"
    if media_type == PDF:
        return _pdf(content)
    if media_type == PNG:
        return _png(content)
    if media_type == JPEG:
        return _jpeg(content)
    if media_type == ZIP or media_type in MAIN_PARTS:
        return _zipped(content, MAIN_PARTS.get(media_type, ""))
    return ""


def _pdf(content: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            return "est protégée par un mot de passe ou des restrictions"
        pages = len(reader.pages)
        if not pages:
            return "n'a aucune page"
        shown = (reader.pages[rank] for rank in range(min(pages, BLANK_PAGES)))
        if pages <= BLANK_PAGES and not any(
            "/Contents" in one or "/Annots" in one for one in shown
        ):
            return "n'a que des pages blanches"
    except (PyPdfError, TypeError, AttributeError, OSError) as cause:
        # Hostile structures meet pypdf's assumptions about types before its own checks.
        raise ValueError("unreadable PDF") from cause
    return ""


def _png(content: bytes) -> str:
    """Every chunk is whole and its checksum right, from the header to the end."""
    at, seen = _PNG_HEAD, set()
    while b"IEND" not in seen:
        length, kind = unpack_from(">I4s", content, at)
        end = at + 8 + length
        (crc,) = unpack_from(">I", content, end)
        if zlib.crc32(content[at + 4 : end]) != crc:
            raise ValueError("wrong checksum")
        if kind == b"IHDR" and 0 in unpack_from(">II", content, at + 8):
            return "a une dimension nulle"
        seen.add(kind)
        at = end + 4
    if not {b"IHDR", b"IDAT"} <= seen:
        raise ValueError("no image")
    return ""


def _jpeg(content: bytes) -> str:
    """Segments follow one another up to the image data, and the file ends with its end mark."""
    at, sized = 2, False
    while True:
        mark, kind = unpack_from(">BB", content, at)
        if mark != 0xFF:
            raise ValueError("no marker")
        if kind in _START_OF_FRAME:
            if 0 in unpack_from(">HH", content, at + 5):
                return "a une dimension nulle"
            sized = True
        if kind == 0xDA:
            break
        at += _step(content, at, kind)
    if not sized or b"\xff\xd9" not in content[at:]:
        raise ValueError("cut short")
    return ""


def _step(content: bytes, at: int, kind: int) -> int:
    """Bytes from a marker to the next one: a marker alone, a filling byte, or a whole segment."""
    if kind in _WITHOUT_LENGTH:
        return 2
    if kind == 0xFF:
        return 1
    length: int = unpack_from(">H", content, at + 2)[0]
    if length < 2:
        raise ValueError("impossible length")
    return 2 + length


def _zipped(content: bytes, main_part: str) -> str:
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(one.flag_bits & _ENCRYPTED_ENTRY for one in entries):
                return "est protégée par un mot de passe"
            if not entries:
                return "est vide"
            if main_part:
                _read_through(archive, _main_part(archive, main_part))
    except (BadZipFile, NotImplementedError, OSError) as cause:
        raise ValueError("unreadable archive") from cause
    return ""


def _main_part(archive: ZipFile, usual: str) -> str:
    """The part that the package itself names as the main one, else the usual one.

    Word Online names it otherwise; names of parts do not depend on letter case.
    """
    names = {one.casefold().lstrip("/"): one for one in archive.namelist()}
    relations = names.get("_rels/.rels")
    if relations and archive.getinfo(relations).file_size <= _LARGEST_RELATIONS:
        named = _named_part(archive.read(relations))
        if named in names:
            return names[named]
    return names.get(usual.casefold(), usual)


def _named_part(relations: bytes) -> str:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        found = fromstring(relations)
    except (ParseError, DefusedXmlException) as cause:
        raise ValueError("unreadable relations") from cause
    for one in found:
        if one.get("Type", "").endswith("/officeDocument"):
            return str(one.get("Target", "")).casefold().lstrip("/")
    return ""


def _read_through(archive: ZipFile, name: str) -> None:
    """Unpack a part without keeping it, its checksum verified; ValueError past `LARGEST_PART`."""
    read = 0
    with archive.open(name) as stream:
        while chunk := stream.read(1 << 16):
            read += len(chunk)
            if read > LARGEST_PART:
                raise ValueError("part too large")
