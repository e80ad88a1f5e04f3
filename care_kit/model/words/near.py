"""An identifier nobody declared: the sentence that refuses it names those it resembles."""

from collections.abc import Iterable

_SHOWN = 3
_COMPARED = 30


def near(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """At most three known identifiers that resemble `typed`, the nearest first."""
    from difflib import SequenceMatcher, get_close_matches  # only a wrong identifier pays for it

    wanted = typed.strip().casefold()
    by_case = {one.casefold(): one for one in known}
    found = get_close_matches(wanted, list(by_case), n=_COMPARED)
    found.sort(key=lambda one: (-SequenceMatcher(None, one, wanted).ratio(), one))
    return tuple(by_case[one] for one in found[:_SHOWN])


def unknown(sentence: str, typed: str, known: Iterable[str]) -> str:
    """The mend of an unknown identifier, ended by those it resembles when there are some."""
    found = near(typed, known)
    return f"{sentence}, proche de {', '.join(found)}" if found else sentence
