"""What SQLite complains of, in French, with the next step."""

import errno
import shutil
import sqlite3
from pathlib import Path

from care_kit.model.words.errors import DossierError

_KEPT = "Libérez de la place puis recommencez ; rien d'enregistré n'est perdu."
_COPY = "Reprenez une copie intègre ; ce fichier n'a pas été modifié."
_FULL = ("n'a pas pu être écrit : le disque est plein", _KEPT)
_MENDS = {
    "SQLITE_CORRUPT": ("est endommagé", _COPY),
    "SQLITE_IOERR_SHORT_READ": ("est endommagé", _COPY),
    "SQLITE_NOTADB": (
        "n'est pas un dossier care-kit",
        "Vérifiez le nom du fichier, ou reprenez une copie intègre.",
    ),
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": (
        "est en lecture seule",
        "Copiez-le dans un dossier où vous avez le droit d'écrire.",
    ),
    "SQLITE_BUSY": (
        "est en cours d'écriture par un autre programme",
        "Fermez l'autre fenêtre ou attendez quelques secondes, puis recommencez.",
    ),
    "SQLITE_CANTOPEN": (
        "ne peut pas être ouvert",
        "Vérifiez que le dossier parent existe et que vous avez le droit d'y écrire.",
    ),
    "SQLITE_PERM": ("ne peut pas être ouvert", "Vérifiez vos droits sur le fichier."),
    "SQLITE_TOOBIG": (
        "ne peut pas recevoir un contenu aussi grand",
        "Découpez la pièce, ou joignez-en un extrait.",
    ),
}
_SYSTEM = {
    errno.ENOSPC: "SQLITE_FULL",
    errno.EDQUOT: "SQLITE_FULL",
    errno.EROFS: "SQLITE_READONLY",
    errno.EACCES: "SQLITE_PERM",
    errno.EPERM: "SQLITE_PERM",
    errno.ENOENT: "SQLITE_CANTOPEN",
}
# Families that a full disk shows up as, when it is the side files that find no room.
_PERHAPS_FULL = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_PROTOCOL")
_LEAST_ROOM = 200_000
"""Bytes: below, a side file of SQLite and one event may not fit."""


def explained(name: str, cause: BaseException | None) -> DossierError:
    """The French error for an exception of the driver, or the system, about the dossier `name`."""
    code = str(getattr(cause, "sqlite_errorname", ""))
    if isinstance(cause, OSError):
        code = _SYSTEM.get(cause.errno or 0, "")
    if code.startswith(_PERHAPS_FULL) and _no_room(Path(name)):
        return told(name, *_FULL)
    if "no such table" in str(cause) or "no such column" in str(cause):
        return foreign(name)
    if isinstance(cause, sqlite3.OperationalError) and "decode" in str(cause):
        return damaged(name)
    for mark, (what, mend) in _MENDS.items():
        if code.startswith(mark):
            return told(name, what, mend)
    return told(
        name,
        f"ne peut pas être lu ou écrit ({code or 'cause inconnue'})",
        "Vérifiez le support et vos droits, ou reprenez une copie intègre.",
    )


def damaged(name: str) -> DossierError:
    """The file is a dossier, but some of its bytes are not what was written."""
    return told(name, *_MENDS["SQLITE_CORRUPT"])


def not_a_database(name: str) -> DossierError:
    """The file is of another kind."""
    return told(name, *_MENDS["SQLITE_NOTADB"])


def foreign(name: str) -> DossierError:
    """The file is a database, but no dossier."""
    return told(
        name,
        "n'est pas un dossier care-kit",
        "Vérifiez le nom du fichier, ou créez un dossier avec « care init ».",
    )


def told(name: str, what: str, mend: str) -> DossierError:
    """A sentence whose subject is the dossier."""
    return DossierError(f"Le dossier « {name} » {what}.", mend)


def _no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False
