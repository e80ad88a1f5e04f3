"""One finished part of a run (a domain, an address, a provider's machine), or one not reached.

A part that was not reached gives the same facts as one that was, all of them UNKNOWN: whoever
judges them then says "not tested" of it, instead of nothing at all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from care_kit.model.facts.exposure import (
    DatagramFact,
    DnsFact,
    DnsOutcome,
    HttpFact,
    Outcome,
    PortFact,
    PortState,
    RegistrationFact,
    TlsAttempt,
    TlsFact,
    TransferFact,
)
from care_kit.model.facts.scope import Scope
from care_kit.probes.exposure import datagrams, dns, hello, services, sslv2
from care_kit.probes.exposure.targets import Target, Visit, visits

REASON = "non atteint"
UNREAD = "non lu"


class Kind(StrEnum):
    """What a part is about; the value is its name in the file of finished parts."""

    DOMAIN = "domain"
    ADDRESS = "address"
    PROVIDER = "provider"

    @property
    def label(self) -> str:
        """French plural shown with the progress."""
        return {
            "domain": "Domaines",
            "address": "Adresses",
            "provider": "Noms chez un hébergeur",
        }[self.value]


@dataclass(frozen=True)
class Piece:
    """Facts of one part; `commands` are those nmap ran, `error` why it could not be read."""

    kind: Kind
    key: str
    ports: tuple[PortFact, ...] = ()
    tls: tuple[TlsFact, ...] = ()
    http: tuple[HttpFact, ...] = ()
    dns: tuple[DnsFact, ...] = ()
    transfers: tuple[TransferFact, ...] = ()
    datagrams: tuple[DatagramFact, ...] = ()
    asides: tuple[HttpFact, ...] = ()
    registrations: tuple[RegistrationFact, ...] = ()
    commands: tuple[str, ...] = ()
    error: str = ""


def unread_domain(domain: str, error: str = "") -> Piece:
    """A domain nothing was asked about, or whose reading failed (`error`)."""
    return Piece(
        Kind.DOMAIN,
        domain,
        dns=tuple(
            DnsFact(name, kind, DnsOutcome.UNKNOWN, detail=REASON)
            for name, kind in dns.first_questions(domain)
        ),
        transfers=(TransferFact(domain, "", Outcome.UNKNOWN, detail=REASON),),
        error=error,
    )


def unread_address(
    scope: Scope, names: Mapping[str, tuple[str, ...]], target: Target, error: str = ""
) -> Piece:
    """An address that was not scanned, or whose scan failed (`error`)."""
    address = str(target.address)
    served = [
        one
        for visit in visits(scope, names, target, _front_ports(scope, target))
        for one in unread_visit(visit)
    ]
    return Piece(
        Kind.ADDRESS,
        address,
        ports=tuple(
            PortFact(address, port, PortState.UNKNOWN, REASON) for port in sorted(target.ports)
        ),
        tls=tuple(one for one in served if isinstance(one, TlsFact)),
        http=tuple(one for one in served if isinstance(one, HttpFact)),
        datagrams=unread_datagrams(target),
        error=error,
    )


def unread_datagrams(target: Target) -> tuple[DatagramFact, ...]:
    """The UDP services of an address that was not asked."""
    return tuple(
        DatagramFact(
            str(target.address), port, datagrams.PACKETS[port].service, Outcome.UNKNOWN, REASON
        )
        for port in sorted(target.udp)
    )


def unread_provider(key: str, visited: Iterable[Visit], error: str = "") -> Piece:
    """A provider's machine nothing was asked of, or whose reading failed (`error`)."""
    served = [one for visit in visited for one in unread_visit(visit)]
    return Piece(
        Kind.PROVIDER,
        key,
        tls=tuple(one for one in served if isinstance(one, TlsFact)),
        http=tuple(one for one in served if isinstance(one, HttpFact)),
        error=error,
    )


def _front_ports(scope: Scope, target: Target) -> frozenset[int]:
    """Ports where a name is expected to be served: the usual two, and the declared ones."""
    declared = {
        port for host in scope.hosts if str(target.address) in host.addresses for port in host.ports
    }
    return frozenset({80, 443} | declared) & target.ports


def unread_visit(visit: Visit) -> Iterator[TlsFact | HttpFact]:
    """What a visit looks at, none of it seen."""
    address = str(visit.address)
    for port in sorted(visit.ports & services.TLS_PORTS):
        yield unread_tls(visit, port)
    for port in sorted(visit.ports & (services.HTTP_PORTS | services.HTTPS_PORTS)):
        secure = port in services.HTTPS_PORTS
        yield HttpFact(visit.host, address, port, secure, Outcome.UNKNOWN, detail=REASON)


def unread_tls(visit: Visit, port: int) -> TlsFact:
    """A port whose TLS was not seen."""
    versions = (*hello.VERSIONS, sslv2.NAME)
    attempts = tuple(TlsAttempt(one, Outcome.UNKNOWN, REASON) for one in versions)
    return TlsFact(visit.host, str(visit.address), port, attempts, certificate_error=REASON)
