"""ORADAD's clear output: which tables there are, their columns, and their rows.

Layout read in ORADAD's public source (ANSSI-FR/ORADAD, LDAP.cpp and Engine.cpp, 2025): the first
line of `tables.tsv` names the collection; each other line gives a path, two names, a number of
columns, then the column/type pairs. Data files are UTF-16LE with a byte order mark.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper

from care_kit.probes.imports.refusals import malformed, refused
from care_kit.probes.imports.source import Source

INDEX = "tables.tsv"
MAX_COLUMNS = 4_000
MAX_ROWS = 10_000_000
_MAX_INDEX = 8_000_000
_MAX_LINE = 64_000_000
_PAIRS_FROM = 4
_COUNT = re.compile("[0-9]{1,6}")


@dataclass(frozen=True)
class Table:
    """One table: where it is, and its columns with their SQL types, in order."""

    path: str
    columns: tuple[str, ...]
    types: tuple[str, ...]


def index(source: Source, root: str) -> Mapping[str, Table]:
    """Tables by lower-case path without `.tsv`, `/` between folders."""
    name = f"{root}{INDEX}"
    with source.open(name) as stream:
        raw = stream.read(_MAX_INDEX + 1)
    if len(raw) > _MAX_INDEX:
        raise refused(name, "est trop gros pour une liste de tables", "Vérifiez la collecte.")
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    tables = [_table(name, number, line) for number, line in enumerate(lines[1:], 2) if line]
    if not tables:
        raise refused(name, "ne décrit aucune table", "Vérifiez que la collecte est terminée.")
    return {one.path.casefold().removesuffix(".tsv"): one for one in tables}


def _table(file: str, number: int, line: str) -> Table:
    place = f"ligne {number}"
    cells = line.split("\t")
    path = cells[0].replace("\\", "/")
    if len(cells) < _PAIRS_FROM or not _COUNT.fullmatch(cells[3]):
        raise malformed(file, place, "ce n'est pas la description d'une table ORADAD")
    if path.startswith("/") or ":" in path or ".." in path.split("/"):
        raise malformed(file, place, "le chemin de la table sort de la collecte")
    pairs = cells[_PAIRS_FROM:]
    if not 0 < int(cells[3]) <= MAX_COLUMNS or len(pairs) != 2 * int(cells[3]):
        raise malformed(file, place, "le nombre de colonnes ne correspond pas")
    return Table(path, tuple(pairs[::2]), tuple(kind.lower() for kind in pairs[1::2]))


def rows(source: Source, name: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row; a header line (`writeHeader`) is skipped."""
    for number, cells in _lines(source, name):
        if number == 1 and cells == list(table.columns):
            continue
        if len(cells) != len(table.columns):
            why = f"{len(cells)} colonnes au lieu de {len(table.columns)}"
            raise malformed(name, f"ligne {number}", why)
        if number > MAX_ROWS:
            raise refused(name, f"dépasse {MAX_ROWS} lignes", "Vérifiez la collecte.")
        yield number, cells


def metadata(source: Source, name: str) -> dict[str, str]:
    """`metadata.tsv`: keys and values."""
    return {cells[0]: cells[1] for _, cells in _lines(source, name) if len(cells) == 2}


def _lines(source: Source, name: str) -> Iterator[tuple[int, list[str]]]:
    with source.open(name) as stream:
        mark = stream.read(2)
        if mark and mark != codecs.BOM_UTF16_LE:
            raise refused(
                name,
                "n'est pas en UTF-16, comme ORADAD l'écrit",
                "Indiquez la sortie en clair d'ORADAD (outputFiles=1), sans la convertir.",
            )
        # Lines end with a line feed only: a value may hold any other Unicode separator.
        text = TextIOWrapper(stream, encoding="utf-16-le", newline="\n")
        number = 0
        try:
            while line := text.readline(_MAX_LINE):
                number += 1
                if len(line) >= _MAX_LINE:
                    raise malformed(name, f"ligne {number}", "la ligne est trop longue")
                yield number, line.rstrip("\r\n").split("\t")
        except UnicodeDecodeError as cause:
            raise malformed(name, f"ligne {number + 1}", "texte UTF-16 abîmé") from cause
        finally:
            text.detach()  # the source closes its own stream
