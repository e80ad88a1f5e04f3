"""When the registration of a domain ends, asked of its registry's RDAP service (RFC 9082, 9083).

Asked only when the signed scope gives the address of that service: it is somebody else's.
"""

import http.client
import json
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import dns.resolver

from care_kit.model.facts.exposure import DnsOutcome, RegistrationFact
from care_kit.model.facts.hosts import is_address
from care_kit.probes.exposure import dns as domains
from care_kit.probes.exposure import http as pages
from care_kit.probes.exposure.addresses import Address, parse_address
from care_kit.probes.exposure.dns import organisational
from care_kit.probes.exposure.gate import Speech
from care_kit.probes.exposure.pace import Lane
from care_kit.probes.exposure.text import clean
from care_kit.probes.exposure.wire import connected

SECONDS = 10.0
_NOT_FOUND = 404


def ask(
    service: str,
    domain: str,
    resolver: dns.resolver.Resolver,
    lane_of: Callable[[Address], Lane],
) -> RegistrationFact:
    """One request about the registered domain; UNKNOWN whenever no readable answer came back."""
    registered = organisational(domain) or domain

    def unknown(detail: str) -> RegistrationFact:
        return RegistrationFact(domain, DnsOutcome.UNKNOWN, detail=detail)

    try:
        status, body = _answer(service, f"domain/{registered}", resolver, lane_of)
        if status == _NOT_FOUND:
            return RegistrationFact(domain, DnsOutcome.NXDOMAIN)
        if status != http.client.OK:
            return unknown(f"statut {status}")
        end = _expiration(json.loads(body))
    except TimeoutError:
        return unknown("délai dépassé")
    except (OSError, ValueError, RecursionError, http.client.HTTPException) as cause:
        return unknown(clean(str(cause)) or type(cause).__name__)
    if end is None:
        return unknown("aucune date de fin dans la réponse")
    return RegistrationFact(domain, DnsOutcome.ANSWER, end)


def _answer(
    service: str,
    path: str,
    resolver: dns.resolver.Resolver,
    lane_of: Callable[[Address], Lane],
) -> tuple[int, bytes]:
    """Status and body of a GET over verified TLS, bounded in time and size; never redirected."""
    parts = urlsplit(service)
    host, port = parts.hostname or "", parts.port or 443
    address = _address(resolver, host)
    lane = lane_of(address)
    with lane.page(), connected(address, port, SECONDS, lane, Speech.REGISTRY) as wire:
        wire.sock.settimeout(wire.remaining())
        context = ssl.create_default_context()
        with context.wrap_socket(wire.sock, server_hostname=host) as secure:
            wire.sock = secure
            return pages.body_of(pages.exchange(wire, host, f"{parts.path.rstrip('/')}/{path}"))


def _address(resolver: dns.resolver.Resolver, host: str) -> Address:
    """Where the service is, as the resolver of the scope says; OSError when it says nothing."""
    if is_address(host):
        return parse_address(host)
    for kind in ("A", "AAAA"):
        for one in domains.ask(resolver, host, kind).values:
            return parse_address(one)
    raise OSError("adresse introuvable")


def _expiration(answer: object) -> datetime | None:
    """The moment of the « expiration » event, in UTC when it names no offset."""
    events = answer.get("events") if isinstance(answer, dict) else None
    for one in events if isinstance(events, list) else ():
        if isinstance(one, dict) and one.get("eventAction") == "expiration":
            moment = datetime.fromisoformat(str(one.get("eventDate", "")))
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
