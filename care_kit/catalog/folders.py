"""Content files by folder: those shipped, replaced by name by those of the user's overlay."""

from collections.abc import Callable, Iterable
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from care_kit import resources
from care_kit.catalog import toml_file
from care_kit.model.words.errors import ContentError

T = TypeVar("T")
File = Traversable | Path


class Reader:
    """Reads folders of content, remembering which file each id came from (`origins`)."""

    def __init__(self) -> None:
        self.origins: dict[str, str] = {}

    def folder(
        self, kind: str, under: str, shape: type[T], name: Callable[[T], str]
    ) -> dict[str, T]:
        """Every file of a folder as `shape`, by id; two files with the same id are refused."""
        found: dict[str, T] = {}
        for file in files(kind, under):
            one = toml_file.read(file, shape)
            self.claim(name(one), file)
            found[name(one)] = one
        return found

    def claim(self, content_id: str, file: File) -> None:
        """Remember that `file` declares that id; ContentError when another file already does."""
        if self.origins.get(content_id, str(file)) != str(file):
            raise ContentError(
                f"Dans « {file} », à « id » : « {content_id} » est déjà pris par "
                f"« {self.origins[content_id]} ».",
                "Donnez à ce fichier un identifiant à lui, ou retirez l'un des deux.",
            )
        self.origins[content_id] = str(file)


def files(kind: str, under: str = "") -> list[File]:
    """TOML files of one folder, in name order."""
    return [file for file in _entries(kind, under) if file.name.endswith(".toml")]


def subfolders(kind: str, holding: str) -> list[str]:
    """Names of the folders that hold a file of that name."""
    names = (entry.name for entry in _entries(kind, "") if entry.is_dir())
    return [name for name in names if any(one.name == holding for one in files(kind, name))]


def winner(kind: str, name: str) -> File:
    """The overlay's file of that name, else the shipped one."""
    own = resources.overlay(kind)
    if own is not None and (own / name).is_file():
        return own / name
    return resources.data(kind).joinpath(name)


def _entries(kind: str, under: str) -> Iterable[File]:
    shipped = resources.data(kind).joinpath(under) if under else resources.data(kind)
    by_name: dict[str, File] = {}
    if shipped.is_dir():
        by_name = {entry.name: entry for entry in shipped.iterdir()}
    own = resources.overlay(kind)
    if own is not None and (own / under).is_dir():
        # A folder of the overlay completes the shipped one; only files replace.
        by_name |= {
            entry.name: entry
            for entry in (own / under).iterdir()
            if entry.is_file() or entry.name not in by_name
        }
    return [by_name[name] for name in sorted(by_name)]
