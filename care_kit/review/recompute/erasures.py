"""Which names were replaced in the texts of a redacted package: told by comparing with the journal.

A text of the journal and the same text as printed may only differ where a label stands for a name.
"""

import re
from collections.abc import Iterator
from typing import Any

from care_kit.exporters.pseudonyms import Kind
from care_kit.model.formats.pseudonym import DIGITS
from care_kit.model.words.french import cut
from care_kit.model.words.text import printable
from care_kit.review.codes import Code
from care_kit.review.recompute.places import place
from care_kit.review.verification import Problem

_LABEL = re.compile(rf"(?:{'|'.join(one.value for one in Kind)})-[0-9a-f]{{{DIGITS}}}")
_LONGEST_NAME = 300
_TYPED = frozenset(
    {"comment", "explanation", "label", "name", "owner", "reason", "reference", "signed_by"}
    | {"source", "supplier", "text", "title", "typed"}
)
Path = tuple[str, ...]


class Erasures:
    """Texts as printed, by text of the journal; `problems` name those that say something else."""

    def __init__(self, journal: Any, printed: Any, file: str) -> None:
        self._printed: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self.problems: list[Problem] = []
        for path, original, text in _texts(journal, printed, ()):
            if path[-1] in _TYPED and self._stands_for(original, text):
                self._printed[original] = text
            elif path[-1] in _TYPED:
                self.problems.append(
                    Problem(
                        file,
                        f"{place(('state', *path))} : le texte imprimé n'est pas celui du journal.",
                        Code.REDACTION,
                        place(("state", *path)),
                        cut(printable(text), 200),
                        cut(printable(original), 200),
                    )
                )

    def erase(self, text: str) -> str:
        """The text as the package prints it."""
        return self._printed.get(text, text)

    def _stands_for(self, original: str, printed: str) -> bool:
        """Literal parts follow one another in the original; each gap is a name with one label."""
        parts, labels = _LABEL.split(printed), _LABEL.findall(printed)
        if not labels or not original.startswith(parts[0]):
            return original == printed
        at, gaps = len(parts[0]), []
        for rank, part in enumerate(parts[1:], 1):
            last = rank == len(labels)
            start = len(original) - len(part) if last else original.find(part, at + 1)
            if start <= at or (last and not original.endswith(part)):
                return False
            gaps.append(original[at:start])
            at = start + len(part)
        return all(map(self._is_name, gaps, labels))

    def _is_name(self, gap: str, label: str) -> bool:
        known = self._names.setdefault(label, gap.strip().casefold())
        return len(gap) <= _LONGEST_NAME and not gap.isalpha() and known == gap.strip().casefold()


def _texts(
    one: Any, other: Any, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Texts at the same place that differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() & other.keys()):
            yield from _texts(one[key], other[key], (*path, key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for rank, (first, second) in enumerate(zip(one, other, strict=True)):
            yield from _texts(first, second, (*path, str(rank)))
    elif isinstance(one, str) and isinstance(other, str) and one != other and path:
        yield path, one, other
