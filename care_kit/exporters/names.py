"""File names that every system accepts: ASCII, short, never reserved, never colliding."""

import re
import unicodedata
from collections import defaultdict

_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\.|$)", re.IGNORECASE)
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
_LONGEST_NAME = 60
_LONGEST_SUFFIX = 10


def safe(text: str, default: str = "sans_nom") -> str:
    """An ASCII file name close to `text`, its extension kept, at most sixty characters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    name = _UNSAFE.sub("_", plain).strip("._- ")
    stem, dot, suffix = name.rpartition(".")
    if dot and len(suffix) <= _LONGEST_SUFFIX:
        name = stem[: _LONGEST_NAME - len(suffix) - 1].rstrip("._- ") + dot + suffix
    else:
        name = name[:_LONGEST_NAME].rstrip("._- ")
    if _RESERVED.match(name):
        name = f"_{name}"
    return name or default


class Numbered:
    """Gives each file a numbered path in its folder, so that two equal names never collide.

    Folders are told apart without regard to letter case, as Windows does.
    """

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}
        self._counts: dict[str, int] = defaultdict(int)

    def path(self, folder: str, name: str) -> str:
        """`<folder>/<nn>_<name>` with both parts made safe."""
        spelling = safe(folder, "divers")
        key = spelling.lower()
        kept = self._folders.setdefault(key, spelling)
        self._counts[key] += 1
        return f"{kept}/{self._counts[key]:02d}_{safe(name, 'piece')}"
