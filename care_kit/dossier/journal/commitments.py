"""Salted commitments: a text may be withheld from a record, or shown and proved, as one wishes.

A commitment is the SHA-256, in hexadecimal, of a salt of sixteen bytes followed by the canonical
JSON of the text. Without the salt it tells nothing, even of a short text. Salts of a dossier are
derived from its key, by record and place, so that one shown gives away no other.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from care_kit.model.formats.codec import canonical_plain

AUTHOR = "author"
SALT_BYTES = 16
FREE_TEXTS: Mapping[str, tuple[str, ...]] = {
    "EstablishmentCorrected": ("legal_representative",),
    "AnswerGiven": ("reason", "comment", "typed"),
    "Commented": ("text",),
    "ConflictExplained": ("text",),
    "EvidenceAdded": ("name", "title", "signed_by"),
    "EvidenceWithdrawn": ("reason",),
    "ReadingWithdrawn": ("reason",),
    "ScopeSigned": ("name", "role"),
    "RiskAccepted": ("reason",),
    "ActivityShareRecorded": ("source",),
    "HeadcountRecorded": ("source",),
    "PeriodNotified": ("source",),
    "SpendingRecorded": ("label", "number", "supplier"),
    "SpendingWithdrawn": ("reason",),
    "CeilingNotified": ("source",),
    "ActionPlanned": ("title", "owner"),
    "ActionWithdrawn": ("reason",),
    "FindingReported": ("source", "title", "reference"),
}
"""By kind of event, the fields where a person types a name or a text of their own."""


def hideable(kind: str) -> frozenset[str]:
    """Places whose text may be withheld from a record of that kind: everything else is read."""
    return frozenset((AUTHOR, *FREE_TEXTS.get(kind, ())))


def salts(
    key: bytes, record_id: str, kind: str, author: str, payload: Mapping[str, Any]
) -> dict[str, str]:
    """The salt of each name and text of a new record, by place; none where nothing is written."""
    places = [AUTHOR] if author else []
    places += [place for place in FREE_TEXTS.get(kind, ()) if payload.get(place)]
    return {place: _salt(key, record_id, place) for place in places}


def commitment(salt: str, text: Any) -> str:
    """What stands for a text; ValueError when the salt is not sixteen bytes in hexadecimal."""
    raw = bytes.fromhex(salt)
    if len(raw) != SALT_BYTES:
        raise ValueError(f"a salt of {len(raw)} bytes")
    return hashlib.sha256(raw + canonical_plain(text)).hexdigest()


def _salt(key: bytes, record_id: str, place: str) -> str:
    return hmac.digest(key, f"{record_id}/{place}".encode(), "sha256")[:SALT_BYTES].hex()
