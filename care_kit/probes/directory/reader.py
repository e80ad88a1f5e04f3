"""Runs one search: the entries it gives, with their values whole."""

from collections.abc import Iterator
from typing import Any

from ldap3.core.exceptions import LDAPNoSuchObjectResult

from care_kit.model.facts.directory import DirectoryEntry
from care_kit.probes.directory.entry import MalformedAnswerError, decode
from care_kit.probes.directory.pages import EndlessAnswerError, pages
from care_kit.probes.directory.searches import BASE, ROOT_ATTRIBUTES, Search

_MAX_RANGES = 10_000
_DESCRIPTOR = "ntsecuritydescriptor"


def root(connection: Any) -> dict[str, tuple[str, ...]]:
    """The rootDSE attributes as text."""
    connection.search("", "(objectClass=*)", search_scope=BASE, attributes=list(ROOT_ATTRIBUTES))
    for found in _objects(connection):
        return {
            name: tuple(value.decode("utf-8", "replace") for value in values)
            for name, values in sorted(found["raw_attributes"].items())
        }
    return {}


def entries(connection: Any, search: Search) -> Iterator[DirectoryEntry]:
    """Every object of a search, one page at a time; multi-valued attributes come whole."""
    known: dict[tuple[bytes, ...], tuple[bytes, ...]] = {}
    for page in pages(connection, search):
        for message in page:
            dn, raw = decode(message)
            attributes = _whole(connection, dn, raw)
            if _DESCRIPTOR in attributes:  # thousands of objects share a few of them
                same = attributes[_DESCRIPTOR]
                attributes[_DESCRIPTOR] = known.setdefault(same, same)
            yield DirectoryEntry(dn, search.part, attributes)


def _objects(connection: Any) -> Iterator[dict[str, Any]]:
    """Entries of the last answer; referrals to other domains are not followed."""
    return (one for one in connection.response or () if one["type"] == "searchResEntry")


def _whole(connection: Any, dn: str, raw: dict[str, list[bytes]]) -> dict[str, tuple[bytes, ...]]:
    """Values that came as a range (`member;range=0-1499`) are completed."""
    whole: dict[str, tuple[bytes, ...]] = {}
    for key, values in raw.items():
        name, _, option = key.partition(";range=")
        if option and not option.endswith("-*"):
            values.extend(_rest(connection, dn, name, len(values)))
        if values:
            whole[name] = tuple(values)
    return whole


def _rest(connection: Any, dn: str, name: str, start: int) -> Iterator[bytes]:
    for _ in range(_MAX_RANGES):
        wanted = f"{name};range={start}-*"
        try:
            connection.search(dn, "(objectClass=*)", search_scope=BASE, attributes=[wanted])
        except LDAPNoSuchObjectResult as gone:  # removed meanwhile: not an absent base
            raise MalformedAnswerError from gone
        key, values = _ranged(connection, name)
        yield from values
        start += len(values)
        if key.endswith("-*"):
            return
    raise EndlessAnswerError


def _ranged(connection: Any, name: str) -> tuple[str, list[bytes]]:
    """The range that came, and its values; without them the attribute would be silently cut."""
    for found in _objects(connection):
        for key, values in found["raw_attributes"].items():
            if values and key.lower().startswith(f"{name};range="):
                return key, values
    raise MalformedAnswerError
