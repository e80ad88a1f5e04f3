"""Documents and readings into the dossier: bytes and event in one write."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import uuid4

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry import ght
from care_kit.dossier.entry.days import refuse_future
from care_kit.dossier.entry.pieces import read_document
from care_kit.dossier.journal.events import EvidenceAdded, ReadingAdded
from care_kit.model.facts.reading import Statement
from care_kit.model.formats import codec
from care_kit.model.words.errors import InputError


def add_evidence(
    dossier: Dossier,
    path: Path,
    subjects: Sequence[str],
    effective: date | None,
    title: str = "",
    *,
    entities: Sequence[str] = (),
    signed_by: str = "",
) -> EvidenceAdded:
    """Keep a document as a proof of `subjects`, as `evidence` describes it."""
    event, content = evidence(
        dossier, path, subjects, effective, title, entities=entities, signed_by=signed_by
    )
    dossier.append(event, content)
    return event


def evidence(
    dossier: Dossier,
    path: Path,
    subjects: Sequence[str],
    effective: date | None,
    title: str = "",
    *,
    entities: Sequence[str] = (),
    signed_by: str = "",
) -> tuple[EvidenceAdded, bytes]:
    """The event and the bytes of a proof of `subjects`; `effective` is the date it bears itself.

    `entities` are the FINESS numbers it covers, none for the whole establishment; InputError when
    one is not of this dossier, and when the document would not open.
    """
    refuse_future(effective, "la date que porte la preuve")
    covered = ght.entities(dossier.state.establishment, entities)
    document = read_document(path)
    if not subjects:
        raise InputError(
            f"La preuve « {path.name} » n'est rattachée à rien.",
            "Dites à quoi elle sert avec --for (indicateur, objectif ou pièce).",
        )
    event = EvidenceAdded(
        evidence_id=str(uuid4()),
        name=document.name,
        title=title or document.name,
        media_type=document.media_type,
        size=len(document.content),
        sha512=codec.sha512(document.content),
        effective=effective,
        subjects=tuple(dict.fromkeys(subjects)),
        entities=covered,
        signed_by=signed_by.strip(),
    )
    return event, document.content


def add_reading(dossier: Dossier, facts: bytes, statement: Statement) -> ReadingAdded:
    """Keep a probe's facts with the statement of how they were obtained."""
    declared = codec.canonical(statement)
    event = ReadingAdded(
        reading_id=str(uuid4()),
        probe=statement.probe,
        started=statement.started,
        ended=statement.ended,
        complete=statement.complete,
        facts_sha512=codec.sha512(facts),
        statement_sha512=codec.sha512(declared),
    )
    dossier.append(event, facts, declared)
    return event
