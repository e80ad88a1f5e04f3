"""Small journals made by hand: records of copies that never met, without any file."""

from collections.abc import Sequence
from dataclasses import replace

from care_kit.dossier.journal import commitments
from care_kit.dossier.journal.chain import GENESIS, Record
from care_kit.dossier.journal.events import AnswerGiven, DossierCreated, Event
from care_kit.model.dossier.establishment import Establishment, LegalEntity
from care_kit.model.formats.codec import adapter
from care_kit.model.words.vocabulary import AnswerState

KEY = b"k" * 32
HOSPITAL = Establishment("CH d'essai", "CH", "Région fictive", (LegalEntity("CH", "990000010"),))
CREATED = DossierCreated("00000000-0000-4000-8000-000000000000", HOSPITAL)


def answer(indicator: str, level: int, comment: str = "") -> AnswerGiven:
    return AnswerGiven("socle", 1, indicator, AnswerState.ANSWERED, level, comment=comment)


def record(
    event: Event,
    parents: Sequence[Record] = (),
    *,
    at: str = "2026-03-01T08:00:00.000+00:00",
    author: str = "Camille Lune",
    name: str = "",
) -> Record:
    """The record of an event that follows these; `name` tells apart those alike."""
    kind = type(event).__name__
    payload = adapter(type(event)).dump_python(event, mode="json")
    first = max(parents, key=lambda one: (one.seq, one.hash), default=None)
    identity = name or f"{kind}-{len(parents)}-{at}"
    return Record(
        seq=first.seq + 1 if first else 1,
        id=identity,
        at=at,
        author=author,
        kind=kind,
        payload=payload,
        previous=first.hash if first else GENESIS,
        also=tuple(sorted(one.hash for one in parents if one is not first)),
        salts=commitments.salts(KEY, identity, kind, author, payload),
    ).sealed()


def resealed(one: Record, **changes: object) -> Record:
    """A record changed, then given the hash of what it now says: what a forger would do."""
    return replace(one, **changes).sealed()  # type: ignore[arg-type]
