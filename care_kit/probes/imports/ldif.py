"""LDIF (RFC 2849) as `ldapsearch` writes it: entries, and what its comments say of each search.

Lines are unfolded, values are decoded from base64, references to files are refused. The comments
are read because they alone say whether a search came back whole.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from care_kit.probes.imports.refusals import malformed, refused

MAX_BYTES = 8 * 1024**3
MAX_LINE = 64_000_000
MAX_ENTRIES = 5_000_000
_BASE = re.compile(r"# base <(?P<base>.*)>(?: \(default\))? with scope (?P<scope>\w+)")
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
        with path.open("rb") as stream:
            for number, block in _blocks(_unfolded(stream, path.name)):
                _take(found, path.name, number, block)
    except OSError as cause:
        raise refused(path.name, "ne peut pas être lu", "Vérifiez vos droits.") from cause
    return found


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
            if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise refused(
                    name,
                    "est en UTF-16",
                    "Enregistrez la sortie de ldapsearch telle quelle (pas avec PowerShell « > »).",
                )
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


def _take(found: Ldif, name: str, number: int, block: list[tuple[int, bytes]]) -> None:
    for _, line in block:
        if line.startswith(b"#"):
            _comment(found, line.decode("utf-8", "replace"))
    pairs = [(at, *_pair(name, at, line)) for at, line in block if not line.startswith(b"#")]
    if pairs and pairs[0][1] == "version":
        del pairs[0]
    if not pairs:
        return
    _, first, dn = pairs[0]
    if first == "dn":
        if len(found.entries) >= MAX_ENTRIES:
            raise refused(name, f"dépasse {MAX_ENTRIES} objets", "Faites plusieurs fichiers.")
        found.entries.append(_entry(name, number, dn, pairs[1:]))
    elif first in ("search", "result"):
        _result(found, {key: value for _, key, value in pairs})
    elif first != "ref":
        raise malformed(name, f"ligne {number}", "un objet commence par « dn: »")


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
        if key == "changetype":
            raise malformed(name, f"ligne {at}", "c'est un fichier de modifications")
        attribute, _, option = key.partition(";")
        if option.startswith("range=") and not option.endswith("-*"):
            cut.append(attribute)
        values.setdefault(attribute, []).append(value)
    try:
        text = dn.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise malformed(name, f"ligne {number}", "le nom de l'objet n'est pas en UTF-8") from cause
    return Entry(text, {key: tuple(one) for key, one in values.items()}, tuple(sorted(set(cut))))


def _comment(found: Ldif, line: str) -> None:
    if described := _BASE.fullmatch(line):
        found.runs.append(Run(described["base"], described["scope"]))
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
