"""Checks the hash chain of the journal, then that what it names is in the package."""

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from care_kit.dossier.journal.chain import GENESIS, Record
from care_kit.model.words.text import shown
from care_kit.review.verification import Contents, Problem

JOURNAL = "data/journal.jsonl"
DATA = "data/dossier.json"
PIECES = "data/preuves/"
READINGS = "data/releves/"
_TYPES: dict[str, type | tuple[type, ...]] = {"seq": int, "payload": dict}


def read_journal(raw: bytes) -> tuple[tuple[Record, ...], Problem | None]:
    """Records up to the first that breaks the chain, and what is wrong with that one."""
    records: list[Record] = []
    previous = GENESIS
    lines = raw.decode("utf-8", "replace").split("\n")
    if lines.pop():
        return (), Problem(JOURNAL, "La dernière ligne du journal est coupée.")
    for seq, line in enumerate(lines, 1):
        record = _record(line)
        why = _fault(record, line, seq, previous)
        if record is None or why:
            return tuple(records), Problem(
                JOURNAL, f"La chaîne du journal est rompue à l'événement n° {seq} : {why}."
            )
        records.append(record)
        previous = record.hash
    if not records:
        return (), Problem(JOURNAL, "Le journal est vide.")
    return tuple(records), None


def _fault(record: Record | None, line: str, seq: int, previous: str) -> str:
    if record is None:
        return "la ligne est illisible"
    if record.seq != seq:
        return f"il porte le n° {record.seq}"
    if record.previous != previous:
        return "il ne suit pas l'événement précédent"
    try:
        if record.digest() != record.hash:
            return "son contenu a changé"
        canonical = record.line() == line
    except (ValueError, RecursionError):
        return "son contenu n'est pas un texte valide"
    return "" if canonical else "la ligne n'est pas écrite sous sa forme canonique"


def _record(line: str) -> Record | None:
    """The record of a line, None when it is not exactly one."""
    try:
        found: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    names = {one.name for one in fields(Record)}
    if not isinstance(found, dict) or found.keys() != names:
        return None
    typed = all(isinstance(found[name], _TYPES.get(name, str)) for name in names)
    return Record(**found) if typed else None


def check_head(
    contents: Contents, records: tuple[Record, ...], announced: str
) -> Iterator[Problem]:
    """The journal must end where the rest of the package says it does."""
    head = records[-1].hash
    if announced != head:
        yield Problem(JOURNAL, "La tête du journal n'est pas celle qu'annonce bag-info.txt.")
    if DATA in contents.small and _head_in_data(contents.small[DATA]) != head:
        yield Problem(DATA, "dossier.json n'a pas été produit à partir de ce journal.")


def _head_in_data(raw: bytes) -> object:
    try:
        return json.loads(raw)["state"]["head"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def check_pieces(contents: Contents, records: tuple[Record, ...]) -> Iterator[Problem]:
    """Every piece of the journal is there with its hash, and no other."""
    present = _under(contents, PIECES)
    known = set()
    for record in records:
        if record.kind == "EvidenceAdded":
            digest = str(record.payload.get("sha512"))
            known.add(digest)
            if digest not in present:
                name = shown(str(record.payload.get("name")))
                yield Problem(
                    PIECES,
                    f"La pièce « {name} » de l'événement n° {record.seq} n'est pas dans le paquet.",
                )
    for digest in present.keys() - known:
        path = shown(present[digest])
        yield Problem(path, f"« {path} » n'est annoncé par aucun événement du journal.")


def check_readings(
    contents: Contents, records: tuple[Record, ...], redacted: bool
) -> Iterator[Problem]:
    """Every reading's statement is there, and its facts unless the package is redacted."""
    present = _under(contents, READINGS)
    statements = _original_statements(contents) if redacted else present.keys()
    for record in records:
        if record.kind != "ReadingAdded":
            continue
        name = shown(str(record.payload.get("reading_id")))
        if record.payload.get("statement_sha512") not in statements:
            yield Problem(
                READINGS,
                f"La déclaration du relevé « {name} » (événement n° {record.seq}) manque "
                "ou a changé.",
            )
        if not redacted and record.payload.get("facts_sha512") not in present:
            yield Problem(
                READINGS,
                f"Les faits bruts du relevé « {name} » (événement n° {record.seq}) manquent "
                "ou ont changé.",
            )


def _under(contents: Contents, folder: str) -> dict[str, str]:
    """Paths below a folder, by SHA-512."""
    return {one.sha512: path for path, one in contents.digests.items() if path.startswith(folder)}


def _original_statements(contents: Contents) -> set[object]:
    """Hashes of the statements before redaction, as each redacted statement recalls them."""
    found: set[object] = set()
    for path, raw in contents.small.items():
        if path.startswith(READINGS):
            try:
                found.add(json.loads(raw)["original_sha512"])
            except (ValueError, KeyError, TypeError, RecursionError):
                continue
    return found
