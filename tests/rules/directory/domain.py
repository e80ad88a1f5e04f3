"""A small healthy domain, made by hand, that each test spoils in one way."""

import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from care_kit.catalog import toml_file
from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DELEGATED_ACCOUNT, DirectoryEntry, DirectoryFacts, Part
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Verdict
from care_kit.resources import data
from care_kit.rules.directory import evaluate
from tests.model.facts.descriptors import FULL, Entry, descriptor
from tests.model.facts.descriptors import sid_bytes as sid_bytes

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BASE = "DC=test,DC=lan"
CONFIGURATION = f"CN=Configuration,{BASE}"
SID = "S-1-5-21-1-2-3"
USERS = f"CN=Users,{BASE}"
CHECKS = {
    check.id: check
    for check in (
        toml_file.read(file, Check) for file in data("checks").joinpath("directory").iterdir()
    )
}

Given = str | int | bytes | Iterable[str]
Spoil = Callable[["Domain"], object]


def ago(days: float) -> str:
    """A FILETIME."""
    epoch = datetime(1601, 1, 1, tzinfo=UTC)
    return str(int((NOW - timedelta(days=days) - epoch).total_seconds()) * 10**7)


# Identifiers of a real schema: attributes by their own GUID, rights and classes alike.
GUIDS = {
    "member": "bf9679c0-0de6-11d0-a285-00aa003049e2",
    "gPLink": "f30e3bbe-9ff0-11d1-b603-0000f80367c1",
    "servicePrincipalName": "f3a64788-5306-11d1-a9c5-0000f80367c1",
    "userAccountControl": "bf967a68-0de6-11d0-a285-00aa003049e2",
    "msDS-KeyCredentialLink": "5b47d60f-6090-40b2-9f37-2a4de88f3063",
    "msDS-AllowedToActOnBehalfOfOtherIdentity": "3f78c3e5-f79a-46bd-a0b8-9d18116ddc79",
    "gPCFileSysPath": "f30e3bc1-9ff0-11d1-b603-0000f80367c1",
}
PUBLIC_INFORMATION = "e48d0154-bcf8-11d1-8702-00c04fb96050"
USER_CLASS = "bf967aba-0de6-11d0-a285-00aa003049e2"
DELEGATED_CLASS = "0feb936f-47b3-49f2-9386-1dedc2c23765"
RIGHTS = {
    "User-Force-Change-Password": "00299570-246d-11d0-a768-00aa006e0529",
    "DS-Replication-Get-Changes": "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2",
    "DS-Replication-Get-Changes-All": "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2",
    "Certificate-Enrollment": "0e10c968-78fb-11d2-90d4-00c04f79dc55",
    "Self-Membership": "bf9679c0-0de6-11d0-a285-00aa003049e2",
    "Validated-SPN": "f3a64788-5306-11d1-a9c5-0000f80367c1",
}
PKI = "CN=Public Key Services,CN=Services"
SYSTEM = f"CN=System,{BASE}"
AGENT = f"{SID}-5000"
BORN_WITH = "D:(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;DA)(A;;RPLCLORC;;;AU)(A;;CC;;;AU)"
# Who a healthy object belongs to and obeys; Account Operators is there, and empty.
_NORMAL = (
    Entry(f"{SID}-512", FULL),
    Entry("S-1-5-18", FULL),
    Entry("S-1-5-32-548", FULL),
    Entry("S-1-5-11", 0x20094),
)


def _raw(value: Given) -> tuple[bytes, ...]:
    if isinstance(value, bytes):
        return (value,)
    if isinstance(value, (str, int)):
        return (str(value).encode(),)
    return tuple(one.encode() for one in value)


class Domain:
    """Entries by short name (sAMAccountName, or the first RDN); `hide` removes attributes."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[str, Part, dict[str, tuple[bytes, ...]]]] = {}
        self.unreadable: tuple[str, ...] = ()
        _settings(self)
        _principals(self)

    def add(self, name: str, dn: str, part: Part = Part.DOMAIN, /, **attributes: Given) -> str:
        """Add or replace an entry; `_` in attribute names stands for `-`. Returns its DN."""
        known = {key.replace("_", "-").lower(): _raw(value) for key, value in attributes.items()}
        normal = {"ntsecuritydescriptor": (descriptor(f"{SID}-512", *_NORMAL),)}
        self._entries[name] = (dn, part, normal | known)
        return dn

    def setting(
        self, name: str, under: str, kind: str = "container", /, **attributes: Given
    ) -> str:
        """Add an object of the configuration."""
        dn = f"{under},{CONFIGURATION}"
        return self.add(name, dn, Part.CONFIGURATION, objectClass=("top", kind), **attributes)

    def user(self, name: str, rid: int = 5000, /, **attributes: Given) -> str:
        """Add an enabled user without any flaw."""
        normal: dict[str, Given] = {
            "userAccountControl": 0x200,
            "primaryGroupID": 513,
            "pwdLastSet": ago(30),
            "lastLogonTimestamp": ago(3),
            "whenCreated": "20200101000000.0Z",
            "accountExpires": 0,
        }
        return self._principal(name, rid, ("top", "person", "user"), normal | attributes)

    def computer(self, name: str, rid: int = 6000, /, **attributes: Given) -> str:
        """Add an enabled workstation without any flaw."""
        normal: dict[str, Given] = {
            "userAccountControl": 0x1000,
            "primaryGroupID": 515,
            "pwdLastSet": ago(10),
            "lastLogonTimestamp": ago(3),
            "whenCreated": "20200101000000.0Z",
        }
        return self._principal(name, rid, ("top", "user", "computer"), normal | attributes)

    def group(self, name: str, rid: int | str, *members: str) -> str:
        """Add a group of the domain (RID) or a built-in one (whole SID)."""
        return self._principal(name, rid, ("top", "group"), {"member": members})

    def foreign(self, sid: str) -> str:
        """Add a foreign principal."""
        dn = f"CN={sid},CN=ForeignSecurityPrincipals,{BASE}"
        kind = ("top", "foreignSecurityPrincipal")
        return self.add(sid, dn, objectClass=kind, objectSid=sid_bytes(sid))

    def change(self, name: str, **attributes: Given) -> None:
        """Replace attributes of an entry."""
        dn, part, known = self._entries[name]
        new = {key.replace("_", "-").lower(): _raw(value) for key, value in attributes.items()}
        self._entries[name] = (dn, part, known | new)

    def permit(self, name: str, *entries: Entry, owner: str = f"{SID}-512") -> None:
        """Put entries before the normal permissions of an object."""
        self.change(name, nTSecurityDescriptor=descriptor(owner, *entries, *_NORMAL))

    def protect(self, name: str, *entries: Entry) -> None:
        """Give it AdminSDHolder's permissions and no inheritance, plus these entries."""
        protected = descriptor(f"{SID}-512", *entries, *_NORMAL, protected=True)
        self.change(name, nTSecurityDescriptor=protected)

    def hide(self, name: str, *attributes: str) -> None:
        """Remove attributes, as a directory does that does not let them be read."""
        for attribute in attributes:
            self._entries[name][2].pop(attribute.lower())

    def remove(self, name: str) -> None:
        """Remove an entry."""
        del self._entries[name]

    def join(self, group: str, *members: str) -> None:
        """Add members (DNs) to a group."""
        known = self._entries[group][2]
        known["member"] = (*known.get("member", ()), *(one.encode() for one in members))

    def facts(self) -> DirectoryFacts:
        """What a probe would have read."""
        return DirectoryFacts(
            taken_at=NOW,
            domain_dn=BASE,
            configuration_dn=CONFIGURATION,
            forest_dns="test.lan",
            entries=tuple(DirectoryEntry(*one) for one in self._entries.values()),
            unreadable=self.unreadable,
        )

    def finding(self, check: str) -> Finding:
        """The finding of one check."""
        return evaluate(self.facts(), {check: CHECKS[check]})[0]

    def _principal(
        self, name: str, rid: int | str, classes: tuple[str, ...], attributes: dict[str, Given]
    ) -> str:
        sid = rid if isinstance(rid, str) else f"{SID}-{rid}"
        dn = f"CN={name.rstrip('$')},{USERS}"
        identity: dict[str, Given] = {
            "objectClass": classes,
            "objectSid": sid_bytes(sid),
            "sAMAccountName": name,
        }
        return self.add(name, dn, **identity | attributes)


def _settings(domain: Domain) -> None:
    domain.add(
        "root",
        BASE,
        objectClass=("top", "domainDNS"),
        objectSid=sid_bytes(SID),
        minPwdLength=12,
        maxPwdAge=-365 * 864_000_000_000,
        pwdProperties=1,
        ms_DS_MachineAccountQuota=0,
        msDS_ExpirePasswordsOnSmartCardOnlyAccounts="TRUE",
    )
    system = f"CN=System,{BASE}"
    domain.add("update", f"CN=ActiveDirectoryUpdate,CN=DomainUpdates,{system}", revision=16)
    domain.add("dfsr", f"CN=DFSR-GlobalSettings,{system}", msDFSR_Flags=48)
    domain.setting("partitions", "CN=Partitions", "crossRefContainer", msDS_Behavior_Version=7)
    domain.setting("TEST", "CN=TEST,CN=Partitions", "crossRef", systemFlags=3, nCName=BASE)
    service = "CN=Directory Service,CN=Windows NT,CN=Services"
    heuristics = "0000000001000000000200000001130"
    domain.setting("service", service, "nTDSService", dSHeuristics=heuristics)
    domain.setting("menus", "CN=DisplaySpecifiers")
    domain.add("configuration", CONFIGURATION, Part.CONFIGURATION, objectClass="configuration")
    _protected_objects(domain)
    _certificate_services(domain)
    _identifiers(domain)
    site = "CN=Servers,CN=Site,CN=Sites"
    domain.setting("site-DC1", f"CN=DC1,{site}", "server", serverReference=f"CN=DC1,{USERS}")
    settings = f"CN=NTDS Settings,CN=DC1,{site}"
    domain.setting("dsa-DC1", settings, "nTDSDSA", msDS_Behavior_Version=7)


def _protected_objects(domain: Domain) -> None:
    """What permissions points look at, besides accounts."""
    domain.add("holder", f"CN=AdminSDHolder,{SYSTEM}", objectClass=("top", "container"))
    domain.add("dns", f"CN=MicrosoftDNS,{SYSTEM}", objectClass=("top", "container"))
    key = f"CN=BCKUPKEY_1 Secret,{SYSTEM}"
    domain.add("dpapi", key, objectClass=("top", "secret"))
    master = "CN=Master Root Keys,CN=Group Key Distribution Service,CN=Services"
    domain.setting("kds", master)
    domain.setting("kds-key", f"CN=1,{master}", "msKds-ProvRootKey")
    policy = f"CN={{1}},CN=Policies,{SYSTEM}"
    kind = ("top", "groupPolicyContainer")
    domain.add("policy", policy, objectClass=kind, whenChanged="20250301000000.0Z")
    domain.change("root", gPLink=f"[LDAP://{policy};0]")
    unit = ("top", "organizationalUnit")
    domain.add("unit", f"OU=Domain Controllers,{BASE}", objectClass=unit)
    domain.setting("site", "CN=Site,CN=Sites", "site")
    zone = f"DC=test.lan,CN=MicrosoftDNS,DC=DomainDnsZones,{BASE}"
    updates = zone_property(2)
    domain.add("zone", zone, Part.DOMAIN_DNS, objectClass=("top", "dnsZone"), dNSProperty=updates)


def _certificate() -> bytes:
    """A self-signed authority that nothing is wrong with."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "AC")])
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW, NOW + timedelta(9))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


CERTIFICATE = _certificate()


def zone_property(allowed: int) -> bytes:
    """dNSProperty that tells who may update a zone (MS-DNSP 2.3.2.1)."""
    head = b"".join(number.to_bytes(4, "little") for number in (1, 0, 0, 1, 2))
    return head + bytes([allowed]) + bytes(4)


def _certificate_services(domain: Domain) -> None:
    for name, place in (("pki", PKI), ("templates", f"CN=Certificate Templates,{PKI}")):
        domain.setting(name, place)
    domain.setting("aia", f"CN=AC,CN=AIA,{PKI}", "certificationAuthority")
    domain.setting("ntauth", f"CN=NTAuthCertificates,{PKI}", "certificationAuthority")
    domain.setting(
        "authority",
        f"CN=AC,CN=Enrollment Services,{PKI}",
        "pKIEnrollmentService",
        certificateTemplates=("Poste",),
        dNSHostName="pc1.test.lan",
    )
    for name in ("authority", "ntauth"):
        domain.change(name, cACertificate=CERTIFICATE)
    domain.setting(
        "template",
        f"CN=Poste,CN=Certificate Templates,{PKI}",
        "pKICertificateTemplate",
        msPKI_Certificate_Name_Flag=0x8000000,
        msPKI_Enrollment_Flag=0,
        msPKI_RA_Signature=0,
        pKIExtendedKeyUsage="1.3.6.1.5.5.7.3.2",
    )


def _identifiers(domain: Domain) -> None:
    schema = f"CN=Schema,{CONFIGURATION}"
    domain.add("schema", schema, Part.SCHEMA, objectClass=("top", "dMD"))

    def known(name: str, kind: str, guid: str, under: str) -> None:
        domain.add(
            f"schema-{name}",
            f"CN={name},{schema}",
            Part.SCHEMA,
            objectClass=("top", kind),
            lDAPDisplayName=name,
            schemaIDGUID=uuid.UUID(guid).bytes_le,
            attributeSecurityGUID=uuid.UUID(under).bytes_le if under else (),
        )

    for name, guid in GUIDS.items():
        under = PUBLIC_INFORMATION if name == "servicePrincipalName" else ""
        known(name, "attributeSchema", guid, under)
    known("msLAPS-PasswordExpirationTime", "attributeSchema", str(uuid.UUID(int=1)), "")
    for name, guid in (("user", USER_CLASS), (DELEGATED_ACCOUNT, DELEGATED_CLASS)):
        known(name, "classSchema", guid, "")
        domain.change(f"schema-{name}", subClassOf="top", defaultSecurityDescriptor=BORN_WITH)
    for name, guid in RIGHTS.items():
        domain.setting(
            name, f"CN={name},CN=Extended-Rights", "controlAccessRight", cn=name, rightsGuid=guid
        )


def _principals(domain: Domain) -> None:
    silo = f"CN=Admin,CN=AuthN Silos,CN=AuthN Policy Configuration,CN=Services,{CONFIGURATION}"
    admin = domain.user(
        "Administrator",
        500,
        adminCount=1,
        msDS_AssignedAuthNPolicySilo=silo,
        lastLogonTimestamp=ago(90),
    )
    domain.setting(
        "silo",
        silo.removesuffix(f",{CONFIGURATION}"),
        "msDS-AuthNPolicySilo",
        msDS_AuthNPolicySiloEnforced="TRUE",
        msDS_AuthNPolicySiloMembers=admin,
    )
    domain.user("Guest", 501, userAccountControl=0x202, primaryGroupID=514)
    krbtgt = domain.user("krbtgt", 502, userAccountControl=0x202)
    domain.computer(
        "DC1$",
        1000,
        userAccountControl=0x82000,
        primaryGroupID=516,
        dNSHostName="dc1.test.lan",
        operatingSystem="Windows Server 2022 Standard",
        operatingSystemVersion="10.0 (20348)",
        msDS_SupportedEncryptionTypes=24,
    )
    names = (512, 516, 517, 518, 519, 520, 521)
    denied = [domain.group(f"rid-{rid}", rid) for rid in names]
    domain.join("rid-512", admin)
    domain.group("Administrators", "S-1-5-32-544", admin, f"CN=rid-512,{USERS}")
    domain.group("Protected", 525, admin)
    domain.group("DnsAdmins", 1101)
    domain.group("Operators", "S-1-5-32-548")
    domain.group("Allowed", 571)
    domain.group("Denied", 572, krbtgt, *denied)
    domain.group("Compatible", "S-1-5-32-554", domain.foreign("S-1-5-11"))
    domain.computer(
        "PC1$",
        dNSHostName="pc1.test.lan",
        operatingSystem="Windows 11 Professionnel",
        msLAPS_PasswordExpirationTime=ago(-20),
    )
    domain.user("agent")


def spoiled(check: str, spoil: Spoil) -> Finding:
    """The finding of one check on a healthy domain after `spoil`."""
    domain = Domain()
    spoil(domain)
    return domain.finding(check)


def failure(check: str, spoil: Spoil) -> tuple[tuple[str, ...], int]:
    """Objects and level of a check that must fail."""
    finding = spoiled(check, spoil)
    assert finding.verdict is Verdict.FAIL, finding
    return finding.objects, finding.level


def both(*spoils: Spoil) -> Spoil:
    """Several spoilings in a row."""

    def run(domain: Domain) -> None:
        for spoil in spoils:
            spoil(domain)

    return run
