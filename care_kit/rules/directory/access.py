"""Who may take an object over, once those who already command the forest are left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from care_kit.model.facts.directory import DirectoryEntry, Section
from care_kit.model.facts.security_descriptor import Ace, SecurityDescriptor
from care_kit.rules.directory import flags
from care_kit.rules.directory.membership import is_group
from care_kit.rules.directory.rights import REPLICATION, Grant, Kind, grants, owner
from care_kit.rules.directory.view import UntestedError, View, is_computer

ARROW = " → "  # between who, by which right, and over what
_SYSTEM, _ENTERPRISE_CONTROLLERS = "S-1-5-18", "S-1-5-9"
_SELF, _CREATOR = "S-1-5-10", "S-1-3-0"
_TRUSTED = {_SYSTEM, _ENTERPRISE_CONTROLLERS, _SELF, _CREATOR, flags.ADMINISTRATORS}
_ENTERPRISE_READ_ONLY = "-498"
_SEND_TO = "ab721a55-1e2f-11d0-9819-00aa0040529b"
# Groups that Windows gives rights to and expects empty: without members nobody enters by them.
_OPERATORS = (
    flags.ACCOUNT_OPERATORS,
    flags.SERVER_OPERATORS,
    flags.PRINT_OPERATORS,
    flags.BACKUP_OPERATORS,
    flags.REPLICATOR,
)
_OWNER_BLOCKED = 29  # 1-based character of dSHeuristics: BlockOwnerImplicitRights


@dataclass(frozen=True)
class Target:
    """An object whose permissions matter; `also` are SIDs that are legitimate on it alone."""

    entry: DirectoryEntry
    kind: Kind
    also: frozenset[str] = frozenset()


class Access:
    """Dangerous grants of one domain, computed once per distinct descriptor."""

    def __init__(self, view: View) -> None:
        if not view.facts.read_whole(Section.PRINCIPALS):
            raise UntestedError(f"Lecture incomplète : {Section.PRINCIPALS}.")
        if not view.identifiers.complete:
            raise UntestedError("Les identifiants du schéma et des droits ne sont pas lisibles.")
        self._view = view
        self._grants: dict[tuple[bytes, Kind], tuple[Grant, ...]] = {}
        self._trust: dict[str, bool] = {}

    def dangerous(self, target: Target) -> tuple[Grant, ...] | None:
        """What principals that are not trusted may do; None when the descriptor is hidden."""
        descriptor = target.entry.descriptor
        if descriptor is None:
            return None
        found = [*self._listed(target, descriptor), *self._owned(target.entry, descriptor)]
        return tuple(
            sorted(
                one
                for one in found
                if one.sid not in target.also and not _by_default(one) and not self.trusted(one.sid)
            )
        )

    def trusted(self, sid: str) -> bool:
        """Whether this principal commands the forest already, or is protected like those who do."""
        if sid not in self._trust:
            self._trust[sid] = sid in self._commanders or self._harmless(sid)
        return self._trust[sid]

    def name(self, sid: str) -> str:
        """How a trustee is shown: its account name when it was read."""
        entry = self._view.by_sid(sid)
        return _WELL_KNOWN.get(sid) or (entry.name if entry else sid)

    def like_holder(self, entry: DirectoryEntry) -> bool:
        """Whether the object is protected as AdminSDHolder protects: ANSSI's acceptance.

        Its list inherits nothing, and each entry is one of AdminSDHolder's or is harmless.
        """
        descriptor = entry.descriptor
        if descriptor is None or not descriptor.protected or descriptor.dacl is None:
            return False
        return all(
            one in self._model or one[2] in (_SELF, _ENTERPRISE_CONTROLLERS) or one[3] == _SEND_TO
            for one in map(_rule, descriptor.dacl)
        )

    def _listed(self, target: Target, descriptor: SecurityDescriptor) -> tuple[Grant, ...]:
        key = target.entry.values("nTSecurityDescriptor")[0], target.kind
        if key not in self._grants:
            self._grants[key] = grants(descriptor, target.kind, self._view.identifiers)
        return self._grants[key]

    def _owned(self, entry: DirectoryEntry, descriptor: SecurityDescriptor) -> list[Grant]:
        if is_computer(entry) and self._owners_blocked:
            return []
        holder = owner(descriptor)
        return [] if holder is None else [Grant(1, "propriétaire", holder)]

    def _harmless(self, sid: str) -> bool:
        if flags.is_broad(sid):
            return False
        entry = self._view.by_sid(sid)
        if entry is None:
            return False
        if not is_group(entry):
            return self.like_holder(entry)
        members = self._view.membership.direct(entry)
        if not members:
            return sid in _OPERATORS
        found = [self._view.membership.by_dn.get(dn) for dn in members]
        return self.like_holder(entry) and all(
            one is not None and not is_group(one) and self.like_holder(one) for one in found
        )

    @cached_property
    def _commanders(self) -> frozenset[str]:
        view = self._view
        wide = (flags.SCHEMA_ADMINS, flags.ENTERPRISE_ADMINS, flags.ENTERPRISE_KEY_ADMINS)
        domains = (view, *view.neighbours)  # the forest, not the domain, is the boundary
        return frozenset(
            {
                *_TRUSTED,
                *(f"{root}-{rid}" for root in view.root_sids for rid in wide),
                *(sid for one in domains for sid in _heads(one)),
            }
        )

    @cached_property
    def _model(self) -> frozenset[tuple[object, ...]]:
        holder = self._view.entry(f"CN=AdminSDHolder,CN=System,{self._view.facts.domain_dn}")
        descriptor = holder.descriptor if holder else None
        return frozenset(map(_rule, (descriptor.dacl if descriptor else None) or ()))

    @cached_property
    def _owners_blocked(self) -> bool:
        configuration = self._view.facts.configuration_dn
        service = self._view.entry(
            f"CN=Directory Service,CN=Windows NT,CN=Services,{configuration}"
        )
        value = (service.text("dSHeuristics") if service else None) or ""
        return value[_OWNER_BLOCKED - 1 : _OWNER_BLOCKED] == "1"


_WELL_KNOWN = {
    "S-1-1-0": "Tout le monde",
    "S-1-5-7": "Ouverture de session anonyme",
    "S-1-5-11": "Utilisateurs authentifiés",
}


def _heads(view: View) -> Iterator[str]:
    """SIDs of those who command one domain: well-known ones, and members of privileged groups."""
    for rid in (flags.ADMINISTRATOR, flags.DOMAIN_ADMINS, flags.CONTROLLERS, flags.KEY_ADMINS):
        yield f"{view.domain_sid}-{rid}"
    privileged = (
        *view.privileged.accounts,
        *view.privileged.groups,
        *(one for one in view.controllers if one not in view.read_only_controllers),
    )
    yield from (
        one.sid
        for one in privileged
        if one.sid and one.sid not in _OPERATORS and not flags.is_broad(one.sid)
    )


def _by_default(grant: Grant) -> bool:
    """Read-only controllers replicate the partitions: Windows gives their group these rights."""
    return grant.sid.endswith(_ENTERPRISE_READ_ONLY) and grant.right.startswith(REPLICATION)


def _rule(ace: Ace) -> tuple[object, ...]:
    """An entry without its flags: what it says, not where it comes from."""
    return ace.kind, ace.mask, ace.sid, ace.object_type, ace.inherited_type
