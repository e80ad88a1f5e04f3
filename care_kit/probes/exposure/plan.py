"""What a run would do, exactly, before anything is sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from care_kit.model.scope import Scope
from care_kit.probes.exposure import dns, hello, ports, services
from care_kit.probes.exposure.pace import pace_for
from care_kit.probes.exposure.scope import bounded
from care_kit.probes.exposure.targets import Target, targets

RETRIES = 1
MOST_SHOWN = 25
SILENT_SECONDS = 0.3  # per port that drops our packets, measured with nmap 7.93, retry included
_TLS_CONNECTIONS = len(hello.VERSIONS) + 1


@dataclass(frozen=True)
class Plan:
    """The commands, the most connections they make, and about how many seconds they take.

    `seconds` supposes that every port answers, `silent_seconds` that none does.
    """

    scope: Scope
    targets: tuple[Target, ...]
    commands: tuple[str, ...]
    connections: int
    seconds: int
    silent_seconds: int

    def describe(self) -> tuple[str, ...]:
        """The plan in French, one line per fact."""
        return tuple(_lines(self))


def plan(scope: Scope, *, use_nmap: bool = True) -> Plan:
    """Work out a run without sending anything; ScopeError when the scope is out of bounds."""
    bounded(scope)
    chosen = targets(scope)
    commands = tuple(_commands(chosen, scope) if use_nmap else ())
    connections, seconds, silent = 0, 0.0, 0.0
    for one in chosen:
        pace = pace_for(scope, one.address)
        visits, http = _most_visits(scope, one)
        listened = len(one.talkative & services.GREETING_PORTS)
        connections += len(one.ports) * (1 + RETRIES) + visits * _TLS_CONNECTIONS + http + listened
        seconds += len(one.ports) * max(1 / pace.rate, pace.delay)
        silent += len(one.ports) * SILENT_SECONDS
    provided = sum(len(host.addresses) for host in scope.hosts if host.provider)
    connections += provided * (_TLS_CONNECTIONS + 2)
    names = provided * 2 + len(scope.domains) * 2
    return Plan(
        scope, chosen, commands, connections, round(seconds + names) + 1, round(silent + names) + 1
    )


def _commands(chosen: tuple[Target, ...], scope: Scope) -> Iterator[str]:
    for one in chosen:
        pace = pace_for(scope, one.address)
        yield ports.command(one.address, one.ports, ports.discovery_arguments(one.address, pace))
        for script, meant_for in services.SCRIPTS.items():
            if meant_for & one.talkative:
                arguments = ports.script_arguments(one.address, script)
                yield ports.command(one.address, meant_for & one.talkative, arguments)


def _most_visits(scope: Scope, target: Target) -> tuple[int, int]:
    """The most (TLS, HTTP) visits of one address, were every port open."""
    names = sum(1 for host in scope.hosts if str(target.address) in host.addresses) or 1
    web = services.HTTP_PORTS | services.HTTPS_PORTS
    talkative = target.talkative
    return names * len(talkative & services.TLS_PORTS), names * len(talkative & web)


def _lines(plan: Plan) -> Iterator[str]:
    scope = plan.scope
    yield f"Périmètre : {scope.owner}, {scope.purpose}. Contact d'astreinte : {scope.contact}."
    yield f"Vue déclarée : {scope.view}."
    yield (
        f"Valable du {scope.validity.begins:%d/%m/%Y} au {scope.validity.ends:%d/%m/%Y}, "
        f"de {scope.validity.from_hour:%H:%M} à {scope.validity.to_hour:%H:%M}."
    )
    yield f"Adresses dont les ports seront examinés : {len(plan.targets)}."
    fragile = sum(one.fragile for one in plan.targets)
    if fragile:
        yield f"Dont fragiles (connexion seule, aucun octet envoyé) : {fragile}."
    for host in scope.hosts:
        if host.provider:
            agreement = host.provider_agreement or "accord non déclaré"
            yield (
                f"Chez {host.provider} : {host.name}, par son nom seulement (DNS, TLS, HTTP), "
                f"sans examen de ports ({agreement})."
            )
    for domain in scope.domains:
        yield (
            f"Domaine {domain} : {len(dns.TYPES) + len(dns.tree(domain))} questions DNS et un "
            "essai de transfert de zone par serveur de noms."
        )
    yield f"Connexions au plus : {plan.connections}."
    yield (
        f"Durée estimée : {_duration(plan.seconds)} si tout répond, "
        f"{_duration(plan.silent_seconds)} si rien ne répond."
    )
    if plan.commands:
        yield "Commandes (celles qui portent --script ne visent que les ports trouvés ouverts) :"
        yield from (f"  {one}" for one in plan.commands[:MOST_SHOWN])
        if len(plan.commands) > MOST_SHOWN:
            yield f"  et {len(plan.commands) - MOST_SHOWN} autres, de même forme."
        yield "Si nmap est absent du poste : les mêmes ports, par de simples connexions TCP."
    else:
        yield "Sans nmap : de simples connexions TCP, aucun script."


def _duration(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"
