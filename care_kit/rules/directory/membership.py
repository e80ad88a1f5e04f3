"""Who belongs to what: nested groups, primary groups, principals of other domains."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory import flags

_DOMAIN_SIDS = "S-1-5-21-"


@dataclass(frozen=True)
class Members:
    """Accounts reached from some groups; `unresolved` are member DNs that were not read.

    `groups` are those groups and every group nested in them.
    """

    accounts: tuple[DirectoryEntry, ...]
    unresolved: tuple[str, ...]
    groups: tuple[DirectoryEntry, ...] = ()

    @property
    def dns(self) -> frozenset[str]:
        """Folded DNs of the accounts."""
        return frozenset(fold(one.dn) for one in self.accounts)


def fold(dn: str) -> str:
    """DNs compare without case."""
    return dn.casefold()


def is_group(entry: DirectoryEntry) -> bool:
    """Whether the entry is a group."""
    return "group" in entry.classes


class Membership:
    """The graph of groups of one domain, built once."""

    def __init__(
        self, principals: Mapping[str, DirectoryEntry], beside: Sequence["Membership"] = ()
    ) -> None:
        """`principals` by folded DN; `beside` are the graphs of other domains of the forest."""
        self._beside = beside
        self.by_dn: dict[str, DirectoryEntry] = {}
        for one in beside:
            self.by_dn |= one.by_dn
        self.by_dn |= principals
        self._groups = {dn: one for dn, one in principals.items() if is_group(one)}
        self._primary: dict[int, list[str]] = defaultdict(list)
        for dn, entry in principals.items():
            number = entry.integer("primaryGroupID")
            if number is not None:
                self._primary[number].append(dn)

    def direct(self, group: DirectoryEntry) -> list[str]:
        """Folded DNs of the members of a group, by `member` and by primary group."""
        for one in self._beside:  # primary groups are numbered within a domain
            if fold(group.dn) in one.by_dn:
                return one.direct(group)
        number = _number(group)
        primary = [] if number is None else self._primary.get(number, [])
        return [*map(fold, group.texts("member")), *primary]

    def members(self, groups: Iterable[DirectoryEntry]) -> Members:
        """Every account reached from these groups, through nested groups and without loops."""
        accounts: dict[str, DirectoryEntry] = {}
        unresolved: set[str] = set()
        seen: set[str] = set()
        waiting = list(groups)
        while waiting:
            group = waiting.pop()
            if fold(group.dn) in seen:
                continue
            seen.add(fold(group.dn))
            for dn in self.direct(group):
                member = self.by_dn.get(dn)
                if member is None:
                    unresolved.add(dn)
                elif is_group(member):
                    waiting.append(member)
                else:
                    accounts[dn] = member
        return Members(
            tuple(accounts[dn] for dn in sorted(accounts)),
            tuple(sorted(unresolved)),
            tuple(self.by_dn[dn] for dn in sorted(seen) if dn in self.by_dn),
        )

    def nested_groups(self) -> Mapping[str, list[str]]:
        """Each group's member groups, by folded DN."""
        return {
            dn: [one for one in map(fold, group.texts("member")) if one in self._groups]
            for dn, group in self._groups.items()
        }


def _number(group: DirectoryEntry) -> int | None:
    """What primaryGroupID holds for its members; None for a built-in group."""
    own = group.sid or ""
    return flags.rid(own) if own.startswith(_DOMAIN_SIDS) else None
