"""What is asked of a directory: every search, with its exact attributes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from care_kit.model.facts.directory import WATCHED_RIGHTS, WATCHED_SCHEMA, Part, Section

BASE, LEVEL, SUBTREE = "BASE", "LEVEL", "SUBTREE"
_SCOPES = {BASE: "base", LEVEL: "un niveau", SUBTREE: "sous-arbre"}
_ANY = "(objectClass=*)"
SD_FLAGS = "1.2.840.113556.1.4.801"  # LDAP_SERVER_SD_FLAGS_OID of MS-ADTS 3.1.1.3.4.1.11

ROOT_ATTRIBUTES = (
    "defaultNamingContext",
    "configurationNamingContext",
    "rootDomainNamingContext",
    "dnsHostName",
    "currentTime",
    "domainFunctionality",
    "forestFunctionality",
    "domainControllerFunctionality",
    "supportedCapabilities",
)
_DOMAIN = (
    "objectClass objectSid objectGUID whenCreated minPwdLength maxPwdAge pwdProperties "
    "msDS-Behavior-Version ms-DS-MachineAccountQuota msDS-ExpirePasswordsOnSmartCardOnlyAccounts "
    "gPLink nTSecurityDescriptor"
)
# Nothing about the person (name, mail, telephone, description): only what a rule needs.
_PRINCIPALS = (
    "objectClass objectSid sAMAccountName userAccountControl primaryGroupID member adminCount "
    "pwdLastSet lastLogonTimestamp whenCreated servicePrincipalName sIDHistory "
    "operatingSystem operatingSystemVersion dNSHostName "
    "msDS-SupportedEncryptionTypes msDS-AllowedToDelegateTo "
    "msDS-AllowedToActOnBehalfOfOtherIdentity msDS-AssignedAuthNPolicySilo msDS-PSOApplied "
    "msDS-KrbTgtLink msDS-SecondaryKrbTgtNumber msDS-NeverRevealGroup msDS-RevealOnDemandGroup "
    "msDS-RevealedUsers managedBy accountExpires scriptPath msDS-KeyCredentialLink "
    "ms-Mcs-AdmPwdExpirationTime msLAPS-PasswordExpirationTime "
    "trustDirection trustType trustAttributes trustPartner "
    "securityIdentifier nTSecurityDescriptor"
)
_POLICIES = (
    "objectClass whenChanged msDS-PasswordSettingsPrecedence msDS-MinimumPasswordLength "
    "msDS-MaximumPasswordAge msDS-PasswordReversibleEncryptionEnabled"
)

_PROTECTION = "objectClass nTSecurityDescriptor"
_AUTHORITIES = (
    "cACertificate dNSHostName certificateTemplates flags pKIExtendedKeyUsage "
    "msPKI-Certificate-Name-Flag msPKI-Enrollment-Flag msPKI-RA-Signature"
)


@dataclass(frozen=True)
class Search:
    """One search. With `optional`, a base that does not exist is an empty answer, not a failure."""

    section: Section
    part: Part
    base: str
    scope: str
    filter: str
    attributes: tuple[str, ...]
    optional: bool = False

    @property
    def descriptors(self) -> bool:
        """Whether security descriptors are asked for: owner, group and permissions only."""
        return "nTSecurityDescriptor" in self.attributes

    def __str__(self) -> str:
        control = f" ; contrôle={SD_FLAGS}=7" if self.descriptors else ""
        return (
            f"base={self.base} ; portée={_SCOPES[self.scope]} ; filtre={self.filter} ; "
            f"attributs={', '.join(self.attributes)}{control}"
        )


def root_search() -> str:
    """The text of the rootDSE search, for the statement."""
    return f"base= ; portée=base ; filtre={_ANY} ; attributs={', '.join(ROOT_ATTRIBUTES)}"


def searches(domain: str, configuration: str, forest: str = "") -> Iterator[Search]:
    """Every search of one reading, by DNs of naming contexts; the longest (accounts) last.

    `forest` is the root domain of the forest, `domain` itself when not given.
    """
    yield from _configuration(configuration)
    yield from _schema(configuration)
    yield from _zones(domain, forest or domain)
    yield from _domain(domain)


def _one(
    section: Section, part: Part, base: str, under: str, scope: str, what: str, names: str
) -> Search:
    """A search at `base` within the naming context `under`; only that context must exist."""
    place = f"{base},{under}" if base else under
    return Search(section, part, place, scope, what, tuple(names.split()), optional=bool(base))


def _domain(domain: str) -> Iterator[Search]:
    def one(section: Section, base: str, scope: str, what: str, names: str) -> Search:
        return _one(section, Part.DOMAIN, base, domain, scope, what, names)

    yield one(Section.DOMAIN, "", BASE, _ANY, _DOMAIN)
    passwords = "CN=Password Settings Container,CN=System"
    what = "(objectClass=msDS-PasswordSettings)"
    yield one(Section.POLICIES, passwords, LEVEL, what, _POLICIES)
    yield from _system(one)
    units = "(|(objectClass=organizationalUnit)(objectClass=groupPolicyContainer))"
    names = "objectClass whenCreated whenChanged displayName gPLink nTSecurityDescriptor"
    yield one(Section.UNITS, "", SUBTREE, units, names)
    people = (
        "(|(objectClass=user)(objectClass=group)"
        "(objectClass=foreignSecurityPrincipal)(objectClass=trustedDomain))"
    )
    yield one(Section.PRINCIPALS, "", SUBTREE, people, _PRINCIPALS)


def _system(one: Callable[[Section, str, str, str, str], Search]) -> Iterator[Search]:
    """Objects that the domain keeps under its System container, and SYSVOL's replication."""
    updates = "CN=ActiveDirectoryUpdate,CN=DomainUpdates,CN=System"
    yield one(Section.SYSTEM, updates, BASE, _ANY, "objectClass revision")
    for name in ("AdminSDHolder", "MicrosoftDNS"):
        yield one(Section.SYSTEM, f"CN={name},CN=System", BASE, _ANY, _PROTECTION)
    secrets = "(objectClass=secret)"
    yield one(Section.SECRETS, "CN=System", LEVEL, secrets, _PROTECTION)
    frs = "CN=File Replication Service,CN=System"
    replicated = "(|(objectClass=nTFRSReplicaSet)(objectClass=nTFRSMember))"
    yield one(Section.SYSTEM, frs, SUBTREE, replicated, "objectClass frsReplicaSetType")
    dfsr = "CN=DFSR-GlobalSettings,CN=System"
    names = f"{_PROTECTION} msDFSR-Flags"
    yield one(Section.REPLICATION, dfsr, SUBTREE, _ANY, names)
    kinds = ("msDFSR-LocalSettings", "msDFSR-Subscriber", "msDFSR-Subscription")
    local = "".join(f"(objectClass={kind})" for kind in kinds)
    yield one(Section.REPLICATION, "", SUBTREE, f"(|{local})", _PROTECTION)


def _zones(domain: str, forest: str) -> Iterator[Search]:
    """Zones of the two DNS partitions, which a controller may not hold, and of the old place."""
    zone, names = "(objectClass=dnsZone)", "objectClass dNSProperty"
    old = "CN=MicrosoftDNS,CN=System"
    yield _one(Section.ZONES, Part.DOMAIN, old, domain, LEVEL, zone, names)
    for part, base, under in (
        (Part.DOMAIN_DNS, "DC=DomainDnsZones", domain),
        (Part.FOREST_DNS, "DC=ForestDnsZones", forest),
    ):
        yield _one(Section.ROOTS, part, base, under, BASE, _ANY, _PROTECTION)
        yield _one(Section.ZONES, part, base, under, SUBTREE, zone, names)


def _schema(configuration: str) -> Iterator[Search]:
    """Who may change the schema, how it is built, and the identifiers that permissions name."""
    under = f"CN=Schema,{configuration}"
    watched = "".join(f"(lDAPDisplayName={name})" for name in WATCHED_SCHEMA)
    built = f"{_PROTECTION} lDAPDisplayName subClassOf possSuperiors defaultSecurityDescriptor"
    names = f"{built} schemaIDGUID attributeSecurityGUID"
    kind = "(objectClass=classSchema)"
    yield _one(Section.ROOTS, Part.SCHEMA, "", under, BASE, _ANY, _PROTECTION)
    for what, asked in (
        (f"(|{watched})", names),
        (f"(&{kind}(!(|{watched})))", built),
        (f"(!(|{kind}{watched}))", _PROTECTION),
    ):
        yield _one(Section.SCHEMA, Part.SCHEMA, "", under, LEVEL, what, asked)


def _configuration(configuration: str) -> Iterator[Search]:
    def one(section: Section, base: str, scope: str, what: str, names: str) -> Search:
        return _one(section, Part.CONFIGURATION, base, configuration, scope, what, names)

    yield one(Section.ROOTS, "", BASE, _ANY, _PROTECTION)
    partitions = "(|(objectClass=crossRefContainer)(objectClass=crossRef))"
    names = "objectClass msDS-Behavior-Version nCName dnsRoot nETBIOSName systemFlags"
    yield one(Section.PARTITIONS, "CN=Partitions", SUBTREE, partitions, names)
    service = "CN=Directory Service,CN=Windows NT,CN=Services"
    yield one(Section.SERVICE, service, BASE, _ANY, "objectClass dSHeuristics")
    servers = "(|(objectClass=server)(objectClass=nTDSDSA)(objectClass=nTDSDSARO))"
    names = "objectClass serverReference msDS-Behavior-Version"
    yield one(Section.SITES, "CN=Sites", SUBTREE, servers, names)
    names = f"{_PROTECTION} gPLink"
    yield one(Section.SITES, "CN=Sites", LEVEL, "(objectClass=site)", names)
    silos = "CN=AuthN Silos,CN=AuthN Policy Configuration,CN=Services"
    names = "objectClass msDS-AuthNPolicySiloEnforced msDS-AuthNPolicySiloMembers"
    yield one(Section.SILOS, silos, LEVEL, "(objectClass=msDS-AuthNPolicySilo)", names)
    # A menu that runs a command has a third field; the container itself proves it was looked at.
    menus = "(|(objectClass=container)(adminContextMenu=*,*,*))"
    yield one(Section.MENUS, "CN=DisplaySpecifiers", SUBTREE, menus, "objectClass adminContextMenu")
    pki = "CN=Public Key Services,CN=Services"
    yield one(Section.AUTHORITIES, pki, SUBTREE, _ANY, f"{_PROTECTION} {_AUTHORITIES}")
    keys = "CN=Group Key Distribution Service,CN=Services"
    yield one(Section.SECRETS, keys, SUBTREE, _ANY, _PROTECTION)
    rights = "".join(f"(cn={name})" for name in WATCHED_RIGHTS)
    names = "objectClass cn rightsGuid"
    yield one(Section.RIGHTS, "CN=Extended-Rights", LEVEL, f"(|{rights})", names)
