"""The files of a bag below its root, once what a system dropped beside them is told apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from care_kit.model.words.french import counted, listed
from care_kit.model.words.text import shown
from care_kit.review.codes import Code
from care_kit.review.verification import ENVELOPE, Problem

_DROPPED = frozenset({".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", ".directory"})
_SHOWN = 3


@dataclass(frozen=True)
class Rooted:
    """Where each file of the bag is, by its path in the bag; `notes` say what was left aside."""

    top: str
    paths: dict[str, str]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def rooted(names: Iterable[str], root: str, top: str) -> Rooted:
    """Files below `root` ("" or a path that ends with a slash); others are problems."""
    paths: dict[str, str] = {}
    problems: list[Problem] = []
    dropped: list[str] = []
    for name in names:
        if _is_dropped(name):
            dropped.append(shown(name))
        elif name.startswith(root):
            paths[name.removeprefix(root)] = name
        else:
            why = f"« {shown(name)} » est hors du dossier du paquet."
            problems.append(Problem(ENVELOPE, why, Code.ZIP_TOP))
    notes = []
    if dropped:
        said = listed(tuple(dropped[:_SHOWN]), len(dropped) - _SHOWN)
        notes.append(
            f"{counted(len(dropped), 'fichier')} du système de ce poste ({said}), sans rapport "
            "avec le paquet : à ignorer ou à supprimer."
        )
    if not root and not top:
        notes.append("Le zip n'a plus son dossier de tête ; son contenu est vérifié tel quel.")
    return Rooted(top or root.rstrip("/"), paths, tuple(problems), tuple(notes))


def _is_dropped(name: str) -> bool:
    """Files that macOS and Windows leave in the folders they show."""
    parts = name.split("/")
    return parts[-1] in _DROPPED or parts[-1].startswith("._") or parts[0] == "__MACOSX"
