"""Checks the hash chain of the journal, then that each event is one care-kit knows."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

from care_kit.dossier.folding.fold import event_of, fold
from care_kit.dossier.journal.chain import GENESIS, Record
from care_kit.dossier.journal.events import KINDS, DossierCreated
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import CareError
from care_kit.model.words.text import shown
from care_kit.review.codes import Code
from care_kit.review.verification import Problem

JOURNAL = "data/journal.jsonl"
MOST_LINES = 40_000
LONGEST_LINE = 4_000_000
_TYPES: dict[str, type | tuple[type, ...]] = {"seq": int, "payload": dict}


def read_journal(raw: bytes) -> tuple[tuple[Record, ...], Problem | None]:
    """Records up to the first that breaks the chain, and what is wrong with that one."""
    records: list[Record] = []
    previous = GENESIS
    if raw.count(b"\n") > MOST_LINES:
        why = f"Le journal compte plus de {MOST_LINES} lignes."
        return (), Problem(JOURNAL, why, Code.FILE_TOO_LARGE)
    lines = raw.decode("utf-8", "replace").split("\n")
    if lines.pop():
        return (), Problem(JOURNAL, "La dernière ligne du journal est coupée.", Code.JOURNAL_BROKEN)
    for seq, line in enumerate(lines, 1):
        record = _record(line)
        why = _fault(record, line, seq, previous)
        if record is None or why:
            return tuple(records), Problem(
                JOURNAL,
                f"La chaîne du journal est rompue à l'événement n° {seq} : {why}.",
                Code.JOURNAL_BROKEN,
            )
        records.append(record)
        previous = record.hash
    if not records:
        return (), Problem(JOURNAL, "Le journal est vide.", Code.JOURNAL_BROKEN)
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
        found: Any = json.loads(line) if len(line) <= LONGEST_LINE else None
    except (ValueError, RecursionError):
        return None
    names = {one.name for one in fields(Record)}
    if not isinstance(found, dict) or found.keys() != names:
        return None
    typed = all(isinstance(found[name], _TYPES.get(name, str)) for name in names)
    return Record(**found) if typed else None


def folded(records: tuple[Record, ...]) -> tuple[DossierState | None, list[Problem]]:
    """The state these records give, None when an event is not one care-kit writes."""
    problems = [one for record in records for one in _events(record)]
    if problems:
        return None, problems
    try:
        return fold(records), []
    except (CareError, ValueError, KeyError, TypeError, ArithmeticError) as cause:
        why = cause.sentence if isinstance(cause, CareError) else "Le journal ne se rejoue pas."
        return None, [Problem(JOURNAL, why, Code.JOURNAL_EVENT)]


def _events(record: Record) -> Iterator[Problem]:
    """Unknown kinds, payloads of another shape, moments that are no dates, a second beginning."""
    place = f"Événement n° {record.seq}"
    if record.kind not in KINDS:
        why = f"{place} : « {shown(record.kind)} » n'est pas un événement de care-kit."
        yield Problem(JOURNAL, why, Code.JOURNAL_EVENT)
        return
    try:
        event = event_of(record)
    except (CareError, ValueError, RecursionError):
        why = f"{place} : son contenu n'est pas celui d'un événement « {record.kind} »."
        yield Problem(JOURNAL, why, Code.JOURNAL_EVENT)
        return
    if isinstance(event, DossierCreated) != (record.seq == 1):
        why = f"{place} : un dossier commence par sa création, une seule fois."
        yield Problem(JOURNAL, why, Code.JOURNAL_EVENT)
    if not _is_moment(record.at):
        why = f"{place} : « {shown(record.at)} » n'est pas un moment."
        yield Problem(JOURNAL, why, Code.JOURNAL_MOMENT)
    if not record.author.strip():
        yield Problem(JOURNAL, f"{place} : il n'a pas d'auteur.", Code.JOURNAL_EVENT)


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
