"""DNS questions about the declared domains: what was answered, and what was not."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from ipaddress import ip_address
from typing import Any

import dns.exception
import dns.query
import dns.rcode
import dns.resolver
import dns.xfr
from publicsuffixlist import PublicSuffixList

from care_kit.model.facts.exposure import DnsFact, DnsOutcome, Outcome, TransferFact
from care_kit.model.facts.scope import Scope
from care_kit.model.words.errors import ProbeError, ScopeError
from care_kit.probes.exposure.addresses import Address, is_private
from care_kit.probes.exposure.pace import (
    CAREFUL,
    KNOCK,
    REFUSED_TRANSFER,
    TRANSFER,
    Ceiling,
    Ceilings,
    Lane,
    pace_for,
)
from care_kit.probes.exposure.text import clean

SECONDS = 5.0
TRIES = 3  # dnspython sends a question again every two seconds within SECONDS
TRANSFER_SECONDS = 10.0
MAX_RECORDS = 20_000
MAX_VALUES = 100
MAX_SERVERS = 10
GIVE_UP_AFTER = 3
TYPES = ("A", "AAAA", "MX", "NS", "TXT", "CAA", "DS")
_TREE_WALK = 8


class PacedResolver(dns.resolver.Resolver):
    """A resolver whose questions wait for room under a ceiling, without the rest of scans."""

    def __init__(self, ceiling: Ceiling, *, configure: bool) -> None:
        super().__init__(configure=configure)
        self._ceiling = ceiling

    def resolve(self, *args: Any, **kwargs: Any) -> dns.resolver.Answer:
        """As dnspython's, once the ceiling allows."""
        with self._ceiling.take(KNOCK):
            return super().resolve(*args, **kwargs)


def resolver_for(scope: Scope, ceilings: Ceilings) -> dns.resolver.Resolver:
    """The resolver the scope names ("address:port"), else the station's own; never a cache.

    ScopeError when it is not an address, ProbeError when the station has none.
    """
    if not scope.resolver:
        try:
            return PacedResolver(ceilings.of(CAREFUL), configure=True)
        except dns.resolver.NoResolverConfiguration as cause:
            raise ProbeError(
                "Ce poste n'a aucun serveur DNS configuré.",
                "Indiquez « resolver » dans le périmètre, par exemple 192.0.2.1:53.",
            ) from cause
    address, separator, port = scope.resolver.rpartition(":")
    try:
        server = str(ip_address(address.strip("[]") if separator else scope.resolver))
        number = int(port) if separator else 53
    except ValueError as cause:
        raise ScopeError(
            f"Le serveur DNS « {scope.resolver} » n'est pas de la forme adresse:port.",
            "Corrigez le fichier de périmètre, puis faites-le signer à nouveau.",
        ) from cause
    pace = pace_for(scope, ip_address(server))
    resolver = PacedResolver(ceilings.of(pace), configure=False)
    resolver.nameservers = [server]
    resolver.port = number
    return resolver


def ask(resolver: dns.resolver.Resolver, name: str, kind: str) -> DnsFact:
    """One question. A timeout or a server failure is UNKNOWN: it never proves an absence."""
    try:
        answer = resolver.resolve(
            name, kind, search=False, lifetime=SECONDS, raise_on_no_answer=False
        )
    except dns.resolver.NXDOMAIN:
        return DnsFact(name, kind, DnsOutcome.NXDOMAIN)
    except (dns.exception.DNSException, OSError, ValueError) as cause:
        return DnsFact(name, kind, DnsOutcome.UNKNOWN, detail=clean(str(cause)))
    if answer.rrset is None:
        return DnsFact(name, kind, DnsOutcome.NO_DATA)
    values = sorted(_value(one) for one in list(answer.rrset)[:MAX_VALUES])
    return DnsFact(name, kind, DnsOutcome.ANSWER, tuple(values))


def first_questions(domain: str) -> tuple[tuple[str, str], ...]:
    """Names and types asked about every domain, whatever the answers."""
    own = tuple((domain, kind) for kind in TYPES)
    return (*own, *((f"_dmarc.{parent}", "TXT") for parent in tree(domain)))


def domain_facts(resolver: dns.resolver.Resolver, domain: str) -> Iterator[DnsFact]:
    """Every record the checks need about one domain, DMARC policies of its parents included.

    After GIVE_UP_AFTER questions in a row without an answer, the others are UNKNOWN unasked.
    """
    silences = 0
    for name, kind in first_questions(domain):
        if silences >= GIVE_UP_AFTER:
            detail = "abandon : le DNS ne répond plus"
            yield DnsFact(name, kind, DnsOutcome.UNKNOWN, detail=detail)
            continue
        fact = ask(resolver, name, kind)
        silences = silences + 1 if fact.outcome is DnsOutcome.UNKNOWN else 0
        yield fact


def tree(domain: str) -> tuple[str, ...]:
    """The domain, then its parents up to the organisational domain (RFC 9989, tree walk).

    The walk stops at the organisational domain read in the Public Suffix List: policies a
    registry publishes for a whole suffix are not the hospital's.
    """
    labels = domain.rstrip(".").lower().split(".")
    top = organisational(domain)
    shortest = len(top.split(".")) if top else len(labels)
    walk = [".".join(labels[start:]) for start in range(len(labels) - shortest + 1)]
    return tuple(walk[:1] + walk[1:][-(_TREE_WALK - 1) :])


def organisational(domain: str) -> str:
    """The registered domain above a name, empty for a public suffix such as "fr" or "gouv.fr"."""
    return _suffixes().privatesuffix(domain.rstrip(".").lower()) or ""


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def transfers(
    resolver: dns.resolver.Resolver,
    scope: Scope,
    domain: str,
    known: Mapping[tuple[str, str], DnsFact],
    lane_of: Callable[[Address], Lane],
) -> Iterator[TransferFact]:
    """One zone-transfer attempt per name server of the domain.

    `known` holds the answers already received, by name and type: only what it lacks is asked.
    """
    for server in _servers(known, domain):
        addresses, allowed = _addresses(resolver, scope, server, known)
        if not allowed:
            detail = "adresse exclue ou privée" if addresses else "adresse introuvable"
            yield TransferFact(domain, server, Outcome.UNKNOWN, detail=detail)
            continue
        with lane_of(ip_address(allowed[0])).turn(TRANSFER) as taken:
            tried = _transfer(domain, server, allowed[0], _port(resolver, allowed[0]))
            if tried.outcome is Outcome.REFUSED:
                taken.packets = REFUSED_TRANSFER
        yield tried


def _servers(known: Mapping[tuple[str, str], DnsFact], domain: str) -> tuple[str, ...]:
    found = known.get((domain.rstrip(".").lower(), "NS"))
    return tuple(one.rstrip(".") for one in found.values[:MAX_SERVERS]) if found else ()


def _addresses(
    resolver: dns.resolver.Resolver,
    scope: Scope,
    server: str,
    known: Mapping[tuple[str, str], DnsFact],
) -> tuple[list[str], list[str]]:
    """Addresses of a server and those that may be contacted; IPv6 only when IPv4 gives none."""
    addresses: list[str] = []
    for kind in ("A", "AAAA"):
        fact = known.get((server.lower(), kind)) or ask(resolver, server, kind)
        addresses += fact.values
        allowed = [one for one in fact.values if _allowed(scope, one)]
        if allowed:
            return addresses, allowed
    return addresses, []


def _allowed(scope: Scope, address: str) -> bool:
    if address in scope.excluded_addresses:
        return False
    return scope.view != "externe" or not is_private(ip_address(address))


def _port(resolver: dns.resolver.Resolver, address: str) -> int:
    """The resolver's own port when that server is the resolver of the scope, else 53."""
    return resolver.port if address in resolver.nameservers else 53


def _transfer(domain: str, server: str, address: str, port: int) -> TransferFact:
    """Count records without keeping them: the zone's content is not ours to collect."""
    records = 0
    try:
        for message in dns.query.xfr(
            address, domain, port=port, timeout=TRANSFER_SECONDS, lifetime=TRANSFER_SECONDS
        ):
            records += sum(len(rrset) for rrset in message.answer)
            if records > MAX_RECORDS:
                break
    except dns.xfr.TransferError as cause:
        refused = cause.rcode in (dns.rcode.REFUSED, dns.rcode.NOTAUTH)
        outcome = Outcome.REFUSED if refused else Outcome.UNKNOWN
        return TransferFact(domain, server, outcome, detail=clean(str(cause)))
    except (dns.exception.DNSException, OSError, EOFError, ValueError) as cause:
        if not records:
            return TransferFact(domain, server, Outcome.UNKNOWN, detail=_reason(cause))
    return TransferFact(domain, server, Outcome.ACCEPTED if records else Outcome.UNKNOWN, records)


def _reason(cause: Exception) -> str:
    return clean(str(cause)) or type(cause).__name__


def _value(record: object) -> str:
    """Text of one record; the character strings of a TXT are joined, as SPF and DMARC ask."""
    strings = getattr(record, "strings", None)
    if strings is not None:
        return clean(b"".join(strings), 4000)
    return clean(str(record), 500)
