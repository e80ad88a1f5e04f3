"""One run: every collector in turn, on what the scope allows, kept as facts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import dns.resolver

import care_kit
from care_kit.model import codec
from care_kit.model.errors import ProbeError, ScopeError
from care_kit.model.exposure_facts import (
    DatagramFact,
    DnsFact,
    ExposureFacts,
    HttpFact,
    PortFact,
    PortState,
    TlsFact,
    TransferFact,
)
from care_kit.model.reading import Statement
from care_kit.model.scope import Scope
from care_kit.model.vocabulary import ProbeKind
from care_kit.probes.exposure import (
    connect,
    datagrams,
    dialogue,
    ports,
    services,
    tls,
    trust,
    web,
    zone,
)
from care_kit.probes.exposure import dns as domains
from care_kit.probes.exposure.pace import pace_for
from care_kit.probes.exposure.scope import bounded, in_force, resolve_names
from care_kit.probes.exposure.targets import Target, Visit, provider_visits, targets, visits
from care_kit.probes.exposure.view import observed_view, outgoing_address

Progress = Callable[[str, int], None]

_LIMITS = (
    "Ports TCP d'une liste fermée et ports déclarés ; en UDP, un seul paquet par service d'une "
    "liste fermée : sans réponse, rien n'est conclu.",
    "SNMP n'est interrogé qu'en version 3 (découverte) : un agent limité aux versions 1 et 2c "
    "se tait.",
    "TLS n'est essayé que sur les ports où il est parlé dès le premier octet ; STARTTLS est "
    "cherché sur le port 25, sans être ouvert.",
    "SSLv2 n'est pas essayé.",
)
_WITHOUT_NMAP = "Sans nmap : aucun script, donc ni accès anonyme FTP ni algorithmes SSH."


def _silent(_step: str, _count: int) -> None:
    """Progress of nobody."""


@dataclass
class _Run:
    """What one run gathers; finished work stays when the run is cut short."""

    scope: Scope
    progress: Progress
    nmap: str
    resolver: dns.resolver.Resolver
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ports: list[PortFact] = field(default_factory=list)
    tls: list[TlsFact] = field(default_factory=list)
    http: list[HttpFact] = field(default_factory=list)
    dns: list[DnsFact] = field(default_factory=list)
    transfers: list[TransferFact] = field(default_factory=list)
    datagrams: list[DatagramFact] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)

    def everything(self) -> None:
        """Names, domains, then addresses; stops by itself when the allowed hours end."""
        self.names.update(resolve_names(self.scope, self.resolver))
        self._unresolved()
        for done, domain in enumerate(self.scope.domains, 1):
            self._domain(domain)
            self.progress("Domaines", done)
        for done, target in enumerate(targets(self.scope), 1):
            in_force(self.scope.validity, datetime.now(UTC))
            self._address(target)
            self.progress("Adresses", done)
        for done, visit in enumerate(provider_visits(self.scope, self.names), 1):
            self._visit(visit)
            self.progress("Noms chez un hébergeur", done)

    def _unresolved(self) -> None:
        """Names without an address: ours keep their declared ones, a provider's is not seen."""
        for host in self.scope.hosts:
            if self.names[host.name]:
                continue
            if host.provider:
                self.unreadable.append(f"{host.name} : nom sans réponse du DNS")
            else:
                self.limits.append(
                    f"Le nom {host.name} ne donne aucune adresse : ses adresses déclarées servent."
                )

    def _domain(self, domain: str) -> None:
        facts = tuple(domains.domain_facts(self.resolver, domain))
        servers = tuple(
            value.rstrip(".") for one in facts if one.type == "NS" for value in one.values
        )
        found = tuple(domains.transfers(self.resolver, self.scope, domain, servers))
        self.dns += (*facts, *zone.further(self.resolver, self.scope, domain, facts))
        self.transfers += found

    def _address(self, target: Target) -> None:
        try:
            facts = self._scan(target)
        except ProbeError as error:
            self.unreadable.append(f"{target.address} : {error.sentence}")
            return
        opened = frozenset(one.port for one in facts if one.state is PortState.OPEN)
        looked = [self._look(visit) for visit in visits(self.scope, self.names, target, opened)]
        delay = pace_for(self.scope, target.address).delay
        answers = datagrams.ask(target.address, target.udp, delay)
        self.ports += facts
        self.datagrams += answers
        for tls_facts, http_facts in looked:
            self.tls += tls_facts
            self.http += http_facts

    def _scan(self, target: Target) -> tuple[PortFact, ...]:
        pace = pace_for(self.scope, target.address)
        if self.nmap:
            facts = ports.scan(
                target.address,
                target.ports,
                pace,
                scripts_on=target.talkative,
                ran=self.commands.append,
            )
        else:
            facts = connect.scan(target.address, target.ports, pace)
        return tuple(_spoken(one, target) for one in facts)

    def _visit(self, visit: Visit) -> None:
        tls_facts, http_facts = self._look(visit)
        self.tls += tls_facts
        self.http += http_facts

    def _look(self, visit: Visit) -> tuple[list[TlsFact], list[HttpFact]]:
        pace = pace_for(self.scope, visit.address)
        return (
            [
                tls.look(visit.host, visit.address, port, pace.delay)
                for port in sorted(visit.ports & services.TLS_PORTS)
            ],
            web.look(visit, pace.http_delay),
        )


def _spoken(fact: PortFact, target: Target) -> PortFact:
    """The port with what was said on it, when it is open and may be spoken to."""
    if fact.state is not PortState.OPEN:
        return fact
    texts = dialogue.texts(target, fact.port)
    return replace(fact, scripts={**fact.scripts, **texts})


def collect(
    scope: Scope, scope_sha256: str, *, use_nmap: bool = True, progress: Progress = _silent
) -> tuple[bytes, Statement]:
    """Run the probe: compressed canonical `ExposureFacts`, and the statement that goes with it.

    The caller has shown the plan and checked the signature (`scope.authorise`). `progress` gets
    a French step and how many of it are done. Ctrl-C, or the end of the allowed hours, keeps the
    finished addresses and gives an incomplete reading. ScopeError when a name leads outside the
    declared addresses; ProbeError when the station has no DNS server.
    """
    bounded(scope)
    started = datetime.now(UTC)
    in_force(scope.validity, started)
    run = _Run(scope, progress, ports.version() if use_nmap else "", domains.resolver_for(scope))
    run.limits += _LIMITS if run.nmap else (*_LIMITS, _WITHOUT_NMAP)
    if trust.station_store() is None:
        run.limits.append(
            "Aucun magasin d'autorités sur ce poste : les chaînes ne sont pas jugées."
        )
    if use_nmap and not run.nmap:
        run.limits.append("nmap n'est pas installé sur ce poste.")
    finished = _guarded(run)
    outgoing = _outgoing(scope)
    view, limits = observed_view(scope, outgoing)
    facts = codec.compress(codec.canonical(_facts(run, started, view, outgoing)))
    statement = Statement(
        probe=ProbeKind.EXPOSURE,
        tool=_tool(run.nmap),
        target=", ".join(scope.domains or scope.networks),
        account="",
        started=started,
        ended=datetime.now(UTC),
        facts_sha512=codec.sha512(facts),
        complete=finished and not run.unreadable,
        commands=tuple(run.commands),
        limits=(*run.limits, *limits, *(f"Non lu : {one}." for one in run.unreadable)),
        scope_sha256=scope_sha256,
        view=view,
    )
    return facts, statement


def _guarded(run: _Run) -> bool:
    """Whether the run went to its end; a name that leaves the scope is still an error."""
    try:
        run.everything()
    except KeyboardInterrupt:
        run.limits.append("Relevé interrompu : seules les adresses terminées sont gardées.")
        return False
    except ScopeError as error:
        if not run.ports:
            raise
        run.limits.append(f"Relevé arrêté : {error.sentence}")
        return False
    return True


def _facts(run: _Run, started: datetime, view: str, outgoing: str) -> ExposureFacts:
    scope = run.scope
    return ExposureFacts(
        taken_at=started,
        view=view,
        outgoing=outgoing,
        names=run.names,
        domains=scope.domains,
        declared_ports=tuple(sorted({port for host in scope.hosts for port in host.ports})),
        ports=tuple(run.ports),
        tls=tuple(run.tls),
        dns=tuple(run.dns),
        transfers=tuple(run.transfers),
        http=tuple(run.http),
        datagrams=tuple(run.datagrams),
        selectors=scope.dkim_selectors,
        unreadable=tuple(run.unreadable),
    )


def _outgoing(scope: Scope) -> str:
    chosen = targets(scope)
    return outgoing_address(chosen[0].address) if chosen else ""


def _tool(nmap_version: str) -> str:
    means = f"nmap {nmap_version}" if nmap_version else "connexions TCP simples"
    return f"care-kit {care_kit.__version__}, {means}"
