"""An LDIF file as the facts the live probe would have read.

A search that the comments of the file do not prove whole leaves its part unreadable.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from care_kit.model.facts.directory import OBSERVED, DirectoryFacts, Section, dns_name, unasked
from care_kit.model.facts.reading import Statement
from care_kit.model.words.errors import InputError
from care_kit.probes.directory.searches import ROOT_ATTRIBUTES, SUBTREE, Search, searches
from care_kit.probes.imports.ldif import Entry, Ldif, Run, read_ldif
from care_kit.probes.imports.refusals import malformed
from care_kit.probes.imports.selection import Collected, Contexts, select
from care_kit.probes.imports.statement import stated

_EVERYTHING = "(objectclass=*)"
_SCOPES = {"BASE": "baseObject", "LEVEL": "oneLevel", "SUBTREE": "subtree"}
_CONTEXTS = ("defaultnamingcontext", "configurationnamingcontext", "rootdomainnamingcontext")


def read_ldif_facts(path: Path, taken_at: datetime | None = None) -> tuple[bytes, Statement]:
    """Encoded facts of the domain the file describes, and their statement.

    `taken_at` (UTC) is used only when the file holds no `currentTime` of the server. InputError
    when the file does not describe its directory or cannot be dated.
    """
    ldif = read_ldif(path)
    root = _root(path, ldif)
    domain, configuration, forest = (_context(path, root, name) for name in _CONTEXTS)
    asked = tuple(searches(domain, configuration, forest))
    objects = [Collected(one.dn, one.attributes) for one in _joined(ldif.entries)]
    contexts = Contexts.of(objects, domain, configuration)
    facts = DirectoryFacts(
        taken_at=_moment(path, root, taken_at),
        domain_dn=domain,
        configuration_dn=configuration,
        forest_dns=dns_name(forest),
        root={
            name: tuple(one.decode("utf-8", "replace") for one in root.attributes[name.lower()])
            for name in sorted(ROOT_ATTRIBUTES)
            if name.lower() in root.attributes
        },
        entries=tuple(select(objects, asked, contexts)),
        unreadable=tuple(dict.fromkeys((*_uncovered(asked, ldif, contexts), *_cut(ldif)))),
    )
    note = "Relevé importé d'un fichier LDIF : care-kit n'a pas lu l'annuaire lui-même."
    others = {dns_name(one) for one in _forests(ldif)} - {facts.forest_dns}
    apart = tuple(
        f"Le fichier décrit aussi la forêt {one} : elle est laissée de côté."
        for one in sorted(others)
    )
    return stated(facts, "LDIF", facts.taken_at, (note, *apart))


def _root(path: Path, ldif: Ldif) -> Entry:
    """The rootDSE: it alone names the domain, the configuration and the forest."""
    for one in ldif.entries:
        if not one.dn and all(name in one.attributes for name in _CONTEXTS):
            return one
    raise InputError(
        f"Le fichier « {path.name} » ne contient pas la description de l'annuaire (rootDSE).",
        "Ajoutez-y le résultat de : ldapsearch … -b '' -s base '(objectClass=*)'",
    )


def _forests(ldif: Ldif) -> Iterator[str]:
    """The root of each forest the file describes."""
    for one in ldif.entries:
        if not one.dn:
            for value in one.attributes.get(_CONTEXTS[2], ()):
                yield value.decode("utf-8", "replace")


def _context(path: Path, root: Entry, name: str) -> str:
    """The DN of a naming context, as the rootDSE gives it."""
    text = root.attributes[name][0].decode("utf-8", "replace")
    if not dns_name(text):
        raise malformed(path.name, name, "un nom de domaine (DC=…) est attendu")
    return text


def _moment(path: Path, root: Entry, taken_at: datetime | None) -> datetime:
    told = root.attributes.get("currenttime", (b"",))[0].decode("ascii", "replace")
    try:
        return datetime.strptime(told, "%Y%m%d%H%M%S.0Z").replace(tzinfo=UTC)
    except ValueError:
        if taken_at is not None:
            return taken_at
    raise InputError(
        f"Le fichier « {path.name} » ne dit pas quand il a été produit.",
        "Indiquez le jour de la recherche avec --date AAAA-MM-JJ.",
    )


def _joined(entries: Sequence[Entry]) -> Iterator[Entry]:
    """One entry per DN: two searches may have met the same object."""
    by_dn: dict[str, Entry] = {}
    for one in entries:
        known = by_dn.get(one.dn.casefold())
        if known is not None:
            one = Entry(known.dn, {**known.attributes, **one.attributes})
        by_dn[one.dn.casefold()] = one
    return iter(by_dn.values())


def _uncovered(asked: Sequence[Search], ldif: Ldif, contexts: Contexts) -> Iterator[str]:
    for search in asked:
        if not any(run.whole and _covers(run, search, contexts) for run in ldif.runs):
            yield (
                f"{search.section} : le fichier ne prouve pas que {search.base} a été lu en entier."
            )
        else:
            observed = OBSERVED.get(search.section, frozenset()).intersection(search.attributes)
            yield from unasked(one for one in observed if not _asked(one, search, ldif, contexts))


def _asked(name: str, search: Search, ldif: Ldif, contexts: Contexts) -> bool:
    """Whether a run that covers the search asked for that attribute."""
    return any(
        run.whole
        and _covers(run, search, contexts)
        and (run.requested is None or name.lower() in run.requested)
        for run in ldif.runs
    )


def _covers(run: Run, search: Search, contexts: Contexts) -> bool:
    observed = OBSERVED.get(search.section, frozenset())
    wanted = {name.lower() for name in search.attributes if name not in observed}
    if run.requested is not None and not wanted <= run.requested:
        return False
    base, here = search.base.casefold(), run.base.casefold()
    if contexts.holding(base) != contexts.holding(here):
        return False
    if run.scope == _SCOPES[SUBTREE] and run.filter.casefold() == _EVERYTHING:
        return base == here or base.endswith(f",{here}")
    same = run.filter.casefold() == search.filter.casefold()
    return base == here and same and run.scope == _SCOPES[search.scope]


def _cut(ldif: Ldif) -> Iterator[str]:
    for one in ldif.entries:
        if one.cut:
            names = ", ".join(one.cut)
            yield f"{Section.PRINCIPALS} : valeurs coupées par le serveur ({names})."
