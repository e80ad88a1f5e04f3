"""Files that appear under their name only once whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from care_kit.model.words.errors import InputError, PackageError


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """A stream whose content becomes `target` when the block ends well, and nothing otherwise.

    PackageError when the folder is missing, full or closed to writing.
    """
    try:
        draft = NamedTemporaryFile(dir=target.parent, prefix=".brouillon-", delete=False)  # noqa: SIM115
        try:
            with draft:
                yield cast(BinaryIO, draft)
                draft.flush()
                os.fsync(draft.fileno())
            Path(draft.name).replace(target)
        finally:
            Path(draft.name).unlink(missing_ok=True)
    except OSError as cause:
        raise PackageError(
            f"Le fichier « {target} » ne peut pas être écrit : {cause.strerror or cause}.",
            "Vérifiez que le dossier existe, vos droits d'écriture et la place libre.",
        ) from cause


def folder(path: Path) -> Path:
    """The folder to write in, created when it does not exist; InputError when it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise InputError(
            f"Le dossier « {path} » ne peut pas être créé.", "Choisissez un autre dossier."
        ) from cause
    return path
