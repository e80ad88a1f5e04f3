"""Facts read from a directory: raw LDAP values, never interpreted here beyond their type."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from care_kit.model.security_descriptor import SecurityDescriptor, parse

_FILETIME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_NEVER = 0x7FFFFFFFFFFFFFFF


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
    "msDS-AllowedToActOnBehalfOfOtherIdentity",
    "msDS-AllowedToDelegateTo",
    "msDS-GroupManagedServiceAccount",
    "msDS-GroupMSAMembership",
    "msDS-KeyCredentialLink",
    "msDS-ManagedServiceAccount",
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
        return tuple(value.decode("utf-8", "replace") for value in self.values(name))

    def text(self, name: str) -> str | None:
        """First value as text."""
        return next(iter(self.texts(name)), None)

    def integer(self, name: str) -> int | None:
        """First value as an integer, None when absent or not a number."""
        try:
            return int(self.values(name)[0])
        except (IndexError, ValueError):
            return None

    def moment(self, name: str) -> datetime | None:
        """First value as a UTC moment, from FILETIME (100 ns since 1601) or GeneralizedTime.

        None when absent, zero, "never" or out of range.
        """
        raw = self.text(name)
        if raw is None:
            return None
        if raw.endswith("Z"):
            return _generalized_time(raw)
        ticks = self.integer(name)
        if ticks is None or ticks <= 0 or ticks >= _NEVER:
            return None
        try:
            return _FILETIME_EPOCH + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return None

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

    def has_all_values(self, attribute: str) -> bool:
        """Whether no value of that attribute was lost on the way (an export may drop some)."""
        return not any(line.startswith(f"{attribute} :") for line in self.unreadable)


def sid_text(raw: bytes) -> str | None:
    """Binary SID to text (MS-DTYP 2.4.2), None when the bytes are not a SID."""
    if len(raw) < 8 or len(raw) != 8 + 4 * raw[1]:
        return None
    authority = int.from_bytes(raw[2:8], "big")
    subs = struct.unpack(f"<{raw[1]}I", raw[8:])
    return "-".join(["S", str(raw[0]), str(authority), *map(str, subs)])


def _generalized_time(raw: str) -> datetime | None:
    try:
        return datetime.strptime(raw.split(".")[0].rstrip("Z"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
