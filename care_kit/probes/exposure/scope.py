"""The signed scope: read, authorise, and pin names to their declared addresses."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import dns.resolver

from care_kit.catalog import toml_file
from care_kit.model.facts.exposure import DnsOutcome
from care_kit.model.facts.hosts import is_address
from care_kit.model.facts.scope import OPTIONAL, Host, Scope, ScopeSignature
from care_kit.model.words.errors import ScopeError
from care_kit.probes.exposure.addresses import (
    EDIT,
    Addresses,
    Network,
    is_private,
    parse_address,
    parse_network,
)
from care_kit.probes.exposure.dns import ask, organisational
from care_kit.probes.exposure.hours import in_force

VIEWS = ("externe", "interne")
WIDEST = {4: 22, 6: 118}
MOST_SELECTORS = 10

_SELECTOR = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9_])?")

_RDAP = re.compile(r"https://[A-Za-z0-9.-]{1,253}(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]{0,200})?")

_SIGN = "Faites signer le périmètre par la personne habilitée avant de lancer la sonde."


def read_scope(path: Path) -> tuple[Scope, bytes]:
    """The scope and the exact bytes its signature covers; ScopeError when unusable."""
    raw = toml_file.read_bytes(path, ScopeError)
    table = toml_file.loads(raw, str(path), ScopeError)
    return toml_file.validate(table, Scope, str(path), ScopeError), raw


def authorise(scope: Scope, raw: bytes, signature: ScopeSignature | None, now: datetime) -> None:
    """Raise ScopeError unless this very file is signed, in force, and within bounds.

    `now` is an aware moment (or naive local time); days and hours are read in local time.
    """
    if signature is None:
        raise ScopeError("Ce périmètre n'est pas signé.", _SIGN)
    if hashlib.sha256(raw).hexdigest() != signature.scope_sha256.lower():
        raise ScopeError("Le périmètre a été modifié après sa signature.", _SIGN)
    in_force(scope.validity, now)
    bounded(scope)


def bounded(scope: Scope) -> None:
    """Raise ScopeError when the declared targets are malformed, too wide or inconsistent."""
    if scope.view not in VIEWS:
        raise ScopeError(f"La vue « {scope.view} » n'existe pas : externe ou interne.", EDIT)
    networks = tuple(_network(one, scope.view) for one in scope.networks)
    excluded = Addresses(scope.excluded_addresses)
    Addresses(scope.fragile_addresses)
    for port in scope.excluded_ports:
        _port(port)
    for domain in scope.domains:
        if not organisational(domain):
            raise ScopeError(f"« {domain} » n'est pas un domaine d'établissement.", EDIT)
    for test in scope.optional:
        if test not in OPTIONAL:
            known = ", ".join(sorted(OPTIONAL))
            raise ScopeError(f"Le test facultatif « {test} » n'existe pas ({known}).", EDIT)
    if scope.rdap and not _RDAP.fullmatch(scope.rdap):
        raise ScopeError(f"« {scope.rdap} » n'est pas l'adresse https d'un service RDAP.", EDIT)
    for selector in scope.dkim_selectors:
        if not _SELECTOR.fullmatch(selector):
            raise ScopeError(f"« {selector} » n'est pas un sélecteur DKIM.", EDIT)
    if len(scope.dkim_selectors) > MOST_SELECTORS:
        raise ScopeError(f"Plus de {MOST_SELECTORS} sélecteurs DKIM sont déclarés.", EDIT)
    for host in scope.hosts:
        _host(host, networks, excluded, scope.view)


def resolve_names(scope: Scope, resolver: dns.resolver.Resolver) -> Mapping[str, tuple[str, ...]]:
    """Addresses each host name gives today, asked once; everything later uses these addresses.

    An empty tuple means the name gave nothing. ScopeError names a host that resolves outside
    its declared addresses: the probe would otherwise follow the DNS to somebody else's machine.
    """
    return {host.name: _resolve(host, resolver) for host in scope.hosts}


def _resolve(host: Host, resolver: dns.resolver.Resolver) -> tuple[str, ...]:
    if is_address(host.name):
        return (host.name,)
    declared = {parse_address(one) for one in host.addresses}
    found: list[str] = []
    for kind in ("A", "AAAA"):
        fact = ask(resolver, host.name, kind)
        found.extend(fact.values if fact.outcome is DnsOutcome.ANSWER else ())
    for one in found:
        if parse_address(one) not in declared:
            raise ScopeError(
                f"Le nom « {host.name} » mène à {one}, hors de ses adresses déclarées.",
                "Vérifiez le DNS, ou déclarez cette adresse et faites signer le périmètre.",
            )
    return tuple(found)


def _network(text: str, view: str) -> Network:
    network = parse_network(text)
    if network.prefixlen < WIDEST[network.version]:
        raise ScopeError(
            f"La plage {network} est plus large que permis (/{WIDEST[network.version]} au plus).",
            EDIT,
        )
    if view == "externe" and is_private(network):
        raise ScopeError(
            f"La plage {network} est privée : elle ne se voit pas depuis internet.",
            "Déclarez des adresses publiques, ou une vue « interne ».",
        )
    return network


def _host(host: Host, networks: Iterable[Network], excluded: Addresses, view: str) -> None:
    if not host.addresses:
        raise ScopeError(f"L'hôte « {host.name} » n'a aucune adresse déclarée.", EDIT)
    for port in host.ports:
        _port(port)
    for text in host.addresses:
        address = parse_address(text)
        if address in excluded:
            raise ScopeError(f"L'hôte « {host.name} » a une adresse exclue : {text}.", EDIT)
        if view == "externe" and is_private(address):
            raise ScopeError(f"L'hôte « {host.name} » a une adresse privée : {text}.", EDIT)
        if not host.provider and not any(address in network for network in networks):
            raise ScopeError(
                f"L'hôte « {host.name} » a une adresse hors des plages déclarées : {text}.", EDIT
            )
    if is_address(host.name) and parse_address(host.name) not in {
        parse_address(one) for one in host.addresses
    }:
        raise ScopeError(f"L'hôte « {host.name} » ne déclare pas sa propre adresse.", EDIT)


def _port(port: int) -> None:
    if not 1 <= port <= 65_535:
        raise ScopeError(f"Le port {port} n'existe pas.", EDIT)
