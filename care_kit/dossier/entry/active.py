"""What acts when it is opened: programs, macros, pages with scripts. None of it is a proof.

Told from the name and from the bytes, whichever speaks first; nothing is run. What is named here is
what an examiner's station would run or render with scripts when the file is opened from an
extracted package.
"""

import logging
import re
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

PROGRAM = "est un programme ou un raccourci, pas un document"
PAGE = "est une page qui peut agir à l'ouverture"
MACROS = "contient des macros"
SCRIPT = "contient un programme (JavaScript ou commande)"
REMOTE = "appelle un modèle distant à l'ouverture"

_PROGRAMS = re.compile(
    r"appref-ms|bat|chm|cmd|com|cpl|dll|exe|gadget|hta|img|iso|jar|jse?|lnk|mjs|msc|msi|one|php|pl|"
    r"ps1|psd1|psm1|pyw?|rb|reg|scf|scr|sh|url|vb|vbe|vbs|vhdx?|website|ws|wsf|wsh|xll"
)
_PAGES = re.compile(r"s?html?|mht|mhtml|svgz?|xht|xhtml|xslt?")
_WITH_MACROS = re.compile(r"docm|dotm|potm|ppam|ppsm|pptm|sldm|xla|xlam|xlm|xlsb|xlsm|xltm")
_PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!", b"ITSF", b"L\x00\x00\x00\x01\x14\x02\x00")
_HEAD = 4096
_SHORTCUT = re.compile(rb"\s*\[(internetshortcut|shellclassinfo)\]", re.IGNORECASE)
# Markup at the very start (after blanks, comments, an XML declaration): a browser renders it.
_MARKUP = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml.*?\?>)*<(?:!doctype\s+(?:html|svg)|html|svg|script|body|head|iframe|"
    rb"meta|hta:|job|scriptlet|package|\?xml-stylesheet)",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_PAGE = re.compile(rb"\s*(from|mime-version):.*text/html", re.IGNORECASE | re.DOTALL)
_RTF_OBJECT = re.compile(rb"\\(objdata|objupdate|object)\b")
_MACRO_PARTS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/|activex/|basic/|scripts/)", re.IGNORECASE
)
_REMOTE_TEMPLATE = re.compile(rb"attachedTemplate[^>]*External|External[^>]*attachedTemplate")
_LARGEST_RELATIONS = 1_000_000
_MOST_OBJECTS = 200_000
_ACTS = frozenset({"/JavaScript", "/Launch", "/Rendition", "/ImportData"})


def active(name: str, content: bytes) -> str:
    """What the file does when it is opened, as the end of a French sentence; empty when nothing."""
    return _by_name(name) or _by_content(content)


def _by_name(name: str) -> str:
    suffix = PurePosixPath(name.replace("\\", "/").rstrip(" .")).suffix.lower().lstrip(".")
    if _PROGRAMS.fullmatch(suffix):
        return PROGRAM
    if _PAGES.fullmatch(suffix):
        return PAGE
    return MACROS if _WITH_MACROS.fullmatch(suffix) else ""


def _by_content(content: bytes) -> str:
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if content.startswith(_PROGRAM_STARTS) or _SHORTCUT.match(head):
        return PROGRAM
    if _MARKUP.match(head) or _MAIL_PAGE.match(head):
        return PAGE
    if head.startswith(b"{\\rtf") and _RTF_OBJECT.search(content):
        return SCRIPT
    if b"%PDF-" in head[:1024]:
        return PAGE if b"<" in head[: head.index(b"%PDF-")] else _pdf(content)
    return _zipped(content) if content.startswith(b"PK") else ""


def _zipped(content: bytes) -> str:
    """Macros of an office document, or a program or page inside an archive."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if any(_MACRO_PARTS.search(one) for one in names):
                return MACROS
            office = any(one.casefold() == "[content_types].xml" for one in names)
            relations = [one for one in archive.infolist() if one.filename.endswith(".rels")]
            for one in relations if office else ():
                if one.file_size > _LARGEST_RELATIONS:
                    continue
                if _REMOTE_TEMPLATE.search(archive.read(one)):
                    return REMOTE
    except (BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError):
        return ""  # that it does not open is told elsewhere
    told = next(filter(None, map(_by_name, () if office else names)), "")
    return f"contient un fichier qui {told}" if told else ""


def _pdf(content: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError
    from pypdf.generic import DictionaryObject

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks are in English
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            return ""
        numbers = {number for table in reader.xref.values() for number in table}
        numbers |= set(reader.xref_objStm)
        for number in sorted(numbers)[:_MOST_OBJECTS]:
            found = reader.get_object(number)
            if isinstance(found, DictionaryObject) and _acts(found):
                return SCRIPT
    # Hostile structures meet pypdf's assumptions about types; that it does not open is told
    # elsewhere.
    except (PyPdfError, TypeError, AttributeError, OSError, ValueError, LookupError,
            RecursionError, MemoryError):  # fmt: skip
        return ""
    return ""


def _acts(found: object, depth: int = 3) -> bool:
    """True for an action that runs something, in an object or written inside it."""
    from pypdf.generic import ArrayObject, DictionaryObject

    if isinstance(found, DictionaryObject):
        if str(found.get("/S", "")) in _ACTS or "/JS" in found:
            return True
        inside = list(found.values())
    elif isinstance(found, ArrayObject):
        inside = list(found)
    else:
        return False
    return depth > 0 and any(_acts(one, depth - 1) for one in inside)
