"""Things found by the start of their identifier, as people type it."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from care_kit.model.words.errors import InputError

SHORT = 8
"""Characters of an identifier that lists show."""


class Identified(Protocol):
    """Whatever bears an identifier."""

    @property
    def id(self) -> str:
        """The identifier."""
        ...


T = TypeVar("T", bound=Identified)


def find(items: Iterable[T], typed: str, noun: str, listing: str, *, feminine: bool = False) -> T:
    """The one whose id starts with `typed`; InputError when none or several do.

    `noun` is its French name in the singular, `listing` the command that lists them.
    """
    start = typed.strip().lower()
    found = [one for one in items if start and one.id.lower().startswith(start)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            f"{'Aucune' if feminine else 'Aucun'} {noun} ne commence par « {typed} ».",
            f"« {listing} » montre le début des identifiants.",
        )
    raise InputError(
        f"« {typed} » désigne {len(found)} {noun}s.", "Écrivez quelques caractères de plus."
    )
