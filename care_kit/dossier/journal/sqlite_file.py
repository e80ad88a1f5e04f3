"""What is particular to SQLite: pragmas, transactions, damage, and its messages in French."""

import struct
from pathlib import Path
from typing import Any

from care_kit.model.words.errors import DossierError

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_MENDS = {
    "malformed": ("est endommagé", "Reprenez une copie intègre ; ce fichier n'a pas été modifié."),
    "not a database": (
        "n'est pas un dossier care-kit",
        "Vérifiez le nom du fichier, ou reprenez une copie intègre.",
    ),
    "disk is full": (
        "n'a pas pu être écrit : le disque est plein",
        "Libérez de la place puis recommencez ; rien d'enregistré n'est perdu.",
    ),
    "readonly": (
        "est en lecture seule",
        "Copiez-le dans un dossier où vous avez le droit d'écrire.",
    ),
    "locked": (
        "est en cours d'écriture par un autre programme",
        "Fermez l'autre fenêtre ou attendez quelques secondes, puis recommencez.",
    ),
    "unable to open": (
        "ne peut pas être ouvert",
        "Vérifiez que le dossier parent existe et que vous avez le droit d'y écrire.",
    ),
    "no such table": (
        "n'est pas un dossier care-kit",
        "Vérifiez le nom du fichier, ou créez un dossier avec « care init ».",
    ),
}


def prepare(connection: Any, _record: object) -> None:
    """Pragmas of each new connection; transactions are begun by `begin`, not by the driver."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def begin(connection: Any) -> None:
    """Take the write lock at once: two writers queue instead of failing half-way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def explained(name: str, message: str) -> DossierError:
    """The French error for a message of the database driver."""
    for mark, (what, mend) in _MENDS.items():
        if mark in message:
            return DossierError(f"Le dossier « {name} » {what}.", mend)
    return DossierError(
        f"Le dossier « {name} » ne peut pas être lu ou écrit ({message}).",
        "Vérifiez le support et vos droits, ou reprenez une copie intègre.",
    )


def refuse_damaged(path: Path) -> None:
    """Raise DossierError when the file is absent, is not SQLite, or was cut short.

    SQLite writes its length in pages in its own header: a shorter file lost its end. A pending
    side file (`-wal`) may legitimately hold that end, so the test waits until there is none.
    """
    if not path.is_file():
        raise DossierError(
            f"Le dossier « {path} » n'existe pas.",
            "Vérifiez le chemin, ou créez-le avec « care init ».",
        )
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise explained(str(path), "not a database")
    wal = path.with_name(path.name + "-wal")
    if wal.is_file() and wal.stat().st_size:
        return
    page = struct.unpack(">H", header[16:18])[0]
    page = 65536 if page == 1 else page
    changes, pages = struct.unpack(">I", header[24:28])[0], struct.unpack(">I", header[28:32])[0]
    valid_for = struct.unpack(">I", header[92:96])[0]
    if changes == valid_for and path.stat().st_size < page * pages:
        raise DossierError(
            f"Le dossier « {path} » est tronqué : "
            f"{path.stat().st_size} octets au lieu de {page * pages}.",
            "Reprenez une copie intègre ; ce fichier n'a pas été modifié.",
        )
