"""What is particular to a `.care` file: how it is opened, made, named, and found whole.

The path is always passed as a value: `Path.as_uri` writes every character a name may hold
(`%`, `?`, `#`, spaces, accents, bytes that are no UTF-8) so that SQLite reads that very name.
"""

import os
import sqlite3
import struct
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from care_kit.dossier.journal import sqlite_errors
from care_kit.model.words.errors import DossierError, InputError

WAIT = 60.0
"""Seconds a writer waits for its turn."""
_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_DRAFT = ".care-init-"
_STALE = 3600
_SIDES = ("-wal", "-shm", "-journal")


def connect(path: Path) -> sqlite3.Connection:
    """A connection to an existing file; it creates nothing beside a file it may not write.

    A file that cannot be written (its own rights, its folder's, its medium's) is read as it
    stands, or through its pending side file when another station is writing in it.
    """
    if writable(path):
        _free_sides(path)
        mode = "mode=rw"
    else:
        mode = "mode=ro" if _pending(path) else "immutable=1"
    opened = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=WAIT,
        isolation_level=None,  # transactions are begun by the store, not by the driver
        check_same_thread=False,
    )
    opened.execute("PRAGMA synchronous=FULL")
    opened.execute("PRAGMA foreign_keys=ON")
    return opened


def writable(path: Path) -> bool:
    """True when both the file and its folder, where SQLite keeps its side files, may be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def draft_for(path: Path) -> Path:
    """A new empty file, readable by its owner only, beside `path`: a dossier in the making.

    Its name is short whatever the name of the dossier. Drafts that a kill left there for an hour
    are removed. InputError when the folder does not let a file be made.
    """
    for old in path.parent.glob(f"{_DRAFT}*"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _STALE:
                old.unlink()
    draft = path.with_name(f"{_DRAFT}{uuid4().hex[:12]}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(f"{draft.absolute().as_uri()}?mode=rw", uri=True)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
    except (OSError, sqlite3.Error) as cause:
        remove(draft)
        raise sqlite_errors.explained(str(path), cause) from cause
    return draft


def publish(draft: Path, path: Path) -> None:
    """Give the draft its name, never over another file, so that a power cut does not undo it."""
    try:
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # no second name on this medium (FAT, some shares)
            if path.exists():
                raise FileExistsError(path) from None
            draft.rename(path)
    except FileExistsError as cause:
        raise already_there(path) from cause
    except OSError as cause:
        raise sqlite_errors.explained(str(path), cause) from cause
    _sync_folder(path.parent)


def already_there(path: Path) -> InputError:
    """The refusal to write over a file."""
    return InputError(
        f"Le fichier « {path} » existe déjà.",
        "Choisissez un autre nom : un dossier n'est jamais écrasé.",
    )


def remove(draft: Path) -> None:
    """Forget a draft and what SQLite kept beside it."""
    for name in ("", *_SIDES):
        with suppress(OSError):
            draft.with_name(draft.name + name).unlink()


def refuse_unusable_name(path: Path) -> None:
    """InputError when the folder is absent, or when the name leaves no room for side files."""
    longest = len(os.fsencode(path.name)) + max(map(len, _SIDES))
    if longest > _name_limit(path.parent):
        raise InputError(
            f"Le nom « {path.name[:40]}… » est trop long.",
            "Choisissez un nom de moins de 200 caractères.",
        )
    if not path.parent.is_dir():
        raise InputError(
            f"Le dossier « {path.parent} » n'existe pas.", "Créez-le puis recommencez."
        )


def refuse_damaged(path: Path) -> None:
    """Raise DossierError when the file is absent, is not SQLite, or was cut short.

    SQLite writes its length in pages in its own header: a shorter file lost its end. A pending
    side file (`-wal`) may legitimately hold that end, so the test waits until there is none.
    """
    try:
        header, size = _header(path)
    except FileNotFoundError as cause:
        raise DossierError(
            f"Le dossier « {path} » n'existe pas.",
            "Vérifiez le chemin, ou créez-le avec « care init ».",
        ) from cause
    except OSError as cause:
        raise sqlite_errors.told(
            str(path), "ne peut pas être lu", "Vérifiez le chemin et vos droits de lecture."
        ) from cause
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise sqlite_errors.not_a_database(str(path))
    if _pending(path):
        return
    page = struct.unpack(">H", header[16:18])[0]
    page = 65536 if page == 1 else page
    changes, pages = struct.unpack(">I", header[24:28])[0], struct.unpack(">I", header[28:32])[0]
    valid_for = struct.unpack(">I", header[92:96])[0]
    if changes == valid_for and size < page * pages:
        raise DossierError(
            f"Le dossier « {path} » est tronqué : {size} octets au lieu de {page * pages}.",
            "Reprenez une copie intègre ; ce fichier n'a pas été modifié.",
        )


def _header(path: Path) -> tuple[bytes, int]:
    """First bytes and size; FileNotFoundError for what is not a plain file."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        return file.read(_HEADER), path.stat().st_size


def _pending(path: Path) -> bool:
    """True when another connection left, or is writing, what is not yet in the file."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def _free_sides(path: Path) -> None:
    """Give side files the rights of the dossier: made while it was read-only, they would block it.

    SQLite makes them with the rights the file has at that moment.
    """
    for name in _SIDES:
        side = path.with_name(path.name + name)
        with suppress(OSError):
            if side.stat().st_mode != path.stat().st_mode:
                side.chmod(path.stat().st_mode & 0o777)


def _name_limit(folder: Path) -> int:
    try:
        return os.pathconf(folder, "PC_NAME_MAX") if hasattr(os, "pathconf") else 255
    except OSError:
        return 255


def _sync_folder(folder: Path) -> None:
    """The folder's own list of names reaches the disk too, where the system allows it."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
