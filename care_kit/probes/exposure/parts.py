"""The parts of a run, and how each is read: a domain, an address of ours, a provider's machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import dns.resolver

from care_kit.model.facts.exposure import HttpFact, PortFact, PortState, TlsFact
from care_kit.model.facts.scope import Scope
from care_kit.model.words.errors import ProbeError
from care_kit.probes.exposure import (
    asides,
    connect,
    datagrams,
    dialogue,
    pieces,
    ports,
    rdap,
    relays,
    services,
    starttls,
    tls,
    web,
    zone,
)
from care_kit.probes.exposure import dns as domains
from care_kit.probes.exposure.pace import HELLO, Ceilings, Lane, scan_delay
from care_kit.probes.exposure.pieces import Kind, Piece
from care_kit.probes.exposure.targets import Target, Visit, provider_visits, targets, visits


@dataclass(frozen=True)
class Part:
    """One part: how to read it now, and what to say of it when it was not."""

    kind: Kind
    key: str
    read: Callable[[], Piece]
    unread: Callable[[], Piece]


@dataclass(frozen=True)
class Reader:
    """What reading a part needs; `names` are the addresses of the declared names today."""

    scope: Scope
    ceilings: Ceilings
    resolver: dns.resolver.Resolver
    names: Mapping[str, tuple[str, ...]]
    use_nmap: bool

    def parts(self) -> tuple[Part, ...]:
        """Domains, then addresses, then providers' machines."""
        return (*self._domains(), *self._addresses(), *self._providers())

    def _domains(self) -> list[Part]:
        return [
            Part(
                Kind.DOMAIN,
                one,
                partial(self._domain, one),
                partial(pieces.unread_domain, one),
            )
            for one in self.scope.domains
        ]

    def _addresses(self) -> list[Part]:
        chosen = targets(self.scope)
        return [
            Part(
                Kind.ADDRESS,
                str(one.address),
                partial(self._address, one, len(chosen)),
                partial(pieces.unread_address, self.scope, self.names, one),
            )
            for one in chosen
        ]

    def _providers(self) -> list[Part]:
        """One part per machine, whatever the number of names it serves."""
        groups: dict[str, list[Visit]] = {}
        for one in provider_visits(self.scope, self.names):
            groups.setdefault(str(one.address), []).append(one)
        return [
            Part(
                Kind.PROVIDER,
                key,
                partial(self._provider, key, visited),
                partial(pieces.unread_provider, key, visited),
            )
            for key, visited in groups.items()
        ]

    def _domain(self, domain: str) -> Piece:
        first = tuple(domains.domain_facts(self.resolver, domain))
        facts = (*first, *zone.further(self.resolver, self.scope, domain, first))
        known = {(one.name.rstrip(".").lower(), one.type): one for one in facts}
        tried = domains.transfers(self.resolver, self.scope, domain, known, self.ceilings.lane)
        service = self.scope.rdap
        registered = (rdap.ask(service, domain),) if service else ()
        return Piece(
            Kind.DOMAIN, domain, dns=facts, transfers=tuple(tried), registrations=registered
        )

    def _address(self, target: Target, hosts: int) -> Piece:
        lane = self.ceilings.lane(target.address)
        commands: list[str] = []
        try:
            facts = self._scan(target, hosts, lane, commands.append)
        except ProbeError as error:
            self.ceilings.going_on()
            sentence = f"{target.address} : {error.sentence}"
            return pieces.unread_address(self.scope, self.names, target, sentence)
        opened = frozenset(one.port for one in facts if one.state is PortState.OPEN)
        ready = frozenset(one.port for one in facts if starttls.offered(one))
        visited = list(visits(self.scope, self.names, target, opened))
        looked = [self._look(visit, lane, ready) for visit in visited]
        return Piece(
            Kind.ADDRESS,
            str(target.address),
            ports=facts,
            tls=tuple(fact for found, _pages in looked for fact in found),
            http=tuple(fact for _found, pages in looked for fact in pages),
            datagrams=datagrams.ask(target.address, target.udp, lane),
            asides=tuple(
                fact
                for visit, (_found, pages) in zip(visited, looked, strict=True)
                for fact in asides.look(visit, lane, pages, target.optional)
            ),
            commands=tuple(commands),
        )

    def _scan(
        self, target: Target, hosts: int, lane: Lane, ran: Callable[[str], None]
    ) -> tuple[PortFact, ...]:
        if self.use_nmap:
            found = ports.scan(
                target.address,
                target.ports,
                lane,
                delay=scan_delay(lane.pace, hosts),
                scripts_on=target.talkative,
                ran=ran,
            )
        else:
            found = connect.scan(target.address, target.ports, lane)
        return tuple(_spoken(one, target, lane) for one in found)

    def _provider(self, key: str, visited: list[Visit]) -> Piece:
        looked = [self._look(one, self.ceilings.lane(one.address), frozenset()) for one in visited]
        return Piece(
            Kind.PROVIDER,
            key,
            tls=tuple(fact for found, _pages in looked for fact in found),
            http=tuple(fact for _found, pages in looked for fact in pages),
        )

    def _look(
        self, visit: Visit, lane: Lane, ready: frozenset[int]
    ) -> tuple[list[TlsFact], list[HttpFact]]:
        """TLS where it is spoken at once or (`ready`) was offered, then the pages."""
        secure = visit.ports & (services.TLS_PORTS | ready)
        found = [tls.look(visit.host, visit.address, port, lane) for port in sorted(secure)]
        return found, web.look(visit, lane)


def _spoken(fact: PortFact, target: Target, lane: Lane) -> PortFact:
    """The port with what was said on it, when it is open and may be spoken to."""
    if fact.state is not PortState.OPEN or fact.port not in dialogue.ports(target):
        return fact
    with lane.turn(HELLO):
        said = dialogue.texts(target, fact.port)
    more = relays.look(target, fact.port, said, lane)
    return replace(fact, scripts={**fact.scripts, **said, **more})
