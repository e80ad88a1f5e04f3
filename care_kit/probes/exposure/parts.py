"""The parts of a run, and how each is read: a domain, an address of ours, a provider's machine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import dns.resolver

from care_kit.model.facts.exposure import (
    DnsFact,
    HttpFact,
    Outcome,
    PortFact,
    PortState,
    RegistrationFact,
    TlsFact,
    TransferFact,
)
from care_kit.model.facts.scope import Scope
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
from care_kit.probes.exposure.pace import HELLO, Ceilings, Lane
from care_kit.probes.exposure.pieces import Kind, Piece
from care_kit.probes.exposure.targets import Target, Visit, provider_visits, targets, visits
from care_kit.probes.exposure.walls import Wall


@dataclass(frozen=True)
class Part:
    """One part: how to read it now, and what to say of it when it was not."""

    kind: Kind
    key: str
    read: Callable[[], Piece]
    unread: Callable[[str], Piece]


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
                partial(self._address, one),
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
        wall = Wall()
        first: tuple[DnsFact, ...] = wall.behind(
            "DNS", lambda: tuple(domains.domain_facts(self.resolver, domain)), ()
        )
        more: tuple[DnsFact, ...] = wall.behind(
            "DNS, suites", lambda: zone.further(self.resolver, self.scope, domain, first), ()
        )
        facts = (*first, *more)
        known = {(one.name.rstrip(".").lower(), one.type): one for one in facts}
        tried: tuple[TransferFact, ...] = wall.behind(
            "transfert de zone",
            lambda: tuple(domains.transfers(self.resolver, domain, known, self.ceilings.lane)),
            (TransferFact(domain, "", Outcome.UNKNOWN, detail=pieces.UNREAD),),
        )
        registered: tuple[RegistrationFact, ...] = wall.behind(
            "RDAP", lambda: self._registered(domain), ()
        )
        return Piece(
            Kind.DOMAIN,
            domain,
            dns=facts or pieces.unread_domain(domain).dns,
            transfers=tried,
            registrations=registered,
            error=wall.told(domain),
        )

    def _registered(self, domain: str) -> tuple[RegistrationFact, ...]:
        service = self.scope.rdap
        return (rdap.ask(service, domain, self.resolver, self.ceilings.lane),) if service else ()

    def _address(self, target: Target) -> Piece:
        lane, wall = self.ceilings.lane(target.address), Wall()
        lane.begin()
        commands: list[str] = []
        knocked = wall.behind(
            "ports",
            lambda: connect.scan(target.address, target.ports, lane),
            pieces.unread_address(self.scope, self.names, target).ports,
        )
        facts = tuple(self._spoken(one, target, lane, wall, commands.append) for one in knocked)
        opened = frozenset(one.port for one in facts if one.state is PortState.OPEN)
        ready = frozenset(one.port for one in facts if starttls.offered(one))
        visited = list(visits(self.scope, self.names, target, opened))
        looked = [self._look(visit, lane, ready, wall) for visit in visited]
        silent = pieces.unread_datagrams(target)
        return Piece(
            Kind.ADDRESS,
            str(target.address),
            ports=facts,
            tls=tuple(fact for found, _pages in looked for fact in found),
            http=tuple(fact for _found, pages in looked for fact in pages),
            datagrams=wall.behind(
                "UDP", lambda: datagrams.ask(target.address, target.udp, lane), silent
            ),
            asides=tuple(
                fact
                for visit, (_found, pages) in zip(visited, looked, strict=True)
                for fact in self._asides(visit, lane, pages, target, wall)
            ),
            commands=tuple(commands),
            error=wall.told(str(target.address)),
        )

    def _asides(
        self,
        visit: Visit,
        lane: Lane,
        pages: Sequence[HttpFact],
        target: Target,
        wall: "Wall",
    ) -> Sequence[HttpFact]:
        return wall.behind(
            f"requêtes à {visit.host}",
            lambda: asides.look(visit, lane, pages, target.optional),
            [],
        )

    def _spoken(
        self,
        fact: PortFact,
        target: Target,
        lane: Lane,
        wall: "Wall",
        ran: Callable[[str], None],
    ) -> PortFact:
        """The port with what was said on it, when it is open and may be spoken to."""
        if fact.state is not PortState.OPEN:
            return fact
        place = f"port {fact.port}"
        if fact.port in dialogue.ports(target):
            fact = wall.behind(place, lambda: _dialogue(fact, target, lane), fact)
        if self.use_nmap and fact.port in target.talkative and ports.ready(fact):
            said = fact
            fact = wall.behind(
                f"{place}, nmap", lambda: ports.scripted(said, target.address, lane, ran), said
            )
        return fact

    def _provider(self, key: str, visited: list[Visit]) -> Piece:
        wall = Wall()
        looked = [
            self._look(one, self.ceilings.lane(one.address), frozenset(), wall) for one in visited
        ]
        return Piece(
            Kind.PROVIDER,
            key,
            tls=tuple(fact for found, _pages in looked for fact in found),
            http=tuple(fact for _found, pages in looked for fact in pages),
            error=wall.told(key),
        )

    def _look(
        self, visit: Visit, lane: Lane, ready: frozenset[int], wall: "Wall"
    ) -> tuple[list[TlsFact], list[HttpFact]]:
        """TLS where it is spoken at once or (`ready`) was offered, then the pages."""
        secure = visit.ports & (services.TLS_PORTS | ready)
        found = [
            wall.behind(
                f"TLS de {visit.host}, port {port}",
                partial(tls.look, visit.host, visit.address, port, lane),
                pieces.unread_tls(visit, port),
            )
            for port in sorted(secure)
        ]
        unread = [one for one in pieces.unread_visit(visit) if isinstance(one, HttpFact)]
        pages = wall.behind(f"pages de {visit.host}", lambda: web.look(visit, lane), unread)
        return found, pages


def _dialogue(fact: PortFact, target: Target, lane: Lane) -> PortFact:
    with lane.turn(HELLO):
        said = dialogue.texts(target, fact.port, lane)
    more = relays.look(target, fact.port, said, lane)
    return replace(fact, scripts={**fact.scripts, **said, **more})
