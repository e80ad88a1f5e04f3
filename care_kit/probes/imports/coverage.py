"""Which parts of a reading an ORADAD collection covers: what it lacks proves nothing."""

from collections.abc import Iterable, Iterator, Mapping

from care_kit.model.directory_facts import Part, Section
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
    ),
    Section.POLICIES: ("passwordSettings",),
    Section.SYSTEM: ("nTFRSReplicaSet", "nTFRSMember", "msDFSR-GlobalSettings"),
    Section.PARTITIONS: ("crossRefContainer", "crossRef"),
    Section.SERVICE: ("nTDSService",),
    Section.SITES: ("server", "nTDSDSA"),
    Section.SILOS: ("authNPolicySilo",),
    Section.MENUS: ("displaySpecifier",),
    Section.AUTHORITIES: ("certificationauthority", "pKIEnrollmentService"),
}


def missing(
    asked: Iterable[Search], folder: str, known: Mapping[str, Table], source: Source, root: str
) -> Iterator[str]:
    """A sentence per lack, starting with the section it makes unreadable.

    `folder` is the domain's folder of the collection, `known` its tables by path.
    """
    wanted: dict[tuple[Section, Part], set[str]] = {}
    for search in asked:
        wanted.setdefault((search.section, search.part), set()).update(search.attributes)
    for (section, part), attributes in wanted.items():
        names = _TABLES.get(section)
        if names is None:
            yield f"{section} : cette partie n'est pas reprise d'une collecte ORADAD."
            continue
        place = folder if part is Part.DOMAIN else "configuration"
        tables = {name: known.get(f"{place}/{name}".casefold()) for name in ("top", *names)}
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
        if lacking:
            yield f"{section} : attributs non collectés ({', '.join(lacking)})."


def _held(name: str, columns: set[str]) -> bool:
    """Whether a column holds that attribute; the class follows from the table."""
    return name == "objectclass" or name in columns or f"{name}_int" in columns
