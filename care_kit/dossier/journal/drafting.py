"""An event on its way to the journal: a record that has no place yet."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from care_kit.dossier.journal import commitments
from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.events import Event
from care_kit.model.formats.codec import adapter
from care_kit.model.words.errors import InputError

LONGEST_TEXT = 20_000
"""Characters of one text of an event."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def draft(event: Event, author: str, key: bytes) -> Record:
    """A record without its place, dated now; names and texts bear the salt of their commitment.

    `key` is the dossier's, or any secret of who writes elsewhere: salts travel with the record.
    `graph.Journal.placed` gives it its parents and its hash.
    """
    _refuse_unusable(author)
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
    _refuse_unusable(plain)
    return plain


def _refuse_unusable(value: Any) -> None:
    """InputError for a text no person types: one without end, or of bytes that are no UTF-8.

    Every document that repeats the first would take minutes; no document could hold the second.
    """
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise InputError(
                f"Un texte de {len(value)} caractères ne peut pas entrer dans le dossier "
                f"({LONGEST_TEXT} au plus).",
                "Abrégez-le, ou joignez un document avec « care evidence add ».",
            )
        if not value.isascii() and _SURROGATE.search(value):
            raise InputError(
                "Un texte tapé n'est pas en UTF-8 : il ne peut pas entrer dans le dossier.",
                "Réglez votre terminal en UTF-8, ou retapez ce texte sans accent.",
            )
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            _refuse_unusable(one)
