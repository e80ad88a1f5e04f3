"""Columns of a sheet found by the meaning of their headings, in any order.

A heading may be written otherwise (case, accents composed or not, spaces, one slip in a word) or in
another word of the same meaning. What is not there is not empty: the caller leaves it as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from care_kit.model.words.errors import InputError
from care_kit.model.words.french import listed
from care_kit.model.words.text import folded

_LONG = 5
"""Letters from which one slip leaves a word recognisable."""


@dataclass(frozen=True)
class Columns:
    """Rank of the column of each field found; `unknown` headings are of none."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]

    def fields(self, row: Sequence[str]) -> dict[str, str]:
        """What a row says of each field found."""
        return {name: row[at] if at < len(row) else "" for name, at in self.places.items()}


def columns(
    headings: Sequence[str], known: Mapping[str, Sequence[str]], name: str, ours: Sequence[str] = ()
) -> Columns:
    """The columns of a sheet called `name`; `known` gives the headings each field may bear.

    `ours` are headings that we write and do not read back. InputError when two columns are of the
    same field: which one to read is not known.
    """
    places: dict[str, int] = {}
    unknown: list[str] = []
    passed = {folded(one) for one in ours}
    for rank, heading in enumerate(headings):
        field = _field(heading, known)
        if field is None:
            unknown += [heading] if folded(heading) and folded(heading) not in passed else []
        elif field in places:
            raise InputError(
                f"« {name} » a deux colonnes pour « {known[field][0]} » : « "
                f"{headings[places[field]]} » et « {heading} ».",
                "Gardez-en une seule.",
            )
        else:
            places[field] = rank
    return Columns(places, tuple(unknown))


def left_aside(columns: Columns, known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What was not read, as French sentences: headings of no field, fields without a column."""
    told = []
    if columns.unknown:
        told.append(f"Colonnes laissées de côté : {listed(columns.unknown)}.")
    absent = [known[field][0] for field in known if field not in columns.places]
    if absent:
        told.append(f"Colonnes absentes, laissées comme elles étaient : {listed(absent)}.")
    return tuple(told)


def _field(heading: str, known: Mapping[str, Sequence[str]]) -> str | None:
    words = folded(heading).split()
    for near in (False, True):
        for field, names in known.items():
            if any(_same(words, folded(one).split(), near=near) for one in names):
                return field
    return None


def _same(words: Sequence[str], others: Sequence[str], *, near: bool) -> bool:
    return (
        bool(words)
        and len(words) == len(others)
        and all(
            one == other or (near and _one_slip(one, other))
            for one, other in zip(words, others, strict=True)
        )
    )


def _one_slip(one: str, other: str) -> bool:
    """True when a letter more, less or changed makes one long word the other."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG or len(long) - len(short) > 1:
        return False
    at = next((rank for rank, letter in enumerate(short) if letter != long[rank]), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]
