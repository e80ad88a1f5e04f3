"""Where a dossier's bytes live: one SQLite file (`.care`) or, for a team, PostgreSQL by URL.

The only module that knows SQL. Rows are only ever inserted. SQLite runs in WAL with
`synchronous=FULL`, so an acknowledged event survives a killed process and a pulled plug.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    select,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import QueuePool

from care_kit.dossier.journal import sqlite_errors, sqlite_file
from care_kit.dossier.journal.chain import GENESIS, Record
from care_kit.model.formats.codec import canonical_plain
from care_kit.model.words.errors import DossierError

SCHEMA_VERSION = 1
_WRITES = "care_kit_writes"

metadata = MetaData()
META = Table(
    "meta",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
EVENTS = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
    Column("author", Text, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
)
BLOBS = Table(
    "blob",
    metadata,
    Column("sha512", String(128), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)


class Store:
    """Tables of one dossier. Every failure of the database becomes a DossierError."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self.path = path
        self.name = str(path)

    @classmethod
    def on_file(cls, path: Path) -> "Store":
        """The store of an existing `.care` file.

        The path reaches SQLite as a value, never as part of a URL.
        """
        engine = create_engine(
            "sqlite://", creator=partial(sqlite_file.connect, path), poolclass=QueuePool
        )
        event.listen(engine, "begin", _begin)
        return cls(engine, path)

    def create(self, meta: Mapping[str, str]) -> None:
        """Make the tables and write the identity of a new dossier."""
        with self._writing() as connection:
            metadata.create_all(connection)
            rows = {"schema_version": str(SCHEMA_VERSION), **meta}
            connection.execute(
                META.insert(), [{"key": key, "value": value} for key, value in rows.items()]
            )

    def meta(self) -> dict[str, str]:
        """Identity of the dossier; DossierError when a newer version wrote it."""
        with self._reading() as connection:
            rows = connection.execute(select(META.c.key, META.c.value)).all()
        found = {str(key): str(value) for key, value in rows}
        try:
            version = int(found["schema_version"])
            bytes.fromhex(found["pseudonym_key"])
        except (KeyError, ValueError) as cause:
            raise sqlite_errors.damaged(self.name) from cause
        if version > SCHEMA_VERSION:
            raise DossierError(
                f"Le dossier « {self.name} » a été fait par une version plus récente de care-kit "
                f"(format {version}, connu ici : {SCHEMA_VERSION}).",
                "Mettez care-kit à jour ; le dossier n'a pas été modifié.",
            )
        return found

    def records(self, after: int = 0) -> list[Record]:
        """Every record whose `seq` is greater than `after`, in order."""
        query = select(EVENTS).where(EVENTS.c.seq > after).order_by(EVENTS.c.seq)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        try:
            return [_record(row._mapping) for row in rows]
        except (ValueError, TypeError, RecursionError) as cause:
            raise sqlite_errors.damaged(self.name) from cause

    def append(self, drafts: Sequence[Record], blobs: Mapping[str, bytes]) -> list[Record]:
        """Add records after the last one, and bytes, all or nothing.

        `seq`, `previous` and `hash` of each draft are set here, under the write lock.
        """
        with self._writing() as connection:
            last = connection.execute(
                select(EVENTS.c.seq, EVENTS.c.hash).order_by(EVENTS.c.seq.desc()).limit(1)
            ).first()
            first, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
            records = []
            for seq, draft in enumerate(drafts, first):
                record = Record(**{**vars(draft), "seq": seq, "previous": previous}).sealed()
                records.append(record)
                previous = record.hash
            for digest, content in blobs.items():
                self._put(connection, digest, content)
            connection.execute(EVENTS.insert(), [_row(record) for record in records])
        return records

    def blob(self, digest: str) -> bytes:
        """Stored bytes; DossierError when they are missing."""
        query = select(BLOBS.c.bytes).where(BLOBS.c.sha512 == digest)
        with self._reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise DossierError(
                f"Une pièce du dossier est introuvable (SHA-512 {digest[:16]}…).",
                "Reprenez une copie intègre du fichier.",
            )
        return bytes(row[0])

    def close(self) -> None:
        """Release the file; SQLite then folds its side files into it."""
        self._engine.dispose()

    def _put(self, connection: Connection, digest: str, content: bytes) -> None:
        known = select(BLOBS.c.sha512).where(BLOBS.c.sha512 == digest)
        if connection.execute(known).first() is None:
            row = {"sha512": digest, "size": len(content), "bytes": content}
            connection.execute(BLOBS.insert().values(row))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with (
            self._told_in_french(),
            self._engine.connect().execution_options(**{_WRITES: True}) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One snapshot, without any lock: it waits for nobody and nobody waits for it."""
        with self._told_in_french(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _told_in_french(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError as cause:
            raise DossierError(
                "Deux écritures se sont croisées dans le dossier ; la vôtre n'a pas été prise.",
                "Recommencez la dernière commande.",
            ) from cause
        except DBAPIError as cause:
            raise sqlite_errors.explained(self.name, cause.orig) from cause
        except sqlite3.Error as cause:
            raise sqlite_errors.explained(self.name, cause) from cause
        except UnicodeDecodeError as cause:  # the driver reads its own message, with damaged names
            raise sqlite_errors.damaged(self.name) from cause


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: they queue instead of failing half-way."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _row(record: Record) -> dict[str, Any]:
    payload = canonical_plain(record.payload).decode("utf-8")
    return {**vars(record), "payload": payload}


def _record(row: Mapping[Any, Any]) -> Record:
    return Record(**{**row, "payload": json.loads(row["payload"])})
