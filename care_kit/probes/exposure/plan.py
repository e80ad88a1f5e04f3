"""What a run would do, exactly, before anything is sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from care_kit.model.facts.scope import BACNET, HIDDEN_FILES, OPEN_RELAY, Scope
from care_kit.model.words.french import counted
from care_kit.probes.exposure import asides, dialogue, dns, ports, relays, services, tls, web, zone
from care_kit.probes.exposure.connect import AT_ONCE, PATIENCE
from care_kit.probes.exposure.pace import (
    CAREFUL,
    HOST_SECONDS,
    HOSTS_AT_ONCE,
    KNOCK,
    WINDOW,
    pace_for,
)
from care_kit.probes.exposure.scope import bounded
from care_kit.probes.exposure.targets import Target, provider_ports, targets

SCRIPT_CONNECTIONS = 4  # nmap finds the port open again, then its script speaks
MOST_SHOWN = 25
KNOCK_SECONDS = 0.015
"""What one attempt costs beside the rest before it, measured on a silent network."""
SILENT_ROOM = KNOCK * WINDOW + sum(PATIENCE) / len(PATIENCE)
"""Packet-seconds one attempt on a silent port takes of the ceiling."""
UDP_SECONDS = 2.0  # waited once per address for all its packets
USUAL_TLS = 8
"""Connections to a healthy TLS port, fewer than the most."""


@dataclass(frozen=True)
class Plan:
    """The commands, the most connections and packets, and about how many seconds they take.

    `seconds` supposes that every port answers and each declared name has one site over TLS,
    `silent_seconds` that nothing answers.
    """

    scope: Scope
    targets: tuple[Target, ...]
    commands: tuple[str, ...]
    connections: int
    datagrams: int
    pages: int
    associations: int
    questions: int
    seconds: int
    silent_seconds: int

    def describe(self) -> tuple[str, ...]:
        """The plan in French, one line per fact."""
        return tuple(_lines(self))


def plan(scope: Scope, *, use_nmap: bool = True) -> Plan:
    """Work out a run without sending anything; ScopeError when the scope is out of bounds."""
    bounded(scope)
    chosen = targets(scope)
    commands = tuple(_commands(chosen) if use_nmap else ())
    counts = [_counted(scope, one, len(chosen)) for one in chosen]
    provided = [host for host in scope.hosts if host.provider for _ in host.addresses]
    provided_pages = sum(web.most(provider_ports(host), host.name, guest=True) for host in provided)
    provided_tls = sum(len(provider_ports(host) & services.TLS_PORTS) for host in provided)
    pages = sum(one.pages for one in counts) + provided_pages
    handshakes = sum(one.handshakes for one in counts) + provided_tls * tls.MOST
    probed = sum(one.ports for one in counts)
    names = len(provided) * 2 + len(scope.domains) * 2
    waits = sum(one.packets > 0 for one in counts) * UDP_SECONDS
    at_once = min(HOSTS_AT_ONCE, max(1, len(chosen)))
    seconds = (sum(one.seconds for one in counts) + waits) / at_once + names
    bound = sum(one.silent_room for one in counts)
    silent = max((sum(one.silent for one in counts) + waits) / at_once, bound) + names
    return Plan(
        scope=scope,
        targets=chosen,
        commands=commands,
        connections=probed + handshakes + pages + len(scope.domains) * dns.MAX_SERVERS,
        datagrams=sum(one.packets for one in counts),
        pages=pages,
        associations=sum(len(one.dicom) for one in chosen),
        questions=sum(map(questions, scope.domains)) + 2 * len(scope.hosts),
        seconds=round(seconds) + 1,
        silent_seconds=round(silent) + 1,
    )


def questions(domain: str) -> int:
    """The most DNS questions about one domain."""
    return len(dns.TYPES) + len(dns.tree(domain)) + 2 * dns.MAX_SERVERS + zone.MOST


@dataclass(frozen=True)
class _Counted:
    """What one address may cost: attempts on ports, TLS connections, pages, packets, seconds."""

    ports: int
    handshakes: int
    pages: int
    packets: int
    seconds: float
    silent: float
    silent_room: float


def _counted(scope: Scope, target: Target, hosts: int) -> _Counted:
    pace = pace_for(scope, target.address)
    delay = pace.delay
    served = [host.name for host in scope.hosts if str(target.address) in host.addresses]
    names = served or [str(target.address)]
    talkative = target.talkative
    site = (len(services.PATHS) + 1) * pace.http_delay + USUAL_TLS * pace.delay
    secured = services.TLS_PORTS | services.STARTTLS_PORTS
    scripted = sum(len(meant_for & talkative) for meant_for in services.SCRIPTS.values())
    attempts = len(target.ports) * len(PATIENCE)
    return _Counted(
        ports=attempts
        + scripted * SCRIPT_CONNECTIONS
        + len(dialogue.ports(target))
        + relays.most(target),
        handshakes=len(names) * len(talkative & secured) * tls.MOST,
        pages=sum(_requests(target, name) for name in names),
        packets=len(target.udp),
        seconds=len(target.ports) * max(1 / pace.shared, delay + KNOCK_SECONDS)
        + len(served) * site,
        silent=attempts * max(delay + KNOCK_SECONDS, SILENT_ROOM / AT_ONCE),
        silent_room=attempts * SILENT_ROOM / pace.shared,
    )


def _requests(target: Target, name: str) -> int:
    """The most requests to one site: its pages, then those no visitor makes."""
    pages = web.most(target.talkative, name)
    return pages + asides.most(target.talkative, pages, target.optional)


def _commands(chosen: tuple[Target, ...]) -> Iterator[str]:
    for one in chosen:
        for script, meant_for in services.SCRIPTS.items():
            for port in sorted(meant_for & one.talkative):
                yield ports.command(one.address, port, script)


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
            f"Domaine {domain} : {questions(domain)} questions DNS au plus et un essai de "
            "transfert de zone par serveur de noms."
        )
    yield from _traffic(plan)
    yield (
        f"Durée estimée : {_duration(plan.seconds)} si tout répond, "
        f"{_duration(plan.silent_seconds)} si rien ne répond ; un hôte qui fait attendre est "
        f"laissé après {_duration(round(HOST_SECONDS))}, et ce qui manque est dit."
    )
    if plan.commands:
        yield "Commandes nmap, sur les seuls ports trouvés ouverts et qui ont parlé :"
        yield from (f"  {one}" for one in plan.commands[:MOST_SHOWN])
        if len(plan.commands) > MOST_SHOWN:
            yield f"  et {counted(len(plan.commands) - MOST_SHOWN, 'autre')}, de même forme."
        yield "Si nmap est absent du poste : les mêmes ports, sans ces scripts."
    else:
        yield "Sans nmap : aucun script."


def _traffic(plan: Plan) -> Iterator[str]:
    """Everything that may be sent, with the most there can be of it."""
    yield (
        f"Questions DNS au plus : {plan.questions}, noms déclarés compris, chacune envoyée "
        f"{dns.TRIES} fois au plus si rien ne répond."
    )
    yield f"Connexions TCP au plus : {plan.connections}, dont {plan.pages} requêtes web."
    yield (
        f"Chemins demandés, sans paramètre, sur les ports {_listed(services.PATH_PORTS)} : / et "
        f"{', '.join(services.PATHS)} ({services.MTA_STS} pour un nom mta-sts)."
    )
    yield (
        f"Puis, sur le premier de ces ports : OPTIONS / et GET / avec l'origine {asides.ORIGIN}, "
        "pour les méthodes et les origines permises."
    )
    yield (
        f"Paquets UDP au plus : {plan.datagrams}, un par port et par adresse "
        f"({_listed(services.UDP_PORTS)})."
    )
    yield (
        f"Demandes d'association DICOM au plus : {plan.associations}, sur les ports "
        f"{_listed(services.DICOM_PORTS)} trouvés ouverts ; aucune image, aucun patient demandé."
    )
    silent = services.SILENT - services.DICOM_PORTS
    yield f"Connexion seule, sans un octet (HL7, automates, imprimantes) : {_listed(silent)}."
    yield (
        "Ports 25 et 587 : EHLO ; 110 : CAPA ; 143 : CAPABILITY ; 389 : StartTLS ; 21 et 2121 : "
        "AUTH TLS. Ni compte, ni message, ni recherche. Autres ports bavards : écoute seule."
    )
    yield "Port 25 qui propose STARTTLS : un second EHLO, chiffré, puis QUIT."
    yield from _optional(plan.scope)
    yield (
        f"Chaque port TLS, ou qui propose STARTTLS : {tls.MOST} connexions au plus (versions, "
        "suites, certificat)."
    )
    yield (
        f"{HOSTS_AT_ONCE} hôtes au plus à la fois, une seule conversation par hôte, "
        f"{CAREFUL.rate} paquets par seconde au plus en tout (hors boucle locale du poste)."
    )


def _optional(scope: Scope) -> Iterator[str]:
    """The tests a scope asks for beyond the ordinary ones, and the one service of others."""
    hidden = " et ".join(f"{one.method} {one.path}" for one in asides.HIDDEN)
    told = {
        HIDDEN_FILES: f"fichiers cachés, {hidden} sur chaque site ; .env n'est pas lu",
        OPEN_RELAY: (
            "relais ouvert, un expéditeur vide et un destinataire étranger (example.com) proposés "
            "au port 25, puis RSET ; aucun message"
        ),
        BACNET: f"BACnet, une lecture d'identifiant en UDP {services.BACNET_PORT} par adresse",
    }
    for name in scope.optional:
        yield f"Test facultatif demandé au périmètre : {told[name]}."
    if scope.rdap:
        yield f"Service RDAP {scope.rdap} : une requête par domaine (date d'expiration)."


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(one) for one in sorted(numbers))


def _duration(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"
