"""One word of a short list, as people type it."""

from collections.abc import Mapping
from typing import TypeVar

from care_kit.model.words.errors import InputError

T = TypeVar("T")


def chosen(known: Mapping[str, T], typed: str, what: str) -> T:
    """What bears the name `typed`, whatever its letter case; InputError with every name.

    `what` ends the French sentence « … n'est pas … ».
    """
    found = known.get(typed.strip().casefold())
    if found is None:
        raise InputError(
            f"« {typed} » n'est pas {what}.", f"Choisissez parmi : {', '.join(known)}."
        )
    return found
