"""ORADAD's clear output, as the facts the live probe would have read.

The same rules then judge them. What was not collected, or cannot be told apart, makes its part
of the reading unreadable: an absence then proves nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from care_kit.model.facts.directory import DirectoryFacts, Section, dns_name
from care_kit.model.facts.reading import Statement
from care_kit.model.words.errors import InputError
from care_kit.probes.directory.searches import ROOT_ATTRIBUTES, searches
from care_kit.probes.imports import coverage, tables
from care_kit.probes.imports.merge import Merged
from care_kit.probes.imports.refusals import malformed, refused
from care_kit.probes.imports.selection import Contexts, select, wanted_attributes
from care_kit.probes.imports.source import Source, open_source
from care_kit.probes.imports.statement import stated
from care_kit.probes.imports.tables import INDEX, Table
from care_kit.probes.imports.values import decoded

_CLEAR = "Relancez ORADAD avec outputFiles=1 dans config-oradad.xml, puis importez ce dossier."
_LOG = "oradad.log"
_CUT = re.compile(rb"Attribute is truncated \([^\r\n]*\|([\w-]{1,60})\)")
_WARNED = re.compile(rb"^\[!\](?!\s*[.]?\s*$)", re.MULTILINE)
"""A line that begins so is a failure; the attributes it cut are told by name."""
_FAULTS = (
    b"An error has occurred during capture",
    b"Error in ldap_",
    b"Unable to open LDAP connection",
    b"Unable to bind to LDAP server",
)
_MAX_LOG = 200_000_000
_CONTEXTS = ("defaultNamingContext", "configurationNamingContext", "rootDomainNamingContext")


@dataclass
class _Collection:
    """One collection being read: its files, its tables, and what was found wanting."""

    source: Source
    root: str
    tables: Mapping[str, Table]
    metadata: Mapping[str, str]
    unreadable: list[str] = field(default_factory=list)


def read_oradad(path: Path, domain: str = "") -> tuple[bytes, Statement]:
    """Encoded facts of one domain of a collection (folder or zip), and their statement.

    `domain` is a DNS name; the forest's root domain when empty. InputError says what is wrong.
    """
    if path.suffix.casefold() == ".mla":
        raise refused(path.name, "est chiffré pour l'ANSSI (archive MLA)", _CLEAR)
    with open_source(path) as source:
        collection = _collection(source)
        root_dse = _root_dse(collection, domain)
        facts = _facts(collection, root_dse)
        version = collection.metadata.get("oradad_version", "version inconnue")
        level = collection.metadata.get("oradad_level", "inconnu")
        ended = facts.taken_at + _duration(collection.metadata)
    notes = (
        f"Relevé importé d'une collecte ORADAD {version} (niveau {level}) : care-kit n'a pas lu "
        "l'annuaire lui-même.",
        "ORADAD n'écrit pas les dates nulles : « jamais » et « caché » ne s'y distinguent pas.",
    )
    return stated(facts, f"ORADAD {version}", ended, notes)


def _collection(source: Source) -> _Collection:
    found = [one for one in source.names if one.rpartition("/")[2].casefold() == INDEX]
    if len(found) > 1:
        places = ", ".join(one.rpartition("/")[0] or "." for one in found[:5])
        raise InputError(
            f"« {source.label} » contient plusieurs collectes ORADAD : {places}.",
            "Indiquez le dossier de la seule collecte à importer.",
        )
    if not found:
        raise _no_collection(source)
    root = found[0][: -len(INDEX)]
    name = source.find(f"{root}metadata.tsv")
    metadata = tables.metadata(source, name) if name else {}
    return _Collection(source, root, tables.index(source, root), metadata)


def _no_collection(source: Source) -> InputError:
    sealed = any(one.casefold().endswith((".mla", ".oradad")) for one in source.names)
    why = "ne contient qu'une collecte chiffrée" if sealed else "ne contient pas de tables.tsv"
    return refused(source.label, why, _CLEAR)


def _root_dse(collection: _Collection, domain: str) -> dict[str, tuple[str, ...]]:
    """The description of the domain wanted, as the live probe keeps it."""
    known: dict[str, dict[str, tuple[str, ...]]] = {}
    for cells in _cells(collection, "rootdse"):
        values = {
            name: tuple(one.decode("utf-8", "replace") for one in cells[name.lower()])
            for name in ROOT_ATTRIBUTES
            if cells.get(name.lower())
        }
        if all(dns_name("".join(values.get(name, ("",)))) for name in _CONTEXTS):
            known[dns_name(values["defaultNamingContext"][0])] = values
    if not known:
        raise refused(
            f"{collection.root}rootDSE.tsv", "ne décrit aucun domaine", "Vérifiez la collecte."
        )
    forest = dns_name(next(iter(known.values()))["rootDomainNamingContext"][0])
    wanted = domain.casefold() or (forest if forest in known else next(iter(known)))
    if wanted not in known:
        raise InputError(
            f"Le domaine « {domain} » n'est pas dans cette collecte.",
            f"Domaines collectés : {', '.join(sorted(known))}.",
        )
    return known[wanted]


def _facts(collection: _Collection, root_dse: Mapping[str, tuple[str, ...]]) -> DirectoryFacts:
    domain = root_dse["defaultNamingContext"][0]
    configuration = root_dse["configurationNamingContext"][0]
    forest = root_dse["rootDomainNamingContext"][0]
    asked = tuple(searches(domain, configuration, forest))
    places = coverage.folders(dns_name(domain))
    merged = Merged(wanted_attributes(asked))
    for key, table in collection.tables.items():
        if key.rpartition("/")[0] in places.values():
            _read(collection, key, table, merged)
    collection.unreadable.extend(
        coverage.missing(asked, places, collection.tables, collection.source, collection.root)
    )
    collection.unreadable.extend(merged.doubts())
    if not merged.has(f"CN=Password Settings Container,CN=System,{domain}"):
        collection.unreadable.append(
            "msDS-PSOApplied : les stratégies de mot de passe affinées étaient invisibles au "
            "compte de la collecte."
        )
    _check_log(collection)
    objects = tuple(merged.objects())
    contexts = Contexts.of(objects, domain, configuration)
    return DirectoryFacts(
        taken_at=_moment(collection, root_dse),
        domain_dn=domain,
        configuration_dn=configuration,
        forest_dns=dns_name(forest),
        root=dict(root_dse),
        entries=tuple(select(objects, asked, contexts)),
        unreadable=tuple(collection.unreadable),
    )


def _read(collection: _Collection, key: str, table: Table, merged: Merged) -> None:
    name = collection.source.find(f"{collection.root}{table.path}")
    columns = merged.columns(table)
    if name is None or len(columns) < 2:
        return
    for number, cells in tables.rows(collection.source, name, table):
        merged.add(name, number, key.rpartition("/")[2], cells, columns)


def _cells(collection: _Collection, key: str) -> Iterator[dict[str, tuple[bytes, ...]]]:
    """Rows of a small table, every column decoded."""
    table = collection.tables.get(key)
    name = collection.source.find(f"{collection.root}{table.path}") if table else None
    if table is None or name is None:
        return
    for number, cells in tables.rows(collection.source, name, table):
        found: dict[str, tuple[bytes, ...]] = {}
        for column, kind, text in zip(table.columns, table.types, cells, strict=True):
            if column in ROOT_ATTRIBUTES or column == "dNSHostName":
                try:
                    found[column.lower()] = decoded(column.lower(), kind, text)
                except ValueError as cause:
                    raise malformed(name, f"ligne {number}", f"{column} illisible") from cause
        yield found


def _check_log(collection: _Collection) -> None:
    """ORADAD tells its failures in its log only: without it nothing proves a whole table."""
    name = collection.source.find(f"{collection.root}{_LOG}") or next(
        (one for one in collection.source.names if one.casefold().endswith(f"/{_LOG}")),
        collection.source.find(_LOG),
    )
    why = f"{_LOG} est absent, rien ne prouve que la collecte est entière"
    if name is not None:
        with collection.source.open(name) as stream:
            text = stream.read(_MAX_LOG)
        cut = dict.fromkeys(_CUT.findall(text))
        for attribute in cut:
            said = f"{_LOG} dit que « {attribute.decode('utf-8', 'replace')} » a été coupé"
            collection.unreadable.extend(f"{section} : {said}." for section in Section)
        warned = _WARNED.search(_CUT.sub(b"", text)) is not None
        if not warned and not any(fault in text for fault in _FAULTS):
            return
        why = f"{_LOG} signale des erreurs de collecte"
    collection.unreadable.extend(f"{section} : {why}." for section in Section)


def _moment(collection: _Collection, root_dse: Mapping[str, tuple[str, ...]]) -> datetime:
    """When the collection was made: the server's clock, else the folder's name (UTC)."""
    texts = root_dse.get("currentTime", ())
    stamps = [(text, "%Y%m%d%H%M%S.0Z") for text in texts]
    stamps.append((collection.root.rstrip("/").rpartition("/")[2], "%Y%m%d-%H%M%S"))
    for text, form in stamps:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise refused(
        f"{collection.root}rootDSE.tsv",
        "ne dit pas quand la collecte a été faite",
        "Gardez au dossier le nom qu'ORADAD lui a donné (AAAAMMJJ-hhmmss).",
    )


def _duration(metadata: Mapping[str, str]) -> timedelta:
    """How long the collection took; zero when it is not told."""
    text = metadata.get("oradad_processtime", "")
    told = re.fullmatch(r"[0-9]{1,9}", text)
    return timedelta(milliseconds=int(text)) if told else timedelta(0)
