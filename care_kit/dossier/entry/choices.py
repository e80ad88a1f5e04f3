"""One word of a short list, as people type it."""

from collections.abc import Mapping
from typing import TypeVar

from care_kit.model.words.errors import InputError
from care_kit.model.words.text import folded

T = TypeVar("T")


def chosen(known: Mapping[str, T], typed: str, what: str) -> T:
    """What bears the name `typed`, whatever its case and accents; InputError with every name.

    `what` ends the French sentence « … n'est pas … ».
    """
    found = {folded(key): one for key, one in known.items()}.get(folded(typed))
    if found is None:
        raise InputError(
            f"« {typed} » n'est pas {what}.", f"Choisissez parmi : {', '.join(known)}."
        )
    return found
