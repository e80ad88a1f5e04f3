"""LDIF (RFC 2849) as `ldapsearch` writes it: entries, and what its comments say of each search.

Lines are unfolded, values are decoded from base64, references to files are refused. The comments
are read because they alone say whether a search came back whole.
"""

import base64
import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from care_kit.probes.imports.refusals import malformed, refused

MAX_BYTES = 8 * 1024**3
MAX_LINE = 64_000_000
MAX_ENTRIES = 5_000_000
_BASE = re.compile(r"# base <(?P<base>.*)>(?: \(default\))? with scope (?P<scope>\w+)")
_BEGINS = re.compile(rb"dn:", re.IGNORECASE)
_AFTER_COMMA = re.compile(r"(?<!\\),\s+")
_NAME = re.compile(rb"[A-Za-z0-9][A-Za-z0-9.;=*-]*")


@dataclass(frozen=True)
class Entry:
    """One object; attributes by lower-case name, `cut` those of which only a range is there."""

    dn: str
    attributes: dict[str, tuple[bytes, ...]]
    cut: tuple[str, ...] = ()


@dataclass
class Run:
    """One search as its comments describe it; `whole` once the server said success at its end."""

    base: str
    scope: str
    filter: str = ""
    requested: frozenset[str] | None = None
    whole: bool = False


@dataclass
class Ldif:
    """What a file holds."""

    entries: list[Entry] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


def read_ldif(path: Path) -> Ldif:
    """Parse a file; InputError names the file and the line at fault."""
    if not path.is_file():
        raise refused(str(path), "n'existe pas", "Indiquez le fichier écrit par ldapsearch.")
    if path.stat().st_size > MAX_BYTES:
        raise refused(path.name, "est trop gros", "Faites une recherche par partition.")
    found = Ldif()
    try:
        with path.open("rb") as raw:
            for _number, block in _blocks(_unfolded(_in_utf8(raw), path.name)):
                _take(found, path.name, block)
    except OSError as cause:
        raise refused(path.name, "ne peut pas être lu", "Vérifiez vos droits.") from cause
    return found


def _in_utf8(raw: BinaryIO) -> BinaryIO:
    """The file itself, or transcoded when `ldifde -u` wrote it in UTF-16."""
    mark = raw.read(2)
    raw.seek(0)
    if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return cast(BinaryIO, codecs.EncodedFile(raw, "utf-8", "utf-16"))
    return raw


def _unfolded(stream: BinaryIO, name: str) -> Iterator[tuple[int, bytes]]:
    """Logical lines with the number of their first physical line."""
    start, parts, size = 0, list[bytes](), 0
    for number, raw in enumerate(_physical(stream, name), 1):
        if raw[:1] == b" " and parts:
            parts.append(raw[1:])
            size += len(raw)
            if size > MAX_LINE:
                raise malformed(name, f"ligne {start}", "la valeur est trop longue")
            continue
        if parts:
            yield start, b"".join(parts)
        start, parts, size = number, [raw], len(raw)
    if parts:
        yield start, b"".join(parts)


def _physical(stream: BinaryIO, name: str) -> Iterator[bytes]:
    number = 0
    while raw := stream.readline(MAX_LINE):
        number += 1
        if len(raw) >= MAX_LINE:
            raise malformed(name, f"ligne {number}", "la ligne est trop longue")
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        yield raw.rstrip(b"\r\n")


def _blocks(lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, list[tuple[int, bytes]]]]:
    """Lines up to each blank one; comments are part of the block they stand in."""
    block: list[tuple[int, bytes]] = []
    for number, line in lines:
        if line:
            block.append((number, line))
        elif block:
            yield block[0][0], block
            block = []
    if block:
        yield block[0][0], block


def _take(found: Ldif, name: str, block: list[tuple[int, bytes]]) -> None:
    for _, line in block:
        if line.startswith(b"#"):
            _comment(found, line.decode("utf-8", "replace"))
    pairs = [(at, *_pair(name, at, line)) for at, line in _said(block)]
    if pairs and pairs[0][1] == "version":
        del pairs[0]
    if not pairs:
        return
    number, first, _ = pairs[0]
    if first == "dn":
        # Some tools leave no blank line between two objects: each « dn: » begins one.
        starts = [rank for rank, (_, key, _) in enumerate(pairs) if key == "dn"]
        for start, end in zip(starts, [*starts[1:], len(pairs)], strict=True):
            if len(found.entries) >= MAX_ENTRIES:
                raise refused(name, f"dépasse {MAX_ENTRIES} objets", "Faites plusieurs fichiers.")
            at, _, dn = pairs[start]
            found.entries.append(_entry(name, at, dn, pairs[start + 1 : end]))
    elif first in ("search", "result"):
        _result(found, {key: value for _, key, value in pairs})
    elif first != "ref":
        raise malformed(name, f"ligne {number}", "un objet commence par « dn: »")


def _said(block: list[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Lines that are no comment.

    ldapsearch writes the name of each object in a comment, and the line feed that the name of a
    replication conflict holds: a line between a comment and « dn: » belongs to the comment.
    """
    named = any(_BEGINS.match(line) for _, line in block)
    within = False
    for at, line in block:
        if line.startswith(b"#"):
            within = named
        elif not within or _BEGINS.match(line) or line.lower().startswith(b"version:"):
            within = False
            yield at, line


def _pair(name: str, number: int, line: bytes) -> tuple[str, bytes]:
    key, colon, value = line.partition(b":")
    if not colon or not _NAME.fullmatch(key):
        raise malformed(name, f"ligne {number}", "« attribut: valeur » est attendu")
    attribute = key.decode("ascii").lower()
    if value.startswith(b"<"):
        raise malformed(name, f"ligne {number}", "une valeur renvoie à un autre fichier")
    if not value.startswith(b":"):
        return attribute, value.lstrip(b" ")
    try:
        return attribute, base64.b64decode(value[1:].strip(), validate=True)
    except binascii.Error as cause:
        raise malformed(name, f"ligne {number}", "la valeur base64 est abîmée") from cause


def _entry(name: str, number: int, dn: bytes, pairs: list[tuple[int, str, bytes]]) -> Entry:
    values: dict[str, list[bytes]] = {}
    cut: list[str] = []
    for at, key, value in pairs:
        if key == "changetype":  # ldifde, the tool of every Windows station, writes « add »
            if value.strip().lower() != b"add":
                raise malformed(name, f"ligne {at}", "c'est un fichier de modifications")
            continue
        attribute, _, option = key.partition(";")
        if option.startswith("range=") and not option.endswith("-*"):
            cut.append(attribute)
        values.setdefault(attribute, []).append(value)
    try:
        text = dn.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise malformed(name, f"ligne {number}", "le nom de l'objet n'est pas en UTF-8") from cause
    return Entry(
        _squeezed(text), {key: tuple(one) for key, one in values.items()}, tuple(sorted(set(cut)))
    )


def _squeezed(dn: str) -> str:
    """A name without the spaces that may follow its commas: they are no part of it."""
    return _AFTER_COMMA.sub(",", dn)


def _comment(found: Ldif, line: str) -> None:
    if described := _BASE.fullmatch(line):
        found.runs.append(Run(_squeezed(described["base"]), described["scope"]))
    elif found.runs and line.startswith("# filter: "):
        found.runs[-1].filter = line.removeprefix("# filter: ")
    elif found.runs and line.startswith("# requesting: "):
        asked = line.removeprefix("# requesting: ").split()
        every = {"ALL", "*"} & set(asked)
        found.runs[-1].requested = None if every else frozenset(one.lower() for one in asked)


def _result(found: Ldif, told: dict[str, bytes]) -> None:
    """A search is whole when its last page ends with success and announces no other page."""
    if not found.runs:
        return
    success = told.get("result", b"").startswith(b"0 ")
    more = told.get("pagedresults", b"cookie=").removeprefix(b"cookie=")
    found.runs[-1].whole = success and not more
