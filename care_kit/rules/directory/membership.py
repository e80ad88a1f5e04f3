"""Who belongs to what: nested groups, primary groups, principals of other domains."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from care_kit.model.directory_facts import DirectoryEntry
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
    return "group" in entry.texts("objectClass")


class Membership:
    """The graph of groups of one domain, built once."""

    def __init__(self, principals: Iterable[DirectoryEntry]) -> None:
        self.by_dn: dict[str, DirectoryEntry] = {fold(one.dn): one for one in principals}
        self._primary: dict[int, list[str]] = defaultdict(list)
        self._parents: dict[str, set[str]] = defaultdict(set)
        primary_groups: dict[int, str] = {}
        for dn, entry in self.by_dn.items():
            group = entry.integer("primaryGroupID")
            if group is not None:
                self._primary[group].append(dn)
            own = entry.sid or ""
            if is_group(entry) and own.startswith(_DOMAIN_SIDS):
                primary_groups[flags.rid(own)] = dn
            for member in entry.texts("member"):
                self._parents[fold(member)].add(dn)
        for number, dn in primary_groups.items():
            for account in self._primary.get(number, ()):
                self._parents[account].add(dn)

    def direct(self, group: DirectoryEntry) -> list[str]:
        """Folded DNs of the members of a group, by `member` and by primary group."""
        own = group.sid or ""
        primary = self._primary.get(flags.rid(own), []) if own.startswith(_DOMAIN_SIDS) else []
        return [*(fold(dn) for dn in group.texts("member")), *primary]

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

    def ancestors(self, account: DirectoryEntry) -> tuple[DirectoryEntry, ...]:
        """Every group the account belongs to, directly or not."""
        seen: set[str] = set()
        waiting = [fold(account.dn)]
        while waiting:
            for parent in self._parents.get(waiting.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        return tuple(self.by_dn[dn] for dn in sorted(seen))

    def nested_groups(self) -> Mapping[str, list[str]]:
        """Each group's member groups, by folded DN."""
        return {
            dn: [one for one in map(fold, entry.texts("member")) if self._holds_group(one)]
            for dn, entry in self.by_dn.items()
            if is_group(entry)
        }

    def _holds_group(self, dn: str) -> bool:
        entry = self.by_dn.get(dn)
        return entry is not None and is_group(entry)
