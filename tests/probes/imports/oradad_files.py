"""Writes directory facts the way ORADAD's public source says it writes them.

No real export is available: the layout comes from reading LDAP.cpp, Engine.cpp, Filters.cpp and
oradad-schema.xml of ANSSI-FR/ORADAD. What ORADAD loses (zero dates, fractions of a second) is
lost here too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from uuid import UUID

from care_kit.model.facts.directory import DirectoryEntry, DirectoryFacts, Part, dns_name, sid_text
from care_kit.probes.directory.searches import ROOT_ATTRIBUTES, searches
from care_kit.probes.imports.coverage import folders

STAMP = "20260301-083000"
VERSION = "3.3.210.105"
TWINS = {
    "userAccountControl", "trustDirection", "trustType", "trustAttributes", "systemFlags",
    "msDS-SupportedEncryptionTypes", "maxPwdAge", "msDS-MaximumPasswordAge",
}  # fmt: skip
TYPES = {
    **dict.fromkeys(
        ("whenCreated", "whenChanged", "pwdLastSet", "lastLogonTimestamp"), "datetime2"
    ),
    **dict.fromkeys(
        (
            "msDS-AuthNPolicySiloEnforced",
            "msDS-PasswordReversibleEncryptionEnabled",
            "msDS-ExpirePasswordsOnSmartCardOnlyAccounts",
        ),
        "tinyint",
    ),
    **dict.fromkeys(("objectSid", "sIDHistory", "securityIdentifier"), "varchar(200)"),
    **dict.fromkeys(
        ("cACertificate", "nTSecurityDescriptor", "msDS-AllowedToActOnBehalfOfOtherIdentity"),
        "varchar(max)",
    ),
    **dict.fromkeys(
        ("primaryGroupID", "adminCount", "minPwdLength", "pwdProperties", "revision"), "int"
    ),
    "msDS-RevealedUsers": "varchar(max)",
    **dict.fromkeys(("dNSProperty", "msDS-GroupMSAMembership"), "varchar(max)"),
    **dict.fromkeys(("objectGUID", "schemaIDGUID", "attributeSecurityGUID"), "uniqueidentifier"),
}  # fmt: skip
TABLES = {
    Part.DOMAIN: (
        ("passwordSettings", "msDS-PasswordSettings"),
        ("gmsa", "msDS-GroupManagedServiceAccount"),
        ("smsa", "msDS-ManagedServiceAccount"),
        ("computer", "computer"),
        ("user", "user"),
        ("group", "group"),
        ("foreignSecurityPrincipal", "foreignSecurityPrincipal"),
        ("trustedDomain", "trustedDomain"),
        ("nTFRSReplicaSet", "nTFRSReplicaSet"),
        ("nTFRSMember", "nTFRSMember"),
        ("msDFSR-GlobalSettings", "msDFSR-GlobalSettings"),
        ("msDFSR-LocalSettings", "msDFSR-LocalSettings"),
        ("msDFSR-Subscriber", "msDFSR-Subscriber"),
        ("msDFSR-Subscription", "msDFSR-Subscription"),
        ("ou", "organizationalUnit"),
        ("gpo", "groupPolicyContainer"),
        ("dnsZone", "dnsZone"),
    ),
    Part.CONFIGURATION: (
        ("crossRefContainer", "crossRefContainer"),
        ("crossRef", "crossRef"),
        ("nTDSService", "nTDSService"),
        ("server", "server"),
        ("nTDSDSA", "nTDSDSA"),
        ("authNPolicySilo", "msDS-AuthNPolicySilo"),
        ("displaySpecifier", "displaySpecifier"),
        ("certificationauthority", "certificationAuthority"),
        ("pKIEnrollmentService", "pKIEnrollmentService"),
        ("pKICertificateTemplate", "pKICertificateTemplate"),
        ("site", "site"),
        ("controlAccessRight", "controlAccessRight"),
    ),
    Part.SCHEMA: (("attribute", "attributeSchema"), ("class", "classSchema")),
    Part.DOMAIN_DNS: (("dnsZone", "dnsZone"),),
    Part.FOREST_DNS: (("dnsZone", "dnsZone"),),
}
TOP = {
    "objectClass",
    "whenCreated",
    "whenChanged",
    "nTSecurityDescriptor",
    "objectGUID",
    "revision",
}


def write_oradad(
    folder: Path,
    facts: DirectoryFacts,
    *,
    without: frozenset[str] = frozenset(),
    log: str = "fine\n",
) -> Path:
    """A collection under `folder`; attributes in `without` are not collected. Its root."""
    root = folder / facts.forest_dns / STAMP
    asked = {name for one in searches("DC=x", "CN=y") for name in one.attributes} - without
    # This back link is not collected; the winning policy of an account is.
    asked = asked - {"msDS-PSOApplied"} | {"msDS-PSOAppliesTo", "msDS-ResultantPSO"}
    described = [f"{facts.forest_dns}_{STAMP}"]
    places = folders(dns_name(facts.domain_dn))
    for part, place in places.items():
        mine = [_told(one) for one in facts.entries if one.part is part]
        tables: dict[str, list[DirectoryEntry]] = {name: [] for name, _ in TABLES[part]} | {
            "top": mine
        }
        if part is Part.DOMAIN:
            tables["root"] = [one for one in mine if one.dn == facts.domain_dn]
            policies = f"CN=Password Settings Container,CN=System,{facts.domain_dn}"
            tables["top"] = [*mine, DirectoryEntry(policies, part, {"objectclass": (b"top",)})]
        for entry in mine:
            tables.get(_table(entry), []).append(entry)
        for name, entries in tables.items():
            columns = sorted(asked & TOP if name == "top" else asked - {"objectClass"})
            described.append(_write(root, f"{place}/{name}", columns, entries, name == "top"))
    described.append(_root_dse(root, facts))
    described.append(
        "metadata.tsv\tmetadata\tmetadata\t2\tkey\tnvarchar(255)\tvalue\tnvarchar(1024)"
    )
    told = [("oradad_version", VERSION), ("oradad_level", "4"), ("oradad_processtime", "90000")]
    tsv(root / "metadata.tsv", told)
    (root / "tables.tsv").write_bytes(("\n".join(described) + "\n").encode())
    (root / "oradad.log").write_text(log, encoding="utf-8")
    return root


def _told(entry: DirectoryEntry) -> DirectoryEntry:
    """The entry with the winning policy in place of those applied."""
    winner = entry.values("msDS-PSOApplied")[:1]
    return replace(entry, attributes={**entry.attributes, "msds-resultantpso": winner})


def tsv(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    """UTF-16LE with its mark, tabs and CRLF, no header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join("\t".join(row) + "\r\n" for row in rows)
    path.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))


def _table(entry: DirectoryEntry) -> str:
    classes = entry.texts("objectClass")
    return next((name for name, kind in TABLES[entry.part] if kind in classes), "top only")


def _write(
    root: Path, place: str, columns: list[str], entries: list[DirectoryEntry], top: bool
) -> str:
    head = [("dn", "nvarchar(200)")]
    head += [("shortname", "nvarchar(60)"), ("shortdn", "nvarchar(200)")] if top else []
    for name in columns:
        if name in TWINS:
            head += [(name, "nvarchar(60)"), (f"{name}_int", "bigint")]
        else:
            head.append((name, TYPES.get(name, "nvarchar(max)")))
    rows = []
    for entry in entries:
        cells = [entry.dn, *(("x", "y") if top else ())]
        for name in columns:
            cells += ["words", entry.text(name) or ""] if name in TWINS else [_cell(entry, name)]
        rows.append(tuple(cells))
    tsv(root / f"{place}.tsv", rows)
    pairs = "\t".join(f"{name}\t{kind}" for name, kind in head)
    path = place.replace("/", "\\")
    return f"{path}.tsv\t{place.replace('/', '_')}\t{place}\t{len(head)}\t{pairs}"


def _cell(entry: DirectoryEntry, name: str) -> str:
    kind = TYPES.get(name, "")
    if kind == "datetime2":
        return _date(entry, name)
    if kind == "tinyint":
        return {"TRUE": "1", "FALSE": "0"}.get(entry.text(name) or "", "")
    if kind == "uniqueidentifier":
        return "".join(str(UUID(bytes_le=one)) for one in entry.values(name))
    if kind == "varchar(200)":
        return "".join(sid_text(one) or "" for one in entry.values(name)[:1])
    if kind == "varchar(max)":
        return ";".join(one.hex() for one in entry.values(name))
    return ";".join(entry.texts(name))


def _date(entry: DirectoryEntry, name: str) -> str:
    if entry.text(name) == str(0x7FFFFFFFFFFFFFFF):
        return "2999-12-12 23:59:59"
    moment = entry.moment(name)
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def _root_dse(root: Path, facts: DirectoryFacts) -> str:
    def cells() -> Iterator[str]:
        for name in ROOT_ATTRIBUTES:
            values = facts.root.get(name, ())
            stamp = facts.taken_at.strftime("%Y-%m-%d %H:%M:%S")
            yield stamp if name == "currentTime" else ";".join(values)

    tsv(root / "rootDSE.tsv", [("dc1", *cells())])
    kinds = {"currentTime": "datetime2"}
    pairs = "\t".join(f"{one}\t{kinds.get(one, 'nvarchar(99)')}" for one in ROOT_ATTRIBUTES)
    return (
        f"rootDSE.tsv\trootDSE\trootDSE\t{1 + len(ROOT_ATTRIBUTES)}\tserver\tnvarchar(9)\t{pairs}"
    )
