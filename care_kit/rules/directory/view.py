"""Directory facts indexed once for all the rules: nothing here judges."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cached_property

from care_kit.model.directory_facts import DirectoryEntry, DirectoryFacts, sid_text
from care_kit.rules.directory import flags
from care_kit.rules.directory.identifiers import Identifiers
from care_kit.rules.directory.membership import Members, Membership, fold

_PRINCIPAL_CLASSES = {"user", "group", "foreignSecurityPrincipal"}
_MANAGED_CLASSES = {"msDS-ManagedServiceAccount", "msDS-GroupManagedServiceAccount"}
_DOMAIN_PARTITION = 2  # FLAG_CR_NTDS_DOMAIN of systemFlags
_DNS_ADMINISTRATORS = "DnsAdmins"
_WITHIN_FOREST = 0x20  # TRUST_ATTRIBUTE_WITHIN_FOREST
_CLOUD_CONTROLLER = "AzureADKerberos$"


class UntestedError(Exception):
    """Raised by the view when what a rule needs was not read; the message is in French."""


class View:
    """One domain's facts by identity, by kind and by privilege; dates are judged at `now`."""

    def __init__(self, facts: DirectoryFacts) -> None:
        self.facts = facts
        self.now = facts.taken_at
        self.principals = [
            one for one in facts.entries if _PRINCIPAL_CLASSES & set(one.texts("objectClass"))
        ]
        self._by_dn = {fold(one.dn): one for one in facts.entries}
        self._by_sid = {one.sid: one for one in self.principals if one.sid}
        self._by_class: dict[bytes, list[DirectoryEntry]] = defaultdict(list)
        for entry in facts.entries:
            for name in entry.values("objectClass"):
                self._by_class[name].append(entry)

    @cached_property
    def membership(self) -> Membership:
        """The graph of groups."""
        return Membership(self.principals)

    @cached_property
    def identifiers(self) -> Identifiers:
        """What the GUIDs of permissions name."""
        return Identifiers(self.facts.entries)

    @cached_property
    def domain(self) -> DirectoryEntry:
        """The root object of the domain."""
        return self.required(self.facts.domain_dn, "racine du domaine")

    def required(self, dn: str, what: str) -> DirectoryEntry:
        """The object of that DN; UntestedError names it by `what`, a French subject."""
        found = self._by_dn.get(fold(dn))
        if found is None:
            raise UntestedError(f"Objet non lu ou inexistant : {what}.")
        return found

    def entry(self, dn: str) -> DirectoryEntry | None:
        """The object of that DN, if it was read."""
        return self._by_dn.get(fold(dn))

    def of_class(self, name: str) -> list[DirectoryEntry]:
        """Every object of a class, by DN."""
        found = self._by_class.get(name.encode(), ())
        return sorted(found, key=lambda one: fold(one.dn))

    def under(self, dn: str) -> list[DirectoryEntry]:
        """The object of that DN and everything read below it, by DN."""
        place = fold(dn)
        inside = f",{place}"
        found = (key for key in self._by_dn if key == place or key.endswith(inside))
        return [self._by_dn[key] for key in sorted(found)]

    def above(self, dn: str) -> Iterator[DirectoryEntry]:
        """Objects read that contain the one of that DN, the nearest first."""
        while "," in dn:
            dn = dn.partition(",")[2]
            found = self._by_dn.get(fold(dn))
            if found is not None:
                yield found

    @cached_property
    def dns_administrators(self) -> str:
        """SID of DnsAdmins, whose name is fixed but whose number is not; "" when not read."""
        named = (
            one for one in self.principals if one.text("sAMAccountName") == _DNS_ADMINISTRATORS
        )
        return next((one.sid or "" for one in named), "")

    @cached_property
    def domains(self) -> int:
        """How many domains the forest has; 0 when the partitions were not read."""
        return sum(
            1
            for one in self.of_class("crossRef")
            if (one.integer("systemFlags") or 0) & _DOMAIN_PARTITION
        )

    @property
    def is_forest_root(self) -> bool:
        """Whether the domain read is the root of its forest."""
        parts = (part.partition("=")[2] for part in self.facts.domain_dn.split(","))
        return ".".join(parts).casefold() == self.facts.forest_dns.casefold()

    @cached_property
    def domain_sid(self) -> str:
        """SID of the domain; UntestedError when it was not read."""
        if self.domain.sid is None:
            raise UntestedError("L'identifiant (SID) du domaine est illisible.")
        return self.domain.sid

    @cached_property
    def root_sids(self) -> frozenset[str]:
        """SID of the forest's root domain; from a child domain, those it trusts in its forest."""
        if self.is_forest_root:
            return frozenset({self.domain_sid})
        return frozenset(
            sid_text(raw) or ""
            for one in self.of_class("trustedDomain")
            if (one.integer("trustAttributes") or 0) & _WITHIN_FOREST
            for raw in one.values("securityIdentifier")
        )

    def by_rid(self, rid: int) -> DirectoryEntry | None:
        """The domain's principal of that relative identifier."""
        return self._by_sid.get(f"{self.domain_sid}-{rid}")

    def required_sid(self, sid: str, what: str) -> DirectoryEntry:
        """The principal of that SID; UntestedError names it by `what`, a French subject."""
        found = self._by_sid.get(sid)
        if found is None:
            raise UntestedError(f"Objet non lu ou inexistant : {what}.")
        return found

    def by_sid(self, sid: str) -> DirectoryEntry | None:
        """The principal of that SID."""
        return self._by_sid.get(sid)

    @cached_property
    def users(self) -> tuple[DirectoryEntry, ...]:
        """People's and services' accounts: neither machines nor trusts."""
        return tuple(
            one
            for one in self.principals
            if is_user(one) and not _flag(one, flags.INTERDOMAIN_TRUST)
        )

    @cached_property
    def computers(self) -> tuple[DirectoryEntry, ...]:
        """Machine accounts, managed service accounts left out."""
        return tuple(one for one in self.principals if is_computer(one) and not is_managed(one))

    @cached_property
    def managed(self) -> tuple[DirectoryEntry, ...]:
        """Managed service accounts, of a machine or of a group of machines."""
        return tuple(one for one in self.principals if is_managed(one))

    @cached_property
    def enabled_users(self) -> tuple[DirectoryEntry, ...]:
        """Users known to be enabled."""
        return tuple(one for one in self.users if enabled(one))

    @cached_property
    def enabled_computers(self) -> tuple[DirectoryEntry, ...]:
        """Machines known to be enabled."""
        return tuple(one for one in self.computers if enabled(one))

    @cached_property
    def blind_users(self) -> int:
        """Users whose userAccountControl is not readable."""
        return _blind(self.users)

    @cached_property
    def blind_computers(self) -> int:
        """Machines whose userAccountControl is not readable."""
        return _blind(self.computers)

    @cached_property
    def controllers(self) -> tuple[DirectoryEntry, ...]:
        """Domain controllers, read-only ones included; UntestedError when there is none.

        The pseudo-controller of the Entra hybrid sign-in has no machine behind it.
        """
        found = tuple(one for one in self.computers if is_controller(one))
        if not found:
            raise UntestedError("Aucun contrôleur de domaine n'a été lu.")
        return tuple(one for one in found if not _is_cloud(one))

    @cached_property
    def read_only_controllers(self) -> tuple[DirectoryEntry, ...]:
        """Read-only controllers."""
        return tuple(
            one
            for one in self.computers
            if one.integer("primaryGroupID") == flags.READ_ONLY_CONTROLLERS and not _is_cloud(one)
        )

    @cached_property
    def privileged(self) -> Members:
        """Members of the privileged groups, found by SID, and the built-in administrator.

        Controllers are left out. UntestedError when the groups themselves were not readable.
        """
        sids = (
            *(f"{self.domain_sid}-{rid}" for rid in flags.PRIVILEGED_RIDS),
            *flags.PRIVILEGED_BUILTINS,
        )
        groups = [one for one in map(self.by_sid, sids) if one is not None]
        administrators = self.by_sid(flags.ADMINISTRATORS)
        if administrators is None or not administrators.values("member"):
            raise UntestedError("Les membres des groupes privilégiés ne sont pas lisibles.")
        found = self.membership.members(groups)
        accounts = {fold(one.dn): one for one in found.accounts if not is_controller(one)}
        built_in = self.by_rid(flags.ADMINISTRATOR)
        if built_in is not None:
            accounts[fold(built_in.dn)] = built_in
        return Members(tuple(accounts.values()), found.unresolved, found.groups)

    def older(self, entry: DirectoryEntry, attribute: str, days: float) -> bool | None:
        """Whether that date is more than `days` ago; None when absent or not a date."""
        moment = entry.moment(attribute)
        return None if moment is None else self.now - moment > timedelta(days=days)

    def password_older(self, entry: DirectoryEntry, days: float) -> bool | None:
        """Whether the password is older than `days`; None when that is not known.

        `pwdLastSet` at 0 (must change) hides the date: only a younger account is then certain.
        """
        if entry.integer("pwdLastSet") == 0:
            return False if self.older(entry, "whenCreated", days) is False else None
        return self.older(entry, "pwdLastSet", days)

    def silent(self, entry: DirectoryEntry, days: float) -> bool | None:
        """Whether the account has not logged on for `days`; never logged on counts from creation.

        lastLogonTimestamp lags by up to 14 days. None when the account's state is hidden.
        """
        if entry.moment("lastLogonTimestamp") is not None:
            return self.older(entry, "lastLogonTimestamp", days)
        if entry.integer("userAccountControl") is None:
            return None
        return self.older(entry, "whenCreated", days)


def is_user(entry: DirectoryEntry) -> bool:
    """A person's or a service's account."""
    classes = entry.texts("objectClass")
    return "user" in classes and "computer" not in classes


def is_computer(entry: DirectoryEntry) -> bool:
    """A machine, or a managed service account (a kind of machine in the schema)."""
    return "computer" in entry.texts("objectClass")


def is_managed(entry: DirectoryEntry) -> bool:
    """A managed service account."""
    return bool(_MANAGED_CLASSES & set(entry.texts("objectClass")))


def is_controller(entry: DirectoryEntry) -> bool:
    """A domain controller, by its primary group."""
    rids = (flags.CONTROLLERS, flags.READ_ONLY_CONTROLLERS)
    return is_computer(entry) and entry.integer("primaryGroupID") in rids


def has_flag(entry: DirectoryEntry, flag: int) -> bool | None:
    """Whether userAccountControl has that bit; None when it is not readable."""
    control = entry.integer("userAccountControl")
    return None if control is None else bool(control & flag)


def enabled(entry: DirectoryEntry) -> bool:
    """Whether the account is known to be enabled."""
    return has_flag(entry, flags.DISABLED) is False


def _flag(entry: DirectoryEntry, flag: int) -> bool:
    return has_flag(entry, flag) is True


def _blind(entries: Iterable[DirectoryEntry]) -> int:
    return sum(1 for one in entries if one.integer("userAccountControl") is None)


def _is_cloud(entry: DirectoryEntry) -> bool:
    return (
        entry.name == _CLOUD_CONTROLLER
        and entry.integer("primaryGroupID") == flags.READ_ONLY_CONTROLLERS
    )
