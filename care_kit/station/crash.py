"""What is kept of a failure of the program: where it broke, and nothing of the dossier.

Neither messages nor values: an exception's text may quote an answer, an account or a host.
"""

import platform
import sys
import traceback
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from platformdirs import user_log_dir

import care_kit
from care_kit.model.words.errors import CareError, ProgramError
from care_kit.station.writing import folder as folder_made
from care_kit.station.writing import write_file

_PACKAGE = Path(care_kit.__file__).parent
_VERSIONS = ("textual", "sqlalchemy", "pydantic", "ldap3")


def told(error: BaseException, again: str) -> ProgramError:
    """The failure as it is told to the person, once its report is written.

    `again` is what to start again, as it is typed.
    """
    file = write(error)
    kept = f" Rapport sans donnée personnelle : {file}" if file else ""
    return ProgramError(
        "care-kit s'est arrêté sur une erreur interne ; "
        f"ce qui était enregistré l'est resté.{kept}",
        f"Relancez « {again} » ; joignez ce rapport si vous signalez l'erreur.",
    )


def write(error: BaseException, folder: Path | None = None) -> Path | None:
    """Write the report; its path, None when no place takes it."""
    text = "\n".join(_lines(error)) + "\n"
    at = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for place in (folder or Path(user_log_dir("care-kit", appauthor=False)), Path.cwd()):
        try:
            return write_file(folder_made(place) / f"care-kit-panne-{at}.txt", text.encode("utf-8"))
        except CareError:
            continue
    return None


def _lines(error: BaseException) -> list[str]:
    lines = [
        "care-kit : rapport de panne",
        "Ce fichier ne contient ni réponse, ni nom, ni adresse.",
        f"care-kit {care_kit.__version__}",
        f"Python {platform.python_version()}, {sys.platform}",
        *(f"{name} {_version(name)}" for name in _VERSIONS),
    ]
    while True:
        lines += ["", f"Erreur : {type(error).__module__}.{type(error).__name__}"]
        lines += _frames(error)
        cause = error.__cause__ or error.__context__
        if cause is None:
            return lines
        error = cause


def _frames(error: BaseException) -> list[str]:
    """Files and lines of our own package, from the outermost call."""
    return [
        f"  care_kit/{Path(frame.filename).relative_to(_PACKAGE).as_posix()}:{frame.lineno} "
        f"({frame.name})"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_PACKAGE)
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
