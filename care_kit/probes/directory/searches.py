"""What is asked of a directory: every search, with its exact attributes."""

from collections.abc import Iterator
from dataclasses import dataclass

from care_kit.model.directory_facts import Part, Section

BASE, LEVEL, SUBTREE = "BASE", "LEVEL", "SUBTREE"
_SCOPES = {BASE: "base", LEVEL: "un niveau", SUBTREE: "sous-arbre"}
_ANY = "(objectClass=*)"

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
    "objectSid objectGUID whenCreated minPwdLength maxPwdAge pwdProperties msDS-Behavior-Version "
    "ms-DS-MachineAccountQuota msDS-ExpirePasswordsOnSmartCardOnlyAccounts"
)
# Nothing about the person (name, mail, telephone, description): only what a rule needs.
_PRINCIPALS = (
    "objectClass objectSid sAMAccountName userAccountControl primaryGroupID member adminCount "
    "pwdLastSet lastLogonTimestamp whenCreated servicePrincipalName sIDHistory "
    "operatingSystem operatingSystemVersion dNSHostName "
    "msDS-SupportedEncryptionTypes msDS-AllowedToDelegateTo "
    "msDS-AllowedToActOnBehalfOfOtherIdentity msDS-AssignedAuthNPolicySilo msDS-PSOApplied "
    "msDS-KrbTgtLink msDS-SecondaryKrbTgtNumber msDS-NeverRevealGroup msDS-RevealOnDemandGroup "
    "msDS-RevealedUsers trustDirection trustType trustAttributes trustPartner securityIdentifier"
)
_POLICIES = (
    "objectClass whenChanged msDS-PasswordSettingsPrecedence msDS-MinimumPasswordLength "
    "msDS-MaximumPasswordAge msDS-PasswordReversibleEncryptionEnabled"
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

    def __str__(self) -> str:
        return (
            f"base={self.base} ; portée={_SCOPES[self.scope]} ; filtre={self.filter} ; "
            f"attributs={', '.join(self.attributes)}"
        )


def root_search() -> str:
    """The text of the rootDSE search, for the statement."""
    return f"base= ; portée=base ; filtre={_ANY} ; attributs={', '.join(ROOT_ATTRIBUTES)}"


def searches(domain: str, configuration: str) -> Iterator[Search]:
    """Every search of one reading, the longest (accounts) last."""
    yield from _configuration(configuration)
    yield from _domain(domain)


def _domain(domain: str) -> Iterator[Search]:
    def one(section: Section, base: str, scope: str, what: str, names: str) -> Search:
        place = f"{base},{domain}" if base else domain
        return Search(
            section, Part.DOMAIN, place, scope, what, tuple(names.split()), optional=bool(base)
        )

    yield one(Section.DOMAIN, "", BASE, _ANY, _DOMAIN)
    yield one(
        Section.POLICIES,
        "CN=Password Settings Container,CN=System",
        LEVEL,
        "(objectClass=msDS-PasswordSettings)",
        _POLICIES,
    )
    updates = "CN=ActiveDirectoryUpdate,CN=DomainUpdates,CN=System"
    yield one(Section.SYSTEM, updates, BASE, _ANY, "objectClass revision")
    frs = "CN=File Replication Service,CN=System"
    replicated = "(|(objectClass=nTFRSReplicaSet)(objectClass=nTFRSMember))"
    yield one(Section.SYSTEM, frs, SUBTREE, replicated, "objectClass frsReplicaSetType")
    dfsr = "CN=DFSR-GlobalSettings,CN=System"
    yield one(Section.SYSTEM, dfsr, BASE, _ANY, "objectClass msDFSR-Flags")
    people = (
        "(|(objectClass=user)(objectClass=group)"
        "(objectClass=foreignSecurityPrincipal)(objectClass=trustedDomain))"
    )
    yield one(Section.PRINCIPALS, "", SUBTREE, people, _PRINCIPALS)


def _configuration(configuration: str) -> Iterator[Search]:
    def one(section: Section, base: str, scope: str, what: str, names: str) -> Search:
        place = f"{base},{configuration}"
        return Search(
            section, Part.CONFIGURATION, place, scope, what, tuple(names.split()), optional=True
        )

    partitions = "(|(objectClass=crossRefContainer)(objectClass=crossRef))"
    names = "objectClass msDS-Behavior-Version nCName dnsRoot nETBIOSName systemFlags"
    yield one(Section.PARTITIONS, "CN=Partitions", SUBTREE, partitions, names)
    service = "CN=Directory Service,CN=Windows NT,CN=Services"
    yield one(Section.SERVICE, service, BASE, _ANY, "objectClass dSHeuristics")
    servers = "(|(objectClass=server)(objectClass=nTDSDSA)(objectClass=nTDSDSARO))"
    names = "objectClass serverReference msDS-Behavior-Version"
    yield one(Section.SITES, "CN=Sites", SUBTREE, servers, names)
    silos = "CN=AuthN Silos,CN=AuthN Policy Configuration,CN=Services"
    names = "objectClass msDS-AuthNPolicySiloEnforced msDS-AuthNPolicySiloMembers"
    yield one(Section.SILOS, silos, LEVEL, "(objectClass=msDS-AuthNPolicySilo)", names)
    # A menu that runs a command has a third field; the container itself proves it was looked at.
    menus = "(|(objectClass=container)(adminContextMenu=*,*,*))"
    yield one(Section.MENUS, "CN=DisplaySpecifiers", SUBTREE, menus, "objectClass adminContextMenu")
    pki = "CN=Public Key Services,CN=Services"
    holders = "(|(objectClass=container)(cACertificate=*))"
    yield one(Section.AUTHORITIES, pki, SUBTREE, holders, "objectClass cACertificate")
