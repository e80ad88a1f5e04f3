"""What the two processes tell each other: one JSON object a line."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from care_kit.model.facts.reading import Statement
from care_kit.model.formats import codec
from care_kit.probes.directory.target import Target
from care_kit.probes.exposure.pieces import Piece

RESUME, RESTART = "reprendre", "recommencer"
"""What becomes of an interrupted run, as people type it."""


@dataclass(frozen=True)
class DirectoryRequest:
    """Read the domain that `target` serves."""

    target: Target
    password: str


@dataclass(frozen=True)
class ExposureRequest:
    """Measure the scope of a file, whose bytes must still have that SHA-256.

    `dossier` is where the finished parts are kept beside; those of an interrupted run are gone on
    with, unless `restart` forgets them.
    """

    scope: Path
    scope_sha256: str
    dossier: Path
    use_nmap: bool = True
    restart: bool = False


Request = DirectoryRequest | ExposureRequest


@dataclass(frozen=True)
class Progress:
    """A French step and how many of it are done."""

    step: str
    count: int


@dataclass(frozen=True)
class Seen:
    """A part of the exposure that is finished."""

    piece: Piece


@dataclass(frozen=True)
class Done:
    """The reading; incomplete when it was stopped."""

    facts: bytes
    statement: Statement


@dataclass(frozen=True)
class Refused:
    """Why there is no reading, in French, and what to do."""

    sentence: str
    next_step: str


Heard = Progress | Seen | Done | Refused

_REQUESTS: Mapping[str, type[Request]] = {
    one.__name__: one for one in (DirectoryRequest, ExposureRequest)
}
_HEARD: Mapping[str, type[Heard]] = {one.__name__: one for one in (Progress, Seen, Done, Refused)}


def line(message: Request | Heard) -> bytes:
    """The message as one line."""
    plain: dict[str, Any] = {"kind": type(message).__name__}
    if isinstance(message, Done):
        plain["facts"] = base64.b64encode(message.facts).decode()
        plain["body"] = codec.canonical(message.statement).decode()
    else:
        plain["body"] = codec.canonical(message).decode()
    return codec.canonical_plain(plain) + b"\n"


def request(text: bytes) -> Request:
    """The request of a line."""
    plain = json.loads(text)
    return codec.decode(_REQUESTS[plain["kind"]], plain["body"].encode())


def heard(text: bytes) -> Heard:
    """The message of a line."""
    plain = json.loads(text)
    if plain["kind"] == Done.__name__:
        statement = codec.decode(Statement, plain["body"].encode())
        return Done(base64.b64decode(plain["facts"]), statement)
    return codec.decode(_HEARD[plain["kind"]], plain["body"].encode())
