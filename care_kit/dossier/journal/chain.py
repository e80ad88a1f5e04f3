"""A record of the journal, and the hash that covers it.

A record travels as one line of canonical JSON (sorted keys, no spaces, UTF-8). Its `hash` is the
SHA-256, in hexadecimal, of that line without its hash and with its texts withheld. It names the
records it follows: `previous`, and `also` when it brings several branches together. The first of a
dossier follows sixty-four zeros.

Names and free texts are covered through salted commitments (`commitments`): `salts` gives the salt
of each text that is shown, `withheld` the commitment of each that is not. A line whose text was
withheld keeps its hash; a text shown with its salt proves itself. Keys that are empty are left
out of the line and of what is covered, so that records made before they existed keep their bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import chain
from typing import Any

from care_kit.dossier.journal.commitments import AUTHOR, commitment
from care_kit.model.formats.codec import canonical_plain

GENESIS = "0" * 64
_MAY_BE_ABSENT = ("also", "salts", "withheld")


@dataclass(frozen=True)
class Record:
    """One event: `seq` is one more than its highest parent's, `at` an ISO 8601 UTC moment.

    `payload` is plain JSON, `also` the hashes of the other heads it follows, sorted. `salts` and
    `withheld` are by place: `author`, or the name of a field of the payload.
    """

    seq: int
    id: str
    at: str
    author: str
    kind: str
    payload: Mapping[str, Any]
    previous: str
    hash: str = ""
    also: tuple[str, ...] = ()
    salts: Mapping[str, str] = field(default_factory=dict)
    withheld: Mapping[str, str] = field(default_factory=dict)

    @property
    def parents(self) -> tuple[str, ...]:
        """Hashes of the records it follows; none for the first of a dossier."""
        return () if self.previous == GENESIS else (self.previous, *self.also)

    def sealed(self) -> "Record":
        """The same record with its hash computed."""
        return replace(self, hash=self.digest())

    def digest(self) -> str:
        """The hash this content must bear."""
        return hashlib.sha256(canonical_plain(self.covered())).hexdigest()

    def covered(self) -> dict[str, Any]:
        """What the hash covers: the line whose every text is withheld, without its hash."""
        hidden = dict(self.withheld)
        for place, salt in self.salts.items():
            if place in hidden:
                raise ValueError(f"{place} is withheld, and shown")
            hidden[place] = commitment(salt, self.text(place))
        if self.withheld and any(map(self._shown, self.withheld)):
            raise ValueError("a text is withheld, and shown")
        said: dict[str, Any] = {
            "seq": self.seq,
            "id": self.id,
            "at": self.at,
            "author": "" if AUTHOR in hidden else self.author,
            "kind": self.kind,
            "payload": {key: one for key, one in self.payload.items() if key not in hidden},
            "previous": self.previous,
        }
        if self.also:
            said["also"] = list(self.also)
        if hidden:
            said["withheld"] = hidden
        return said

    def _shown(self, place: str) -> bool:
        return bool(self.author) if place == AUTHOR else place in self.payload

    def text(self, place: str) -> Any:
        """What is written at a place that may be withheld; KeyError when there is none."""
        return self.author if place == AUTHOR else self.payload[place]

    def without(self, places: Iterable[str]) -> "Record":
        """The same record, same hash, whose texts at these places are withheld.

        Places that bear no salt (records made before, texts already withheld) are left as they
        are: `in_clear` tells which.
        """
        hidden = {
            place: commitment(self.salts[place], self.text(place))
            for place in places
            if place in self.salts
        }
        if not hidden.keys().isdisjoint(self.withheld):
            raise ValueError("a text is withheld, and shown")
        return replace(
            self,
            author="" if AUTHOR in hidden else self.author,
            payload={key: one for key, one in self.payload.items() if key not in hidden},
            salts={key: one for key, one in self.salts.items() if key not in hidden},
            withheld={**self.withheld, **hidden},
        )

    def line(self) -> str:
        """The record as it is written in `journal.jsonl`; keys that are empty are absent."""
        return canonical_plain(self._plain()).decode("utf-8")

    def _plain(self) -> dict[str, Any]:
        said = {**vars(self), "payload": dict(self.payload)}
        for key in _MAY_BE_ABSENT:
            value = said.pop(key)
            if value:
                said[key] = list(value) if key == "also" else dict(value)
        return said


def read(line: str) -> Record:
    """The record a line holds; ValueError or RecursionError when it is not exactly one."""
    found: Any = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    optional = {key: found.pop(key) for key in _MAY_BE_ABSENT if key in found}
    if found.keys() != {one.name for one in fields(Record)} - {*_MAY_BE_ABSENT}:
        raise ValueError("other keys than those of a record")
    kinds: dict[str, type] = {"seq": int, "payload": dict}
    if not all(type(one) is kinds.get(key, str) for key, one in found.items()):
        raise ValueError("a value of another type")
    also, by_place = optional.pop("also", []), list(optional.values())
    if not isinstance(also, list) or not all(isinstance(one, dict) for one in by_place):
        raise ValueError("a value of another type")
    if not all(isinstance(one, str) for one in (*also, *chain(*(d.values() for d in by_place)))):
        raise ValueError("a value of another type")
    return Record(**found, also=tuple(also), **optional)


def intact(record: Record) -> bool:
    """True when the record bears the hash of its content, whatever damage put in it."""
    try:
        return record.digest() == record.hash
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
