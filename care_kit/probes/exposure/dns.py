"""DNS questions about the declared domains: what was answered, and what was not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from ipaddress import ip_address
from typing import Any

import dns.exception
import dns.message
import dns.nameserver
import dns.query
import dns.rcode
import dns.rdatatype
import dns.resolver
from publicsuffixlist import PublicSuffixList

from care_kit.model.facts.exposure import DnsFact, DnsOutcome, Outcome, TransferFact
from care_kit.model.facts.hosts import is_address
from care_kit.model.facts.scope import Scope
from care_kit.model.words.errors import ProbeError, ScopeError
from care_kit.probes.exposure.addresses import EDIT, Address, Addresses, parse_address
from care_kit.probes.exposure.gate import Gate, Speech, reach
from care_kit.probes.exposure.pace import (
    CAREFUL,
    KNOCK,
    LONG_ANSWER,
    TRANSFER,
    Ceiling,
    Ceilings,
    Lane,
    pace_for,
)
from care_kit.probes.exposure.text import clean
from care_kit.probes.exposure.wire import Wire, connected

SECONDS = 5.0
MOST_TEXT = 65_535
"""Bytes of one TXT record: what the DNS itself allows."""
TRIES = 3  # dnspython sends a question again every two seconds within SECONDS
TRANSFER_SECONDS = 10.0
MAX_RECORDS = 20_000
MAX_VALUES = 100
MAX_SERVERS = 10
GIVE_UP_AFTER = 3
TYPES = ("A", "AAAA", "MX", "NS", "TXT", "CAA", "DS")
_TREE_WALK = 8


class _Server(dns.nameserver.Do53Nameserver):
    """A name server asked through the gate, each packet under the ceiling."""

    def __init__(self, address: Address, port: int, gate: Gate, ceiling: Ceiling) -> None:
        super().__init__(str(address), port)
        self._at, self._gate, self._ceiling = address, gate, ceiling

    def query(
        self,
        request: dns.message.QueryMessage,
        timeout: float,
        source: str | None,
        source_port: int,
        max_size: bool,
        one_rr_per_rrset: bool = False,
        ignore_trailing: bool = False,
    ) -> dns.message.Message:
        """One packet and its answer; over TCP (`max_size`) when the answer did not fit."""
        if max_size:
            with self._ceiling.take(LONG_ANSWER - KNOCK):
                return self._whole(request, timeout)
        with self._gate.datagram(self._at, self.port, Speech.QUESTION) as sock:
            sock.setblocking(False)
            return dns.query.udp(
                request,
                self.address,
                timeout=timeout,
                port=self.port,
                raise_on_truncation=True,
                ignore_unexpected=True,
                ignore_errors=True,
                sock=sock,
            )

    def _whole(self, request: dns.message.QueryMessage, timeout: float) -> dns.message.Message:
        sock, left = self._gate.connect(self._at, self.port, timeout, Speech.QUESTION)
        with sock:
            reach(sock, self._at, self.port, left)
            sock.setblocking(False)
            return dns.query.tcp(request, self.address, timeout=left, port=self.port, sock=sock)


class PacedResolver(dns.resolver.Resolver):
    """A resolver whose questions wait for room under a ceiling, without the rest of scans."""

    def __init__(self, gate: Gate, ceiling: Ceiling, *, configure: bool) -> None:
        super().__init__(configure=configure)
        self._gate, self._ceiling = gate, ceiling

    def ask_only(self, addresses: Sequence[Address], port: int) -> None:
        """Ask these servers, through the gate."""
        self.addresses, self.port = tuple(addresses), port
        self.nameservers = [_Server(one, port, self._gate, self._ceiling) for one in addresses]

    def resolve(self, *args: Any, **kwargs: Any) -> dns.resolver.Answer:
        """As dnspython's, once the ceiling allows; OutOfHours once the hours are over."""
        with self._ceiling.take(KNOCK):
            lifetime = min(kwargs.pop("lifetime", SECONDS), self._gate.left())
            kwargs["lifetime"] = lifetime
            return super().resolve(*args, **kwargs)


def resolver_for(scope: Scope, ceilings: Ceilings) -> dns.resolver.Resolver:
    """The resolver the scope names ("address:port"), else the station's own; never a cache.

    ScopeError when it is not an address, ProbeError when the station has none.
    """
    if not scope.resolver:
        try:
            resolver = PacedResolver(ceilings.gate, ceilings.of(CAREFUL), configure=True)
        except dns.resolver.NoResolverConfiguration as cause:
            raise _no_server() from cause
        known = [parse_address(str(one)) for one in resolver.nameservers if is_address(str(one))]
        allowed = [one for one in known if not ceilings.gate.refusal(one, 53, Speech.QUESTION)]
        if not allowed:
            raise _no_server()
        resolver.ask_only(allowed, resolver.port)
        return resolver
    address, separator, port = scope.resolver.rpartition(":")
    try:
        server = parse_address(
            str(ip_address(address.strip("[]") if separator else scope.resolver))
        )
        number = int(port) if separator else 53
    except ValueError as cause:
        raise ScopeError(
            f"Le serveur DNS « {scope.resolver} » n'est pas de la forme adresse:port.",
            EDIT,
        ) from cause
    if server in Addresses(scope.excluded_addresses):
        raise ScopeError(f"Le serveur DNS « {scope.resolver} » est exclu par ce périmètre.", EDIT)
    pace = pace_for(scope, server)
    resolver = PacedResolver(ceilings.gate, ceilings.of(pace), configure=False)
    resolver.ask_only([server], number)
    return resolver


def _no_server() -> ProbeError:
    return ProbeError(
        "Ce poste n'a aucun serveur DNS configuré que le périmètre permette.",
        "Indiquez « resolver » dans le périmètre, par exemple 192.0.2.1:53.",
    )


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
    domain: str,
    known: Mapping[tuple[str, str], DnsFact],
    lane_of: Callable[[Address], Lane],
) -> Iterator[TransferFact]:
    """One zone-transfer attempt per name server of the domain.

    `known` holds the answers already received, by name and type: only what it lacks is asked.
    """
    for server in _servers(known, domain):
        found = list(_addresses(resolver, server, known))
        lanes = [(lane_of(one), one, _port(resolver, one)) for one in found]
        refusals = [lane.gate.refusal(one, port, Speech.TRANSFER) for lane, one, port in lanes]
        if not found or all(refusals):
            detail = refusals[0] if refusals else "adresse introuvable"
            yield TransferFact(domain, server, Outcome.UNKNOWN, detail=detail)
            continue
        lane, address, port = lanes[refusals.index("")]
        with lane.turn(TRANSFER):
            tried = _transfer(domain, server, address, port, lane)
        yield tried


def _servers(known: Mapping[tuple[str, str], DnsFact], domain: str) -> tuple[str, ...]:
    found = known.get((domain.rstrip(".").lower(), "NS"))
    return tuple(one.rstrip(".") for one in found.values[:MAX_SERVERS]) if found else ()


def _addresses(
    resolver: dns.resolver.Resolver, server: str, known: Mapping[tuple[str, str], DnsFact]
) -> Iterator[Address]:
    """Addresses of a server, IPv6 only when IPv4 gives none."""
    for kind in ("A", "AAAA"):
        fact = known.get((server.lower(), kind)) or ask(resolver, server, kind)
        addresses = [parse_address(one) for one in fact.values]
        yield from addresses
        if addresses:
            return


def _port(resolver: dns.resolver.Resolver, address: Address) -> int:
    """The resolver's own port when that server is the resolver of the scope, else 53."""
    return resolver.port if address in getattr(resolver, "addresses", ()) else 53


def _transfer(domain: str, server: str, address: Address, port: int, lane: Lane) -> TransferFact:
    """Count records without keeping them: the zone's content is not ours to collect."""
    records = 0
    try:
        with connected(address, port, TRANSFER_SECONDS, lane, Speech.TRANSFER) as wire:
            for message in _messages(wire, domain):
                if message.rcode() != dns.rcode.NOERROR:
                    return _refused(domain, server, message.rcode())
                records += sum(len(rrset) for rrset in message.answer)
                if records > MAX_RECORDS or not message.answer:
                    break
    except (dns.exception.DNSException, OSError, EOFError, ValueError) as cause:
        if not records:
            return TransferFact(domain, server, Outcome.UNKNOWN, detail=_reason(cause))
    return TransferFact(domain, server, Outcome.ACCEPTED if records else Outcome.UNKNOWN, records)


def _messages(wire: Wire, domain: str) -> Iterator[dns.message.Message]:
    """The answers to one transfer request, up to the second SOA of the zone (RFC 5936 §2.2)."""
    request = dns.message.make_query(domain, "AXFR")
    content = request.to_wire()
    wire.send(len(content).to_bytes(2) + content)
    ends = 0
    while ends < 2:
        size = int.from_bytes(wire.exactly(2))
        message = dns.message.from_wire(
            wire.exactly(size), xfr=True, one_rr_per_rrset=True, ignore_trailing=True
        )
        if not request.is_response(message):
            raise ValueError("réponse à une autre question")
        ends += sum(rrset.rdtype == dns.rdatatype.SOA for rrset in message.answer)
        yield message


def _refused(domain: str, server: str, code: dns.rcode.Rcode) -> TransferFact:
    refused = code in (dns.rcode.REFUSED, dns.rcode.NOTAUTH)
    outcome = Outcome.REFUSED if refused else Outcome.UNKNOWN
    return TransferFact(domain, server, outcome, detail=clean(dns.rcode.to_text(code)))


def _reason(cause: Exception) -> str:
    return clean(str(cause)) or type(cause).__name__


def _value(record: object) -> str:
    """Text of one record; the character strings of a TXT are joined, as SPF and DMARC ask."""
    strings = getattr(record, "strings", None)
    if strings is not None:
        return clean(b"".join(strings), MOST_TEXT)
    return clean(str(record), 500)
