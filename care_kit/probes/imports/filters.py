"""LDAP filters as predicates: imported objects are chosen as a server would have chosen them.

Only what our own searches use: and, or, not, presence, equality, `*` inside a value.
"""

from collections.abc import Callable, Mapping

Attributes = Mapping[str, tuple[bytes, ...]]
Predicate = Callable[[Attributes], bool]


def matcher(text: str) -> Predicate:
    """The predicate of a filter of ours; ValueError when it is not one of those forms."""
    predicate, end = _parse(text, 0)
    if end != len(text):
        raise ValueError(f"unread filter text at {end}: {text}")
    return predicate


def _parse(text: str, at: int) -> tuple[Predicate, int]:
    if text[at : at + 1] != "(":
        raise ValueError(f"a parenthesis is expected at {at}: {text}")
    operator = text[at + 1 : at + 2]
    if operator in ("&", "|", "!"):
        parts, at = _list(text, at + 2)
        return _combined(operator, parts), at + 1
    end = text.index(")", at)
    name, separator, value = text[at + 1 : end].partition("=")
    if not separator or name.endswith(("<", ">", "~", ":")):
        raise ValueError(f"unknown filter item: {text[at:end]}")
    return _item(name.lower(), value.casefold()), end + 1


def _list(text: str, at: int) -> tuple[list[Predicate], int]:
    parts = []
    while text[at : at + 1] == "(":
        part, at = _parse(text, at)
        parts.append(part)
    return parts, at


def _combined(operator: str, parts: list[Predicate]) -> Predicate:
    if operator == "&":
        return lambda attributes: all(part(attributes) for part in parts)
    if operator == "|":
        return lambda attributes: any(part(attributes) for part in parts)
    return lambda attributes: not parts[0](attributes)


def _item(name: str, value: str) -> Predicate:
    if value == "*":
        # Every object has a class, even one whose class was not collected.
        return lambda attributes: name == "objectclass" or name in attributes
    pieces = value.split("*")
    return lambda attributes: any(
        _fits(raw.decode("utf-8", "replace").casefold(), pieces) for raw in attributes.get(name, ())
    )


def _fits(value: str, pieces: list[str]) -> bool:
    if len(pieces) == 1:
        return value == pieces[0]
    first, *middle, last = pieces
    if not value.startswith(first) or not value.endswith(last):
        return False
    at, limit = len(first), len(value) - len(last)
    for piece in middle:
        found = value.find(piece, at, limit)
        if found < 0:
            return False
        at = found + len(piece)
    return at <= limit
