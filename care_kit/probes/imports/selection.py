"""Keeps, of a foreign collection, exactly what the live probe would have asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from care_kit.model.facts.directory import DirectoryEntry
from care_kit.probes.directory.searches import BASE, LEVEL, Search
from care_kit.probes.imports.filters import Attributes, matcher


@dataclass(frozen=True, slots=True)
class Collected:
    """One object of a foreign collection: attributes by lower-case name, values as LDAP bytes."""

    dn: str
    attributes: Attributes


class Contexts:
    """The naming contexts of a forest: a search never crosses from one to another."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({one.casefold() for one in names}, key=len, reverse=True)

    @classmethod
    def of(cls, objects: Iterable[Collected], *known: str) -> "Contexts":
        """Those `known`, and those that the forest's own cross-references name."""
        told = (raw for one in objects for raw in one.attributes.get("ncname", ()))
        return cls((*known, *(raw.decode("utf-8", "replace") for raw in told)))

    def holding(self, dn: str) -> str:
        """The context that holds that DN, folded; empty when none does."""
        folded = dn.casefold()
        return next((one for one in self._names if folded == one or folded.endswith(f",{one}")), "")


def select(
    objects: Iterable[Collected], searches: Iterable[Search], contexts: Contexts
) -> Iterator[DirectoryEntry]:
    """The entries each search would have returned, with its attributes only."""
    held: dict[str, dict[str, Collected]] = {}
    for one in objects:
        held.setdefault(contexts.holding(one.dn), {})[one.dn.casefold()] = one
    for search in searches:
        wanted = frozenset(name.lower() for name in search.attributes)
        fits = matcher(search.filter)
        for one in _under(held.get(contexts.holding(search.base), {}), search):
            if fits(one.attributes):
                kept = {key: one.attributes[key] for key in one.attributes if key in wanted}
                yield DirectoryEntry(one.dn, search.part, kept)


def wanted_attributes(searches: Iterable[Search]) -> frozenset[str]:
    """Lower-case names of every attribute the searches need, filters included."""
    return frozenset(
        name.lower() for search in searches for name in (*search.attributes, "objectClass")
    )


def _under(by_dn: dict[str, Collected], search: Search) -> Iterator[Collected]:
    base = search.base.casefold()
    if search.scope == BASE:
        if base in by_dn:
            yield by_dn[base]
        return
    for dn, one in by_dn.items():
        if search.scope == LEVEL:
            if dn.endswith(f",{base}") and parent(dn) == base:
                yield one
        elif dn == base or dn.endswith(f",{base}"):
            yield one


def parent(dn: str) -> str:
    """The DN above; an escaped comma belongs to the name."""
    at = dn.find(",")
    while at > 0 and dn[at - 1] == "\\":
        at = dn.find(",", at + 1)
    return dn[at + 1 :] if at >= 0 else ""
