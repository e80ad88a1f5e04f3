"""Which parts of a reading an ORADAD collection covers: what it lacks proves nothing."""

from collections.abc import Iterable, Iterator, Mapping

from care_kit.model.facts.directory import OBSERVED, Part, Section, unasked
from care_kit.probes.directory.searches import Search
from care_kit.probes.imports.source import Source
from care_kit.probes.imports.tables import Table

# Tables each section stands on, besides `top`, which holds every object of its partition.
_TABLES: Mapping[Section, tuple[str, ...]] = {
    Section.DOMAIN: ("root",),
    Section.PRINCIPALS: (
        "user",
        "computer",
        "smsa",
        "gmsa",
        "group",
        "foreignSecurityPrincipal",
        "trustedDomain",
        "passwordSettings",
    ),
    Section.POLICIES: ("passwordSettings",),
    Section.SYSTEM: ("nTFRSReplicaSet", "nTFRSMember"),
    Section.REPLICATION: (
        "msDFSR-GlobalSettings",
        "msDFSR-LocalSettings",
        "msDFSR-Subscriber",
        "msDFSR-Subscription",
    ),
    Section.UNITS: ("ou", "gpo"),
    Section.ZONES: ("dnsZone",),
    Section.PARTITIONS: ("crossRefContainer", "crossRef"),
    Section.SERVICE: ("nTDSService",),
    Section.SITES: ("server", "nTDSDSA", "site"),
    Section.SILOS: ("authNPolicySilo",),
    Section.MENUS: ("displaySpecifier",),
    Section.AUTHORITIES: (
        "certificationauthority",
        "pKIEnrollmentService",
        "pKICertificateTemplate",
    ),
    Section.RIGHTS: ("controlAccessRight",),
    Section.SCHEMA: ("attribute", "class"),
    Section.ROOTS: (),
    Section.SECRETS: (),
}

# ORADAD does not collect this back link, but the link it comes from.
_STANDS_FOR = {"msds-psoapplied": "msds-psoappliesto"}


def folders(domain: str) -> Mapping[Part, str]:
    """The folder of each partition in a collection; `domain` is a DNS name."""
    return {
        Part.DOMAIN: f"domain/{domain}",
        Part.CONFIGURATION: "configuration",
        Part.SCHEMA: "schema",
        Part.DOMAIN_DNS: f"domaindns/{domain}",
        Part.FOREST_DNS: "forestdns",
    }


def missing(
    asked: Iterable[Search],
    places: Mapping[Part, str],
    known: Mapping[str, Table],
    source: Source,
    root: str,
) -> Iterator[str]:
    """A sentence per lack, starting with the section (or the attribute) it makes unreadable.

    `places` are the folders of the partitions, `known` the tables of the collection by path.
    """
    wanted: dict[tuple[Section, Part], set[str]] = {}
    for search in asked:
        wanted.setdefault((search.section, search.part), set()).update(search.attributes)
    for (section, part), attributes in wanted.items():
        names = ("top", *_TABLES[section])
        tables = {name: known.get(f"{places[part]}/{name}".casefold()) for name in names}
        absent = sorted(
            name
            for name, table in tables.items()
            if table is None or source.find(f"{root}{table.path}") is None
        )
        if absent:
            yield f"{section} : tables absentes de la collecte ({', '.join(absent)})."
            continue
        columns = {column.lower() for table in tables.values() if table for column in table.columns}
        lacking = sorted(name for name in attributes if not _held(name.lower(), columns))
        observed = OBSERVED.get(section, frozenset())
        yield from unasked(observed.intersection(lacking))
        if lacking := [name for name in lacking if name not in observed]:
            yield f"{section} : attributs non collectés ({', '.join(lacking)})."


def _held(name: str, columns: set[str]) -> bool:
    """Whether a column holds that attribute; the class follows from the table."""
    wanted = _STANDS_FOR.get(name, name)
    return wanted == "objectclass" or wanted in columns or f"{wanted}_int" in columns
