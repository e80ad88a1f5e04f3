"""An event on its way to the journal: a record that has no place yet."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from care_kit.dossier.journal import commitments
from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.events import Event
from care_kit.model.formats.codec import adapter


def draft(event: Event, author: str, key: bytes) -> Record:
    """A record without its place, dated now; names and texts bear the salt of their commitment.

    `key` is the dossier's, or any secret of who writes elsewhere: salts travel with the record.
    `graph.Journal.placed` gives it its parents and its hash.
    """
    kind, payload, identity = type(event).__name__, _payload(event), str(uuid4())
    return Record(
        seq=0,
        id=identity,
        at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        author=author,
        kind=kind,
        payload=payload,
        previous="",
        salts=commitments.salts(key, identity, kind, author, payload),
    )


def _payload(event: Event) -> Mapping[str, Any]:
    plain: dict[str, Any] = adapter(type(event)).dump_python(event, mode="json")
    return plain
