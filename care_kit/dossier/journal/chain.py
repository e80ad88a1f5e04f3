"""The hash chain: each record's hash covers its content and the hash before it.

A record travels as one line of canonical JSON (sorted keys, no spaces, UTF-8). Its `hash` is the
SHA-256, in hexadecimal, of that same line without the `hash` key; `previous` is the hash of the
record before, sixty-four zeros for the first.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from care_kit.model.formats.codec import canonical_plain

GENESIS = "0" * 64


@dataclass(frozen=True)
class Record:
    """One link: `seq` counts from 1, `at` is an ISO 8601 UTC moment, `payload` plain JSON."""

    seq: int
    id: str
    at: str
    author: str
    kind: str
    payload: Mapping[str, Any]
    previous: str
    hash: str = ""

    def sealed(self) -> "Record":
        """The same record with its hash computed."""
        return Record(**{**vars(self), "hash": self.digest()})

    def digest(self) -> str:
        """The hash this content must bear."""
        content = {key: value for key, value in vars(self).items() if key != "hash"}
        return hashlib.sha256(canonical_plain(content)).hexdigest()

    def line(self) -> str:
        """The record as it is written in `journal.jsonl`."""
        return canonical_plain(vars(self)).decode("utf-8")


def first_break(records: Iterable[Record]) -> int | None:
    """`seq` of the first record that does not follow from the one before, None when whole."""
    previous, expected = GENESIS, 1
    for record in records:
        sound = (record.seq, record.previous, record.digest()) == (expected, previous, record.hash)
        if not sound:
            return record.seq
        previous, expected = record.hash, expected + 1
    return None
