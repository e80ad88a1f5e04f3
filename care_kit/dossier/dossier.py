"""The dossier as the rest of the house uses it: append events, read the state.

One event: `dossier.append(event, *contents)`. Several that stand or fall together (an import, a
line of spending with its piece): `dossier.append_all(events, contents)`, one transaction: when it
returns all are written; when it raises, or the process dies, none is.
"""

import secrets
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from uuid import uuid4

from care_kit import __version__
from care_kit.dossier.folding.fold import Folding, fold
from care_kit.dossier.journal import sqlite_file
from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.drafting import draft
from care_kit.dossier.journal.events import DossierCreated, Event
from care_kit.dossier.journal.graph import BrokenJournal, Journal, before
from care_kit.dossier.journal.store import Arrived, Store
from care_kit.model.dossier.establishment import Establishment
from care_kit.model.dossier.state import DossierState
from care_kit.model.formats.codec import sha512
from care_kit.model.words.errors import DossierError


class Dossier:
    """An open dossier. Use as a context manager so that the file is released."""

    def __init__(self, store: Store, author: str) -> None:
        self._store = store
        self._author = author
        self._meta = store.meta()
        self._journal = Journal()
        self._folding = Folding()
        self._arrived = 0
        self._absorb(store.records())

    @classmethod
    def create(cls, path: Path, establishment: Establishment, author: str) -> "Dossier":
        """Write a new dossier; InputError when the file already exists.

        The file appears under its name only once its first event is in it.
        """
        sqlite_file.refuse_unusable_name(path)
        if path.exists():
            raise sqlite_file.already_there(path)
        made = sqlite_file.draft_for(path)
        store = Store.on_file(made)
        try:
            key = secrets.token_hex(32)
            store.create({"pseudonym_key": key, "created_with": __version__})
            created = DossierCreated(str(uuid4()), establishment)
            first = Journal().placed([draft(created, author, bytes.fromhex(key))])
            store.append(0, lambda _news: first, ())
            store.close()
            sqlite_file.publish(made, path)
        finally:
            store.close()
            sqlite_file.remove(made)
        return cls.open(path, author)

    @classmethod
    def open(cls, path: Path, author: str) -> "Dossier":
        """Open an existing dossier, after checking that the file is whole."""
        sqlite_file.refuse_damaged(path)
        store = Store.on_file(path)
        try:
            return cls(store, author)
        except BaseException:
            store.close()
            raise

    @property
    def state(self) -> DossierState:
        """The fold of every event seen so far."""
        return self._state

    @property
    def author(self) -> str:
        """Who signs the events appended here."""
        return self._author

    @property
    def path(self) -> Path:
        """The file that holds the dossier."""
        return self._store.path

    @property
    def pseudonym_key(self) -> bytes:
        """Secret of this dossier's pseudonyms: it never leaves the dossier file."""
        return bytes.fromhex(self._meta["pseudonym_key"])

    def append(self, event: Event, *contents: bytes) -> DossierState:
        """Write one event and the bytes it names; acknowledged once this returns.

        Events written meanwhile by another window are folded in too.
        """
        return self.append_all([event], contents)

    def append_all(self, events: Sequence[Event], contents: Iterable[bytes] = ()) -> DossierState:
        """Write several events and the bytes they name in one transaction: all, or none.

        Nothing is written when there is no event. What others wrote meanwhile is folded in too.
        """
        if events:
            blobs = {sha512(content): content for content in contents}
            drafts = [draft(one, self._author, self.pseudonym_key) for one in events]

            def placed(news: Arrived) -> list[Record]:
                return self._journal.placed(drafts, news.records)

            self._absorb(self._store.append(self._arrived, placed, blobs.items()))
        return self._state

    def take(
        self, records: Iterable[Record], blobs: Iterable[tuple[str, bytes]] = ()
    ) -> DossierState:
        """Write records of another copy, parents first, and bytes: all, or none.

        Those already here are passed over. DossierError, and nothing is written, when one does not
        hold where it stands or cannot be read.
        """
        self.refresh()
        given = tuple(one for one in records if one.hash not in self._journal)
        self._refuse_unsound(given)

        def missing(news: Arrived) -> list[Record]:
            known = {one.hash for one in news.records}
            return [one for one in given if one.hash not in known]

        self._absorb(self._store.append(self._arrived, missing, blobs))
        return self._state

    def _refuse_unsound(self, given: Sequence[Record]) -> None:
        """Everything is checked and folded before a line is written."""
        union = Journal()
        try:
            union.take((*self._journal.told, *given))
        except BrokenJournal as broken:
            rank = broken.rank - len(self._journal.told)
            raise DossierError(
                f"L'événement n° {rank} de ce que la copie apporte ne tient pas : {broken.why}.",
                "Reprenez une copie intègre ; rien n'a été écrit.",
            ) from broken
        fold(union.told)

    def refresh(self) -> DossierState:
        """Fold events written by others since the last look."""
        self._absorb(self._store.records(self._arrived))
        return self._state

    def _absorb(self, arrived: Arrived) -> None:
        """Check and fold what came; what is known already stays when it does not hold."""
        if not arrived.records and self._journal.told:
            return
        try:
            extends = self._journal.take(arrived.records)
        except BrokenJournal as broken:
            raise DossierError(
                f"La chaîne du journal est rompue à l'événement n° {broken.rank} "
                f"({broken.why}) : le dossier a été altéré.",
                "Reprenez une copie intègre ; ce fichier n'a pas été modifié.",
            ) from broken
        if extends:
            self._folding.take(arrived.records)
        else:
            self._folding = Folding()
            self._folding.take(self._journal.told)
        self._state = self._folding.state()
        self._arrived = arrived.last

    def blob(self, digest: str) -> bytes:
        """Bytes of a piece or a reading; DossierError when they do not match their hash."""
        content = self._store.blob(digest)
        if sha512(content) != digest:
            raise DossierError(
                f"Une pièce du dossier ne correspond plus à son empreinte ({digest[:16]}…).",
                "Reprenez une copie intègre du dossier.",
            )
        return content

    def kept(self) -> dict[str, int]:
        """Size in bytes of every content kept, by SHA-512."""
        return self._store.blobs()

    def opened(self, digest: str) -> AbstractContextManager[BinaryIO]:
        """The same bytes as a seekable stream, within the block; the reader checks their hash."""
        return self._store.opened(digest)

    @property
    def records(self) -> tuple[Record, ...]:
        """Every record seen so far, parents before children: the order in which they are folded."""
        return tuple(self._journal.told)

    def journal(self, state: DossierState | None = None) -> tuple[str, ...]:
        """Every record as the line written in a package; those `state` rests on, when given."""
        told = self._journal.told
        kept = told if state is None else before(told, state.heads)
        return tuple(record.line() for record in kept)

    def close(self) -> None:
        """Release the file."""
        self._store.close()

    def __enter__(self) -> "Dossier":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()
