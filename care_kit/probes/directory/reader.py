"""Runs one search: pages, ranges, and the entries they give."""

from collections.abc import Iterator, Mapping
from typing import Any

from care_kit.model.directory_facts import DirectoryEntry
from care_kit.probes.directory.searches import BASE, ROOT_ATTRIBUTES, SD_FLAGS, Search

PAGE = 1000
_MAX_PAGES = 10_000
_MAX_RANGES = 10_000
_PAGED_RESULTS = "1.2.840.113556.1.4.319"
# BER of SEQUENCE { 7 }: owner, group and permissions. With 15, or without this control, an
# ordinary account gets no descriptor at all.
_DESCRIPTORS = [(SD_FLAGS, False, b"\x30\x03\x02\x01\x07")]
_DESCRIPTOR = "ntsecuritydescriptor"


class EndlessAnswerError(Exception):
    """The server keeps announcing more results without end."""


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
    cookie: bytes | None = None
    controls = _DESCRIPTORS if search.descriptors else None
    known: dict[tuple[bytes, ...], tuple[bytes, ...]] = {}
    for _ in range(_MAX_PAGES):
        connection.search(
            search.base,
            search.filter,
            search_scope=search.scope,
            attributes=list(search.attributes),
            paged_size=PAGE,
            paged_cookie=cookie,
            controls=controls,
        )
        cookie = _next_page(connection)
        for found in list(_objects(connection)):
            attributes = _whole(connection, found["dn"], found["raw_attributes"])
            if _DESCRIPTOR in attributes:  # thousands of objects share a few of them
                same = attributes[_DESCRIPTOR]
                attributes[_DESCRIPTOR] = known.setdefault(same, same)
            yield DirectoryEntry(found["dn"], search.part, attributes)
        if not cookie:
            return
    raise EndlessAnswerError


def _objects(connection: Any) -> Iterator[dict[str, Any]]:
    """Entries of the last answer; referrals to other domains are not followed."""
    return (one for one in connection.response or () if one["type"] == "searchResEntry")


def _next_page(connection: Any) -> bytes | None:
    control = connection.result.get("controls", {}).get(_PAGED_RESULTS)
    return control["value"]["cookie"] if control else None


def _whole(
    connection: Any, dn: str, raw: Mapping[str, list[bytes]]
) -> dict[str, tuple[bytes, ...]]:
    """Lower-case names; values that came as a range (`member;range=0-1499`) are completed."""
    whole: dict[str, tuple[bytes, ...]] = {}
    for key, values in raw.items():
        name, _, option = key.lower().partition(";range=")
        if option and not option.endswith("-*"):
            values = [*values, *_rest(connection, dn, name, len(values))]
        if values:
            whole[name] = tuple(values)
    return whole


def _rest(connection: Any, dn: str, name: str, start: int) -> Iterator[bytes]:
    for _ in range(_MAX_RANGES):
        wanted = f"{name};range={start}-*"
        connection.search(dn, "(objectClass=*)", search_scope=BASE, attributes=[wanted])
        answers = [found["raw_attributes"] for found in _objects(connection)]
        key, values = next(iter(answers[0].items())) if answers and answers[0] else ("-*", [])
        yield from values
        start += len(values)
        if key.endswith("-*") or not values:
            return
    raise EndlessAnswerError
