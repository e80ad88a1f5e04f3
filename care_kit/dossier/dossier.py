"""The dossier as the rest of the house uses it: append an event, read the state."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

from care_kit import __version__
from care_kit.dossier.folding import fold
from care_kit.dossier.journal import chain, sqlite_file
from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.events import DossierCreated, Event
from care_kit.dossier.journal.store import Store
from care_kit.model.dossier.establishment import Establishment
from care_kit.model.dossier.state import DossierState
from care_kit.model.formats.codec import adapter, sha512
from care_kit.model.words.errors import DossierError, InputError


class Dossier:
    """An open dossier. Use as a context manager so that the file is released."""

    def __init__(self, store: Store, author: str) -> None:
        self._store = store
        self._author = author
        self._meta = store.meta()
        self._records = store.records()
        broken = chain.first_break(self._records)
        if broken is not None:
            raise DossierError(
                f"La chaîne du journal est rompue à l'événement n° {broken} : "
                "le dossier a été altéré.",
                "Reprenez une copie intègre ; ce fichier n'a pas été modifié.",
            )
        self._state = fold.fold(self._records)

    @classmethod
    def create(cls, path: Path, establishment: Establishment, author: str) -> "Dossier":
        """Write a new dossier; InputError when the file already exists.

        The file appears under its name only once its first event is in it.
        """
        if path.exists():
            raise InputError(
                f"Le fichier « {path} » existe déjà.",
                "Choisissez un autre nom : un dossier n'est jamais écrasé.",
            )
        if not path.parent.is_dir():
            raise InputError(
                f"Le dossier « {path.parent} » n'existe pas.", "Créez-le puis recommencez."
            )
        draft = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
        store = Store.on_file(draft)
        try:
            key = secrets.token_hex(32)
            store.create({"pseudonym_key": key, "created_with": __version__})
            created = DossierCreated(str(uuid4()), establishment)
            store.append(_draft(created, author), {})
            store.close()
            draft.rename(path)
        finally:
            store.close()
            draft.unlink(missing_ok=True)
        return cls.open(path, author)

    @classmethod
    def open(cls, path: Path, author: str) -> "Dossier":
        """Open an existing dossier, after checking that the file is whole."""
        sqlite_file.refuse_damaged(path)
        return cls(Store.on_file(path), author)

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
        return Path(self._store.name)

    @property
    def pseudonym_key(self) -> bytes:
        """Secret of this dossier's pseudonyms: it never leaves the dossier file."""
        return bytes.fromhex(self._meta["pseudonym_key"])

    def append(self, event: Event, *contents: bytes) -> DossierState:
        """Write one event and the bytes it names; acknowledged once this returns.

        Events written meanwhile by another window are folded in too.
        """
        blobs = {sha512(content): content for content in contents}
        self._store.append(_draft(event, self._author), blobs)
        return self.refresh()

    def refresh(self) -> DossierState:
        """Fold events written by others since the last look."""
        new = self._store.records(after=self._state.events)
        self._records.extend(new)
        self._state = fold.fold(new, self._state)
        return self._state

    def blob(self, digest: str) -> bytes:
        """Bytes of a piece or a reading; DossierError when they do not match their hash."""
        content = self._store.blob(digest)
        if sha512(content) != digest:
            raise DossierError(
                f"Une pièce du dossier ne correspond plus à son empreinte ({digest[:16]}…).",
                "Reprenez une copie intègre du dossier.",
            )
        return content

    @property
    def records(self) -> tuple[Record, ...]:
        """Every record seen so far, oldest first."""
        return tuple(self._records)

    def journal(self) -> tuple[str, ...]:
        """Every record as the line written in a package."""
        return tuple(record.line() for record in self._records)

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


def _draft(event: Event, author: str) -> Record:
    return Record(
        seq=0,
        id=str(uuid4()),
        at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        author=author,
        kind=type(event).__name__,
        payload=_payload(event),
        previous="",
    )


def _payload(event: Event) -> Mapping[str, Any]:
    plain: dict[str, Any] = adapter(type(event)).dump_python(event, mode="json")
    return plain
