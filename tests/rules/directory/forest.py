"""A forest of two domains on facts: Samba cannot be made a child domain in the lab."""

import struct
from dataclasses import replace

from care_kit.model.facts.directory import DirectoryEntry, DirectoryFacts, Part
from tests.rules.directory.domain import BASE, SID, USERS, Domain

CHILD_BASE = f"DC=labo,{BASE}"
CHILD_USERS = f"CN=Users,{CHILD_BASE}"
CHILD_SID = "S-1-5-21-7-8-9"
CHILD_NAME, ROOT_NAME = "labo.test.lan", "test.lan"
_SHARED = (Part.CONFIGURATION, Part.SCHEMA, Part.FOREST_DNS)
_ROOT_ONLY = ("rid-518", "rid-519")


def two_domains() -> tuple[Domain, Domain]:
    """The root and what `as_child` makes a child of; both name the two domains."""
    domains = (Domain(), Domain())
    for domain in domains:
        domain.setting(
            "LABO", "CN=LABO,CN=Partitions", "crossRef", systemFlags=3, nCName=CHILD_BASE
        )
    for name in _ROOT_ONLY:
        domains[1].remove(name)
    denied = (f"CN=rid-{rid},{USERS}" for rid in (512, 516, 517, 520, 521))
    domains[1].group("Denied", 572, f"CN=krbtgt,{USERS}", *denied)
    _in_the_configuration(domains)
    domains[1].add(
        "trust",
        f"CN=test.lan,CN=System,{BASE}",
        objectClass=("top", "trustedDomain"),
        trustAttributes=0x20,
        trustDirection=3,
    )
    return domains


def _in_the_configuration(domains: tuple[Domain, Domain]) -> None:
    """What the shared partition says of the child: its controller, its administrator's silo."""
    place = "CN=DC1-LABO,CN=Servers,CN=Site,CN=Sites"
    for domain in domains:
        domain.setting("site-LABO", place, "server", serverReference=f"CN=DC1,{CHILD_USERS}")
        settings = f"CN=NTDS Settings,{place}"
        domain.setting("dsa-LABO", settings, "nTDSDSA", msDS_Behavior_Version=7)
        administrators = [f"CN=Administrator,{place}" for place in (USERS, CHILD_USERS)]
        domain.change("silo", msDS_AuthNPolicySiloMembers=administrators)


def as_child(facts: DirectoryFacts) -> DirectoryFacts:
    """The same facts, their own objects moved to a child domain with its own identifiers."""
    return replace(
        facts,
        domain_dn=CHILD_BASE,
        entries=tuple(one if one.part in _SHARED else _moved(one) for one in facts.entries),
    )


def _moved(entry: DirectoryEntry) -> DirectoryEntry:
    attributes = {name: tuple(map(_below, values)) for name, values in entry.attributes.items()}
    return DirectoryEntry(_below(entry.dn.encode()).decode(), entry.part, attributes)


def _below(raw: bytes) -> bytes:
    """DNs and identifiers of the root domain as the child's; the configuration stays shared."""
    if f"CN=Configuration,{BASE}".encode() in raw:
        return raw
    moved = raw.replace(BASE.encode(), CHILD_BASE.encode())
    return moved.replace(_numbers(SID), _numbers(CHILD_SID))


def _numbers(sid: str) -> bytes:
    return struct.pack("<3I", *map(int, sid.split("-")[-3:]))
