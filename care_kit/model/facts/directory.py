"""Facts read from a directory: raw LDAP values, never interpreted here beyond their type."""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from care_kit.model.facts.security_descriptor import SecurityDescriptor, parse

_FILETIME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_NEVER = 0x7FFFFFFFFFFFFFFF
_DOMAIN_PARTITION = 2  # FLAG_CR_NTDS_DOMAIN of systemFlags


# What permissions are about: attributes and classes (lDAPDisplayName) and extended rights (cn)
# whose GUIDs a reading holds, so that rules name them without a table of their own.
WATCHED_SCHEMA = (
    "altSecurityIdentities",
    "computer",
    "gPCFileSysPath",
    "gPLink",
    "group",
    "inetOrgPerson",
    "managedBy",
    "member",
    "ms-Mcs-AdmPwdExpirationTime",
    "msDS-AllowedToActOnBehalfOfOtherIdentity",
    "msDS-AllowedToDelegateTo",
    "msDS-DelegatedManagedServiceAccount",
    "msDS-GroupManagedServiceAccount",
    "msDS-GroupMSAMembership",
    "msDS-KeyCredentialLink",
    "msDS-ManagedServiceAccount",
    "msLAPS-PasswordExpirationTime",
    "scriptPath",
    "servicePrincipalName",
    "user",
    "userAccountControl",
)
WATCHED_RIGHTS = (
    "Certificate-AutoEnrollment",
    "Certificate-Enrollment",
    "DS-Replication-Get-Changes",
    "DS-Replication-Get-Changes-All",
    "DS-Replication-Get-Changes-In-Filtered-Set",
    "Self-Membership",
    "User-Force-Change-Password",
    "Validated-SPN",
)


class Part(StrEnum):
    """The naming context an entry was read from."""

    DOMAIN = "domain"
    CONFIGURATION = "configuration"
    SCHEMA = "schema"
    DOMAIN_DNS = "domain-dns"
    FOREST_DNS = "forest-dns"


HIDDEN_SYSTEM = "Le conteneur CN=System du domaine est caché au compte utilisé."


class Section(StrEnum):
    """One search of the probe; a sentence of `DirectoryFacts.unreadable` starts with its value."""

    DOMAIN = "Racine du domaine"
    PRINCIPALS = "Comptes, groupes et machines"
    POLICIES = "Stratégies de mot de passe affinées"
    SYSTEM = "Objets du conteneur Système"
    PARTITIONS = "Partitions de la forêt"
    SERVICE = "Service d'annuaire"
    SITES = "Serveurs des sites"
    SILOS = "Silos d'authentification"
    MENUS = "Menus d'administration"
    AUTHORITIES = "Autorités de certification"
    ROOTS = "Racines des partitions"
    SCHEMA = "Objets du schéma"
    RIGHTS = "Droits étendus"
    REPLICATION = "Réplication de SYSVOL"
    SECRETS = "Clés du domaine et des comptes managés"
    UNITS = "Unités d'organisation et stratégies de groupe"
    ZONES = "Zones DNS"


# Attributes that only observations stand on, by search: a collection without them still decides
# every point. Those it lacks are told one by one in `DirectoryFacts.unreadable`.
OBSERVED: Mapping[Section, frozenset[str]] = {
    Section.PRINCIPALS: frozenset(
        {
            "accountExpires",
            "ms-Mcs-AdmPwdExpirationTime",
            "msDS-KeyCredentialLink",
            "msLAPS-PasswordExpirationTime",
            "scriptPath",
        }
    ),
    Section.UNITS: frozenset({"displayName", "whenChanged"}),
    Section.SCHEMA: frozenset({"defaultSecurityDescriptor", "possSuperiors", "subClassOf"}),
}
DELEGATED_ACCOUNT = "msDS-DelegatedManagedServiceAccount"


def unasked(names: Iterable[str]) -> tuple[str, ...]:
    """How `DirectoryFacts.unreadable` tells that nobody asked for these attributes or classes."""
    return tuple(f"{name} : non demandé lors de la lecture." for name in sorted(names))


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One object: its DN and its raw attributes, keyed by lower-case LDAP name.

    Every accessor returns None (or an empty tuple) when the attribute was not returned by the
    server: a missing attribute is never read as zero.
    """

    dn: str
    part: Part
    attributes: Mapping[str, tuple[bytes, ...]]

    def values(self, name: str) -> tuple[bytes, ...]:
        """Raw values of an attribute."""
        return self.attributes.get(name.lower(), ())

    def texts(self, name: str) -> tuple[str, ...]:
        """Values decoded as UTF-8; undecodable bytes show as replacement characters."""
        found = self.values(name)
        return tuple([value.decode("utf-8", "replace") for value in found]) if found else ()

    def text(self, name: str) -> str | None:
        """First value as text."""
        return next(iter(self.texts(name)), None)

    def integer(self, name: str) -> int | None:
        """First value as an integer, None when absent or not a number."""
        found = self.attributes.get(name.lower())
        try:
            return int(found[0]) if found else None
        except ValueError:
            return None

    def moment(self, name: str) -> datetime | None:
        """First value as a UTC moment, from FILETIME (100 ns since 1601) or GeneralizedTime.

        None when absent, zero, "never" or out of range.
        """
        raw = next(iter(self.values(name)), b"")
        if raw.endswith(b"Z"):
            return _generalized_time(raw)
        try:
            ticks = int(raw)
            return _FILETIME_EPOCH + timedelta(0, 0, ticks // 10) if 0 < ticks < _NEVER else None
        except (ValueError, OverflowError):
            return None

    @property
    def classes(self) -> frozenset[str]:
        """Its object classes, as text."""
        return _classes(self.attributes.get("objectclass", ()))

    @property
    def sid(self) -> str | None:
        """`objectSid` as text (S-1-5-21-...), None when absent or malformed."""
        raw = next(iter(self.values("objectSid")), None)
        return None if raw is None else sid_text(raw)

    @property
    def descriptor(self) -> SecurityDescriptor | None:
        """Its security descriptor, None when it was not returned or cannot be read."""
        raw = next(iter(self.values("nTSecurityDescriptor")), None)
        try:
            return None if raw is None else parse(raw)
        except ValueError:
            return None

    @property
    def name(self) -> str:
        """The name shown to people: sAMAccountName, else the DN."""
        return self.text("sAMAccountName") or self.dn


@dataclass(frozen=True)
class DirectoryFacts:
    """Everything read from one domain of one forest, at `taken_at` (UTC).

    `root` holds the rootDSE attributes as text; `unreadable` names, in French, the searches that
    failed or came back truncated, and the attributes (`name : …`) of which values were lost.
    """

    taken_at: datetime
    domain_dn: str
    configuration_dn: str
    forest_dns: str
    root: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    entries: tuple[DirectoryEntry, ...] = ()
    unreadable: tuple[str, ...] = ()

    def read_whole(self, section: Section) -> bool:
        """Whether that search came back whole: only then does an absence mean something."""
        return not any(line.startswith(section) for line in self.unreadable)

    @property
    def shows_system(self) -> bool:
        """Whether anything of the container of trusts, policies and zones was read."""
        place = f"cn=system,{self.domain_dn}".casefold()
        return any(one.dn.casefold().endswith(place) for one in self.entries)

    @property
    def observation_gaps(self) -> tuple[str, ...]:
        """Lines of `unreadable` that only keep observations from being made."""
        names = {DELEGATED_ACCOUNT, *(name for each in OBSERVED.values() for name in each)}
        lines = set(unasked(names))
        return tuple(one for one in self.unreadable if one in lines)

    @property
    def forest_domains(self) -> Mapping[str, str]:
        """DNs of the forest's domains by folded DN; empty when its partitions were not read."""
        found = (
            one.text("nCName") or one.dn
            for one in self.entries
            if one.part is Part.CONFIGURATION
            and (one.integer("systemFlags") or 0) & _DOMAIN_PARTITION
        )
        return {dn.casefold(): dn for dn in found}

    def has_all_values(self, attribute: str) -> bool:
        """Whether no value of that attribute was lost on the way (an export may drop some)."""
        return not any(line.startswith(f"{attribute} :") for line in self.unreadable)


def sid_text(raw: bytes) -> str | None:
    """Binary SID to text (MS-DTYP 2.4.2), None when the bytes are not a SID."""
    if len(raw) < 8 or len(raw) != 8 + 4 * raw[1]:
        return None
    if len(raw) == 8:
        return _issuer(raw)
    return f"{_issuer(raw[:-4])}-{int.from_bytes(raw[-4:], 'little')}"


@lru_cache(maxsize=1024)
def _issuer(raw: bytes) -> str:
    """All of a SID but its last number: the same for every object of a domain."""
    subs = struct.unpack(f"<{(len(raw) - 8) // 4}I", raw[8:])
    return "-".join(["S", str(raw[0]), str(int.from_bytes(raw[2:8], "big")), *map(str, subs)])


@lru_cache(maxsize=1024)
def _classes(raw: tuple[bytes, ...]) -> frozenset[str]:
    """Rules ask for them at every turn, and a directory has a few dozen combinations of them."""
    return frozenset(value.decode("utf-8", "replace") for value in raw)


def dns_name(dn: str) -> str:
    """`DC=chu-exemple,DC=lan` to `chu-exemple.lan`."""
    parts = (part.partition("=") for part in dn.split(","))
    return ".".join(value.lower() for key, _, value in parts if key.strip().upper() == "DC")


def _generalized_time(raw: bytes) -> datetime | None:
    digits = raw.partition(b".")[0].rstrip(b"Z").decode("ascii", "replace")
    if len(digits) != 14 or not digits.isdecimal():
        return None
    try:  # ten times faster than strptime, on tens of thousands of objects
        return datetime.fromisoformat(f"{digits[:8]}T{digits[8:]}+00:00")
    except ValueError:
        return None
