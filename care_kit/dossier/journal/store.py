"""Where a dossier's bytes live: one SQLite file (`.care`) or, for a team, PostgreSQL by URL.

The only module that knows SQL. Rows are only ever inserted. SQLite runs in WAL with
`synchronous=FULL`, so an acknowledged event survives a killed process and a pulled plug.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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

from care_kit.dossier.journal import sqlite_file
from care_kit.dossier.journal.chain import GENESIS, Record
from care_kit.model.formats.codec import canonical_plain
from care_kit.model.words.errors import DossierError

SCHEMA_VERSION = 1

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

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self.name = name

    @classmethod
    def on_file(cls, path: Path) -> "Store":
        """The store of a `.care` file (created by SQLite when absent)."""
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 15})
        event.listen(engine, "connect", sqlite_file.prepare)
        event.listen(engine, "begin", sqlite_file.begin)
        return cls(engine, str(path))

    def create(self, meta: Mapping[str, str]) -> None:
        """Make the tables and write the identity of a new dossier."""
        with self._transaction() as connection:
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
        version = int(found.get("schema_version", "0"))
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
            return [_record(row._mapping) for row in connection.execute(query)]

    def append(self, draft: Record, blobs: Mapping[str, bytes]) -> Record:
        """Add one record after the last one, and its bytes, all or nothing.

        `seq`, `previous` and `hash` of `draft` are set here, under the write lock.
        """
        with self._transaction() as connection:
            last = connection.execute(
                select(EVENTS.c.seq, EVENTS.c.hash).order_by(EVENTS.c.seq.desc()).limit(1)
            ).first()
            seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
            record = Record(**{**vars(draft), "seq": seq + 1, "previous": previous}).sealed()
            for digest, content in blobs.items():
                self._put(connection, digest, content)
            payload = canonical_plain(record.payload).decode("utf-8")
            connection.execute(EVENTS.insert().values({**vars(record), "payload": payload}))
        return record

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
    def _transaction(self) -> Iterator[Connection]:
        with self._told_in_french(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._told_in_french(), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

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
            raise sqlite_file.explained(self.name, str(cause.orig)) from cause


def _record(row: Mapping[Any, Any]) -> Record:
    return Record(**{**row, "payload": json.loads(row["payload"])})
