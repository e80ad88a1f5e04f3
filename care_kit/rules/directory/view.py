"""Directory facts indexed once for all the rules: nothing here judges."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property

from care_kit.model.facts.directory import DirectoryEntry, DirectoryFacts, sid_text
from care_kit.rules.directory import flags
from care_kit.rules.directory.identifiers import Identifiers
from care_kit.rules.directory.membership import Members, Membership, fold, is_group

_PRINCIPAL_CLASSES = {"user", "group", "foreignSecurityPrincipal"}
_MANAGED_CLASSES = {"msDS-ManagedServiceAccount", "msDS-GroupManagedServiceAccount"}
_CONTROLLER_GROUPS = (flags.CONTROLLERS, flags.READ_ONLY_CONTROLLERS)
_DNS_ADMINISTRATORS = "DnsAdmins"
_WITHIN_FOREST = 0x20  # TRUST_ATTRIBUTE_WITHIN_FOREST
_CLOUD_CONTROLLER = "AzureADKerberos$"


class UntestedError(Exception):
    """Raised by the view when what a rule needs was not read; the message is in French."""


class View:
    """One domain's facts by identity, by kind and by privilege; dates are judged at `now`."""

    def __init__(self, facts: DirectoryFacts, beside: Iterable[DirectoryFacts] = ()) -> None:
        """`beside` are readings of other domains of the same forest: members are found there."""
        self.facts = facts
        self.neighbours = tuple(View(one) for one in beside)
        self.now = facts.taken_at
        self._dates: dict[float, datetime] = {}
        self._by_dn = {fold(one.dn): one for one in facts.entries}
        self._by_classes: dict[frozenset[str], list[DirectoryEntry]] = defaultdict(list)
        for entry in facts.entries:
            self._by_classes[entry.classes].append(entry)
        self.principals = self._alike(lambda one: bool(_PRINCIPAL_CLASSES & one.classes))
        self._by_sid = {sid: one for one in self.principals if (sid := one.sid)}

    @cached_property
    def membership(self) -> Membership:
        """The graph of groups."""
        own = {fold(one.dn): one for one in self.principals}
        return Membership(own, [one.membership for one in self.neighbours])

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
        found = self._by_dn.get(fold(dn))
        return found or next(filter(None, (one.entry(dn) for one in self.neighbours)), None)

    def of_class(self, name: str) -> list[DirectoryEntry]:
        """Every object of a class, by DN."""
        return sorted(self._alike(lambda one: name in one.classes), key=lambda one: fold(one.dn))

    def _alike(self, wanted: Callable[[DirectoryEntry], bool]) -> list[DirectoryEntry]:
        """Every object for which `wanted`, which looks at classes alone, holds."""
        same = (alike for alike in self._by_classes.values() if wanted(alike[0]))
        return [one for alike in same for one in alike]

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
            one
            for one in self._alike(is_group)
            if one.text("sAMAccountName") == _DNS_ADMINISTRATORS
        )
        return next((one.sid or "" for one in named), "")

    @cached_property
    def domains(self) -> int:
        """How many domains the forest has; 0 when the partitions were not read."""
        return len(self._forest)

    @cached_property
    def unread_domains(self) -> int:
        """How many domains of the forest no reading at hand is about."""
        read = {fold(one.facts.domain_dn) for one in (self, *self.neighbours)}
        return len(self._forest - read)

    @cached_property
    def _forest(self) -> frozenset[str]:
        return frozenset(self.facts.forest_domains)

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
        """SID of the forest's root domain; when it was not read, those trusted in the forest."""
        for one in (self, *self.neighbours):
            if one.is_forest_root:
                return frozenset({one.domain_sid})
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
        found = self._by_sid.get(sid)
        return found or next(filter(None, (one.by_sid(sid) for one in self.neighbours)), None)

    @cached_property
    def _people(self) -> dict[int | None, list[DirectoryEntry]]:
        """Accounts that are not machines by userAccountControl: a few dozen values for them all."""
        found: dict[int | None, list[DirectoryEntry]] = defaultdict(list)
        for one in self._alike(is_user):
            found[one.integer("userAccountControl")].append(one)
        return found

    @cached_property
    def trust_accounts(self) -> tuple[DirectoryEntry, ...]:
        """Accounts that hold the secret of a trust with another domain."""
        return tuple(
            one
            for control, alike in self._people.items()
            if (control or 0) & flags.INTERDOMAIN_TRUST
            for one in alike
        )

    @cached_property
    def users(self) -> tuple[DirectoryEntry, ...]:
        """People's and services' accounts: neither machines nor trusts."""
        return tuple(
            one
            for control, alike in self._people.items()
            if not (control or 0) & flags.INTERDOMAIN_TRUST
            for one in alike
        )

    @cached_property
    def computers(self) -> tuple[DirectoryEntry, ...]:
        """Machine accounts, managed service accounts left out."""
        return tuple(self._alike(lambda one: is_computer(one) and not is_managed(one)))

    @cached_property
    def managed(self) -> tuple[DirectoryEntry, ...]:
        """Managed service accounts, of a machine or of a group of machines."""
        return tuple(self._alike(is_managed))

    @cached_property
    def accounts(self) -> tuple[DirectoryEntry, ...]:
        """Users, machines and managed service accounts."""
        return (*self.users, *self.computers, *self.managed)

    @cached_property
    def enabled_users(self) -> tuple[DirectoryEntry, ...]:
        """Users known to be enabled."""
        return self.enabled_with(0)

    def enabled_with(self, flag: int) -> tuple[DirectoryEntry, ...]:
        """Users known to be enabled that have these bits of userAccountControl."""
        off = flags.DISABLED | flags.INTERDOMAIN_TRUST
        return tuple(
            one
            for control, alike in self._people.items()
            if control is not None and not control & off and control & flag == flag
            for one in alike
        )

    @cached_property
    def delegating(self) -> tuple[DirectoryEntry, ...]:
        """Accounts that may act for others towards some service."""
        return tuple(one for one in self.accounts if one.values("msDS-AllowedToDelegateTo"))

    @cached_property
    def with_former_sids(self) -> tuple[DirectoryEntry, ...]:
        """Principals that carry a history of identifiers."""
        return tuple(one for one in self.principals if one.values("sIDHistory"))

    @cached_property
    def enabled_computers(self) -> tuple[DirectoryEntry, ...]:
        """Machines known to be enabled."""
        return tuple(one for one in self.computers if enabled(one))

    @cached_property
    def blind_users(self) -> int:
        """Users whose userAccountControl is not readable."""
        return len(self._people.get(None, ()))

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
        self._refuse_hidden(accounts)
        return Members(tuple(accounts.values()), found.unresolved, found.groups)

    def _refuse_hidden(self, accounts: Mapping[str, DirectoryEntry]) -> None:
        """UntestedError when Domain Admins shows nobody and accounts bear the mark of its members.

        The mark alone proves nothing: it stays on those who left. A group that always has a member
        and shows none is one whose members are hidden.
        """
        heads = self.by_rid(flags.DOMAIN_ADMINS)
        if heads is None or self.membership.direct(heads):
            return
        secret = f"{self.domain_sid}-{flags.KRBTGT}"
        marked = [
            one
            for one in self._alike(is_user)
            if one.integer("adminCount") and fold(one.dn) not in accounts and one.sid != secret
        ]
        if marked:
            raise UntestedError(
                "Les membres des groupes privilégiés ne sont pas tous lisibles : le groupe Admins "
                f"du domaine paraît vide, et {len(marked)} des comptes lus portent la marque "
                "de ses membres (adminCount)."
            )

    @cached_property
    def broad_privileged(self) -> tuple[DirectoryEntry, ...]:
        """Principals that are nearly everybody, put in a privileged group."""
        found = self.privileged
        inside = (*found.accounts, *found.groups)
        return tuple(one for one in inside if one.sid and flags.is_broad(one.sid))

    def older(self, entry: DirectoryEntry, attribute: str, days: float) -> bool | None:
        """Whether that date is more than `days` ago; None when absent or not a date."""
        moment = entry.moment(attribute)
        return None if moment is None else moment < self._ago(days)

    def _ago(self, days: float) -> datetime:
        found = self._dates.get(days)
        return found or self._dates.setdefault(days, self.now - timedelta(days=days))

    def password_older(self, entry: DirectoryEntry, days: float) -> bool | None:
        """Whether the password is older than `days`; None when that is not known.

        `pwdLastSet` at 0 (must change) hides the date: only a younger account is then certain.
        """
        if entry.integer("pwdLastSet") == 0:
            return False if self.older(entry, "whenCreated", days) is False else None
        return self.older(entry, "pwdLastSet", days)

    @cached_property
    def _shows_logons(self) -> bool:
        """Whether any account shows when it logged on: none at all is hidden, not « never »."""
        return any(one.values("lastLogonTimestamp") for one in self.accounts)

    def silent(self, entry: DirectoryEntry, days: float) -> bool | None:
        """Whether the account has not logged on for `days`; never logged on counts from creation.

        lastLogonTimestamp lags by up to 14 days. None when the account's state is hidden.
        """
        long_ago = self.older(entry, "lastLogonTimestamp", days)
        if long_ago is not None:
            return long_ago
        if entry.integer("userAccountControl") is None or not self._shows_logons:
            return None
        return self.older(entry, "whenCreated", days)


def is_user(entry: DirectoryEntry) -> bool:
    """A person's or a service's account."""
    classes = entry.classes
    return "user" in classes and "computer" not in classes


def is_computer(entry: DirectoryEntry) -> bool:
    """A machine, or a managed service account (a kind of machine in the schema)."""
    return "computer" in entry.classes


def is_managed(entry: DirectoryEntry) -> bool:
    """A managed service account."""
    return not _MANAGED_CLASSES.isdisjoint(entry.classes)


def is_controller(entry: DirectoryEntry) -> bool:
    """A domain controller, by its primary group and its kind: a workstation may be in the group."""
    if not is_computer(entry) or entry.integer("primaryGroupID") not in _CONTROLLER_GROUPS:
        return False
    control = entry.integer("userAccountControl")
    return control is None or bool(control & (flags.SERVER_TRUST | flags.PARTIAL_SECRETS))


def has_flag(entry: DirectoryEntry, flag: int) -> bool | None:
    """Whether userAccountControl has that bit; None when it is not readable."""
    control = entry.integer("userAccountControl")
    return None if control is None else bool(control & flag)


def enabled(entry: DirectoryEntry) -> bool:
    """Whether the account is known to be enabled."""
    return has_flag(entry, flags.DISABLED) is False


def _blind(entries: Iterable[DirectoryEntry]) -> int:
    return sum(1 for one in entries if one.integer("userAccountControl") is None)


def _is_cloud(entry: DirectoryEntry) -> bool:
    return (
        entry.name == _CLOUD_CONTROLLER
        and entry.integer("primaryGroupID") == flags.READ_ONLY_CONTROLLERS
    )
