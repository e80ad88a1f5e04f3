"""What a domain's first answers lead to: its servers, its mail senders, its names, its keys.

Every question goes to the resolver of the scope; no server named here is contacted.
"""

import re
import secrets
from collections.abc import Iterable, Iterator

import dns.resolver

from care_kit.model.facts.exposure import DnsFact, DnsOutcome
from care_kit.model.facts.scope import Scope
from care_kit.probes.exposure.dns import GIVE_UP_AFTER, MAX_SERVERS, ask, organisational, tree

MOST = 100
"""Questions about one domain, besides those of `dns.domain_facts`."""

SPF_STEPS = 12
"""Included records followed: past ten, the limit of RFC 7208 §4.6.4 is proved broken."""

MAX_REPORTS = 5
_INCLUDED = re.compile(r"(?:^|\s)[+\-~?]?(?:include:|redirect=)([^\s%]+)(?=\s|$)", re.IGNORECASE)
_REPORTS_TO = re.compile(r"mailto:[^@,;\s]{1,64}@([a-z0-9.-]{1,253})", re.IGNORECASE)


class Asker:
    """Asks each question once, within a ceiling, and stops when the DNS no longer answers."""

    def __init__(self, resolver: dns.resolver.Resolver, known: Iterable[DnsFact]) -> None:
        self._resolver = resolver
        self._known = {(one.name.rstrip(".").lower(), one.type): one for one in known}
        self._before = len(self._known)
        self._silences = 0
        for one in self._known.values():
            self._heard(one)

    @property
    def found(self) -> tuple[DnsFact, ...]:
        """What was asked here, in order."""
        return tuple(self._known.values())[self._before :]

    def ask(self, name: str, kind: str) -> DnsFact:
        """The answer, already known or asked now; UNKNOWN past the ceiling."""
        key = name.rstrip(".").lower(), kind
        if key not in self._known:
            self._known[key] = self._answer(*key)
        return self._known[key]

    def _answer(self, name: str, kind: str) -> DnsFact:
        if self._silences >= GIVE_UP_AFTER:
            detail = "abandon : le DNS ne répond plus"
            return DnsFact(name, kind, DnsOutcome.UNKNOWN, detail=detail)
        if len(self._known) - self._before >= MOST:
            detail = "plafond de questions atteint"
            return DnsFact(name, kind, DnsOutcome.UNKNOWN, detail=detail)
        return self._heard(ask(self._resolver, name, kind))

    def _heard(self, fact: DnsFact) -> DnsFact:
        self._silences = self._silences + 1 if fact.outcome is DnsOutcome.UNKNOWN else 0
        return fact


def further(
    resolver: dns.resolver.Resolver, scope: Scope, domain: str, known: Iterable[DnsFact]
) -> tuple[DnsFact, ...]:
    """Facts beyond the domain's own records, for every check that follows a name to another."""
    asker = Asker(resolver, known)
    for label in ("_mta-sts", "_smtp._tls", "_domainkey"):
        asker.ask(f"{label}.{domain}", "TXT")
    for selector in scope.dkim_selectors:
        asker.ask(f"{selector}._domainkey.{domain}", "TXT")
    for parent in tree(domain):
        asker.ask(parent, "CAA")
    asker.ask(organisational(domain) or domain, "DS")
    asker.ask(f"care-kit-{secrets.token_hex(6)}.{domain}", "A")
    for target in _targets(asker, domain):
        _exists(asker, target)
    _promises(asker, domain)
    _names(asker, scope, domain)
    _senders(asker, domain)
    _reports(asker, domain)
    return asker.found


def _targets(asker: Asker, domain: str) -> Iterator[str]:
    """Name servers and mail servers; the null MX of RFC 7505 names nobody."""
    servers = list(asker.ask(domain, "NS").values)[:MAX_SERVERS]
    yield from (one.rstrip(".") for one in servers if one.strip("."))
    yield from _relays(asker, domain)


def _promises(asker: Asker, domain: str) -> None:
    """What mail servers promise of their certificates (DANE), and whether it is signed."""
    for relay in _relays(asker, domain):
        if asker.ask(f"_25._tcp.{relay}", "TLSA").values:
            asker.ask(organisational(relay) or relay, "DS")


def _relays(asker: Asker, domain: str) -> list[str]:
    """Mail servers of a domain; the null MX of RFC 7505 names nobody."""
    targets = (one.rpartition(" ")[2] for one in asker.ask(domain, "MX").values)
    return [one.rstrip(".") for one in targets if one.strip(".")][:MAX_SERVERS]


def _exists(asker: Asker, target: str) -> None:
    """Addresses of a name; when it does not exist, whether its domain does."""
    fact = asker.ask(target, "A")
    if fact.outcome is DnsOutcome.NXDOMAIN:
        asker.ask(organisational(target) or target, "NS")
    elif fact.outcome is DnsOutcome.NO_DATA:
        asker.ask(target, "AAAA")


def _names(asker: Asker, scope: Scope, domain: str) -> None:
    """Declared names that stand for another name, and whether that one still exists."""
    for host in scope.hosts:
        if host.name.lower().endswith(f".{domain.lower()}"):
            for target in asker.ask(host.name, "CNAME").values[:1]:
                _exists(asker, target.rstrip("."))


def _senders(asker: Asker, domain: str) -> None:
    """SPF records included by the domain's, followed like a receiver would."""
    waiting, steps = [domain], 0
    seen = set(waiting)
    while waiting and steps < SPF_STEPS:
        for record in asker.ask(waiting.pop(0), "TXT").values:
            if record.lower().split(" ")[0] != "v=spf1":
                continue
            fresh = [one for one in _INCLUDED.findall(record) if one.lower() not in seen]
            seen.update(one.lower() for one in fresh)
            waiting += fresh
        steps += 1


def _reports(asker: Asker, domain: str) -> None:
    """Whether others agreed to receive the domain's DMARC reports (RFC 9990 §4)."""
    for parent in tree(domain):
        for record in asker.ask(f"_dmarc.{parent}", "TXT").values:
            for receiver in sorted(set(_REPORTS_TO.findall(record.lower())))[:MAX_REPORTS]:
                if organisational(receiver) != organisational(parent):
                    asker.ask(f"{parent}._report._dmarc.{receiver}", "TXT")
