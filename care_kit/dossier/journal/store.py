"""Where a dossier's bytes live: one SQLite file (`.care`) or, for a team, PostgreSQL by URL.

The only module that knows SQL. Rows are only ever inserted. SQLite runs in WAL with
`synchronous=FULL`, so an acknowledged event survives a killed process and a pulled plug.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, cast

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
    func,
    select,
)
from sqlalchemy.exc import DBAPIError, IntegrityError, NoResultFound
from sqlalchemy.pool import QueuePool

from care_kit.dossier.journal import sqlite_errors, sqlite_file
from care_kit.dossier.journal.blob_stream import BlobStream
from care_kit.dossier.journal.chain import Record
from care_kit.model.formats.codec import canonical_plain
from care_kit.model.words.errors import DossierError

SCHEMA_VERSION = 2
_PART = 1 << 20
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
    Column("arrival", Integer, primary_key=True, autoincrement=True),
    Column("seq", Integer, nullable=False),
    Column("id", String(36), nullable=False),
    Column("at", String(40), nullable=False),
    Column("author", Text, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("also", Text, nullable=False, server_default=""),
    Column("salts", Text, nullable=False, server_default=""),
    Column("withheld", Text, nullable=False, server_default=""),
)
_LINEAR = ("seq", "id", "at", "author", "kind", "payload", "previous", "hash")
"""Columns of the first version, whose records followed one another."""
BLOBS = Table(
    "blob",
    metadata,
    Column("sha512", String(128), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class Arrived:
    """Records in the order they were written; `last` is the place of the last one."""

    records: tuple[Record, ...]
    last: int


Maker: TypeAlias = Callable[[Arrived], Sequence[Record]]


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

    def records(self, after: int = 0) -> Arrived:
        """Records that arrived after the given one, in the order they did."""
        with self._reading() as connection:
            return self._arrived(connection, after)

    def append(self, after: int, make: Maker, blobs: Iterable[tuple[str, bytes]]) -> Arrived:
        """Write records and bytes, all or nothing; everything that arrived after `after`.

        Under the write lock, `make` is given what others wrote meanwhile, and returns the records
        to add: it does nothing else there, since everybody waits. A dossier of the first version is
        brought to the present one by the same transaction.
        """
        with self._writing() as connection:
            if self._version(connection) < SCHEMA_VERSION:
                _upgrade(connection)
            news = self._arrived(connection, after)
            made = tuple(make(news))
            for digest, content in blobs:
                self._put(connection, digest, content)
            if made:
                connection.execute(EVENTS.insert(), [_row(record) for record in made])
            last = connection.execute(select(func.max(EVENTS.c.arrival))).scalar_one()
        return Arrived((*news.records, *made), last or after)

    def _arrived(self, connection: Connection, after: int) -> Arrived:
        linear = self._version(connection) == 1
        columns = [EVENTS.c[name] for name in _LINEAR] if linear else list(EVENTS.c)
        mark = EVENTS.c.seq if linear else EVENTS.c.arrival
        rows = connection.execute(select(*columns).where(mark > after).order_by(mark)).all()
        try:
            records = tuple(_record(row._mapping) for row in rows)
            last = int(rows[-1]._mapping["seq" if linear else "arrival"]) if rows else after
        except (ValueError, TypeError, RecursionError) as cause:
            raise sqlite_errors.damaged(self.name) from cause
        return Arrived(records, last)

    def _version(self, connection: Connection) -> int:
        query = select(META.c.value).where(META.c.key == "schema_version")
        try:
            return int(connection.execute(query).scalar_one())
        except (ValueError, TypeError, NoResultFound) as cause:
            raise sqlite_errors.damaged(self.name) from cause

    def blobs(self) -> dict[str, int]:
        """Size of every content kept, by SHA-512."""
        with self._reading() as connection:
            rows = connection.execute(select(BLOBS.c.sha512, BLOBS.c.size)).all()
        return {str(digest): int(size) for digest, size in rows}

    def blob(self, digest: str) -> bytes:
        """Stored bytes; DossierError when they are missing."""
        query = select(BLOBS.c.bytes).where(BLOBS.c.sha512 == digest)
        with self._reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise _missing(digest)
        return bytes(row[0])

    @contextmanager
    def opened(self, digest: str) -> Iterator[BinaryIO]:
        """Stored bytes as a stream, within the block; DossierError when they are missing."""
        with self._reading() as connection:
            driver = connection.connection.driver_connection
            row = connection.exec_driver_sql(
                "SELECT rowid FROM blob WHERE sha512 = ?", (digest,)
            ).first()
            if row is None or driver is None:
                raise _missing(digest)
            with driver.blobopen("blob", "bytes", row[0], readonly=True) as stored:
                yield cast(BinaryIO, BlobStream(stored))

    def close(self) -> None:
        """Release the file; SQLite then folds its side files into it."""
        self._engine.dispose()

    def _put(self, connection: Connection, digest: str, content: bytes) -> None:
        known = select(BLOBS.c.sha512).where(BLOBS.c.sha512 == digest)
        if connection.execute(known).first() is None:
            # Room first, then the bytes in parts: bound as a value they would be copied whole.
            made = connection.exec_driver_sql(
                "INSERT INTO blob (sha512, size, bytes) VALUES (?, ?, zeroblob(?))",
                (digest, len(content), len(content)),
            )
            driver = connection.connection.driver_connection
            whole = memoryview(content)
            if driver is not None and made.lastrowid:
                with driver.blobopen("blob", "bytes", made.lastrowid) as stored:
                    for at in range(0, len(whole), _PART):
                        stored.write(whole[at : at + _PART])

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


def _missing(digest: str) -> DossierError:
    return DossierError(
        f"Une pièce du dossier est introuvable (SHA-512 {digest[:16]}…).",
        "Reprenez une copie intègre du fichier.",
    )


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: they queue instead of failing half-way."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _upgrade(connection: Connection) -> None:
    """The table of the first version, record by record, in the present one."""
    connection.exec_driver_sql("ALTER TABLE event RENAME TO event_linear")
    EVENTS.create(connection)
    names = ", ".join(_LINEAR)
    connection.exec_driver_sql(
        f"INSERT INTO event (arrival, {names}) SELECT seq, {names} FROM event_linear"  # noqa: S608
    )
    connection.exec_driver_sql("DROP TABLE event_linear")
    connection.execute(
        META.update().where(META.c.key == "schema_version").values(value=str(SCHEMA_VERSION))
    )


def _row(record: Record) -> dict[str, Any]:
    def plain(value: object) -> str:
        return canonical_plain(value).decode("utf-8") if value else ""

    return {
        **vars(record),
        "payload": canonical_plain(dict(record.payload)).decode("utf-8"),
        "also": " ".join(record.also),
        "salts": plain(dict(record.salts)),
        "withheld": plain(dict(record.withheld)),
    }


def _record(row: Mapping[Any, Any]) -> Record:
    """ValueError or TypeError when a row is not what was written."""
    said = {name: row[name] for name in _LINEAR}
    if any(not isinstance(one, int if name == "seq" else str) for name, one in said.items()):
        raise TypeError("a column of another type")
    payload = json.loads(said.pop("payload"))
    if not isinstance(payload, dict):
        raise TypeError("a payload that is no object")
    return Record(
        **said,
        payload=payload,
        also=tuple(row.get("also", "").split()),
        salts=_texts(row.get("salts", "")),
        withheld=_texts(row.get("withheld", "")),
    )


def _texts(stored: str) -> Mapping[str, str]:
    found = json.loads(stored) if stored else {}
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise TypeError("not texts by name")
    return found
