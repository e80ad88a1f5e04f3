"""The files of a collection, from a folder or from a zip, never written to disk."""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from care_kit.model.formats.archive import entry_fault
from care_kit.probes.imports.refusals import refused

Opener = Callable[[], IO[bytes]]

MAX_FILES = 20_000
MAX_TOTAL = 16 * 1024**3
MAX_RATIO = 400
_RATIO_MATTERS_FROM = 10_000_000
_BROKEN_ZIP = (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError)
_BROKEN_ENTRY = (zipfile.BadZipFile, OSError, EOFError, zlib.error)


class Source:
    """Files by their relative name, `/` between folders; `files` tells how each is opened."""

    def __init__(self, label: str, files: Mapping[str, Opener]) -> None:
        self.label = label
        self._files = files

    @property
    def names(self) -> tuple[str, ...]:
        """Every file, in name order."""
        return tuple(sorted(self._files))

    def find(self, name: str) -> str | None:
        """The file of that name, whatever its letter case."""
        wanted = name.casefold()
        return next((one for one in self._files if one.casefold() == wanted), None)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes of a file; InputError when they cannot be read."""
        try:
            with self._files[name]() as stream:
                yield stream
        except _BROKEN_ENTRY as cause:
            raise refused(
                f"{self.label}/{name}", "est illisible ou abîmé", "Copiez la collecte à nouveau."
            ) from cause


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """The collection at `path`, a folder or a zip; InputError when it is neither or hostile."""
    if path.is_dir():
        yield Source(path.name, _folder(path))
        return
    if not path.is_file():
        raise refused(str(path), "n'existe pas", "Indiquez un dossier ou une archive zip.")
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN_ZIP as cause:
        raise refused(
            path.name, "n'est pas une archive zip lisible", "Indiquez un dossier ou un zip."
        ) from cause
    with archive:
        yield Source(path.name, _entries(path.name, archive))


def _folder(root: Path) -> dict[str, Opener]:
    top = root.resolve()
    found: dict[str, Opener] = {}
    total = 0
    for file in root.rglob("*"):
        # A link could lead anywhere on the station: only what lies in the folder is read.
        if not file.is_file() or not file.resolve().is_relative_to(top):
            continue
        found[file.relative_to(root).as_posix()] = partial(_opened, file)
        total += file.stat().st_size
        _bound(root.name, len(found), total)
    return found


def _opened(file: Path) -> IO[bytes]:
    return file.open("rb")


def _entries(label: str, archive: zipfile.ZipFile) -> dict[str, Opener]:
    found: dict[str, Opener] = {}
    total = 0
    for one in archive.infolist():
        if one.is_dir():
            continue
        _harmless(label, one)
        name = one.filename.replace("\\", "/")
        if name in found:
            raise _hostile(label, "contient deux fichiers du même nom")
        found[name] = partial(archive.open, one)
        total += one.file_size
        _bound(label, len(found), total)
    return found


def _harmless(label: str, one: zipfile.ZipInfo) -> None:
    name = one.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise _hostile(label, "contient un chemin dangereux")
    if why := entry_fault(one, MAX_RATIO, _RATIO_MATTERS_FROM):
        raise _hostile(label, why)


def _bound(label: str, files: int, total: int) -> None:
    if files > MAX_FILES:
        raise _hostile(label, f"contient plus de {MAX_FILES} fichiers")
    if total > MAX_TOTAL:
        raise _hostile(label, f"dépasse {MAX_TOTAL // 1024**3} Gio une fois extrait")


def _hostile(label: str, why: str) -> Exception:
    return refused(label, why, "Indiquez la collecte telle que l'outil l'a écrite.")
