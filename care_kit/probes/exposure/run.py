"""One run: every part the scope allows, several hosts at once, kept as facts."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby

import care_kit
from care_kit.model.facts.exposure import ExposureFacts
from care_kit.model.facts.reading import Statement
from care_kit.model.facts.scope import Scope
from care_kit.model.formats import codec
from care_kit.model.words.errors import ScopeError
from care_kit.model.words.french import listed
from care_kit.model.words.vocabulary import ProbeKind
from care_kit.probes.exposure import child, ports, trust
from care_kit.probes.exposure.dns import resolver_for
from care_kit.probes.exposure.gate import outgoing_address
from care_kit.probes.exposure.hours import in_force
from care_kit.probes.exposure.journal import Journal, Sitting
from care_kit.probes.exposure.pace import HOSTS_AT_ONCE, Ceilings, Stopped
from care_kit.probes.exposure.parts import Part, Reader
from care_kit.probes.exposure.pieces import REASON, Kind, Piece
from care_kit.probes.exposure.scope import bounded, resolve_names
from care_kit.probes.exposure.targets import targets
from care_kit.probes.exposure.view import observed_view
from care_kit.probes.exposure.walls import reason

Progress = Callable[[str, int], None]

MOST_NAMED = 20
_EVERY = 0.5  # seconds between two looks at Ctrl-C, which a blocked wait does not see on Windows

_LIMITS = (
    "Ports TCP d'une liste fermée et ports déclarés ; en UDP, un seul paquet par service d'une "
    "liste fermée : sans réponse, rien n'est conclu.",
    "SNMP n'est interrogé qu'en version 3 (découverte) : un agent limité aux versions 1 et 2c "
    "se tait.",
    "TLS est essayé sur les ports où il est parlé dès le premier octet, et par STARTTLS sur les "
    "ports 21, 25, 110, 143, 389, 587 et 2121 dont le serveur le propose.",
)
_WITHOUT_NMAP = "Sans nmap : aucun script, donc ni accès anonyme FTP ni algorithmes SSH."


def _silent(_step: str, _count: int) -> None:
    """Progress of nobody."""


@dataclass
class _Run:
    """What one run gathers; finished parts stay when it is cut short."""

    scope: Scope
    progress: Progress
    reader: Reader
    journal: Journal | None
    done: dict[tuple[Kind, str], Piece] = field(default_factory=dict)
    limits: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def everything(self) -> None:
        """One kind of part after the other; stops by itself when the allowed hours end."""
        for _kind, parts in groupby(self.reader.parts(), key=lambda one: one.kind):
            self._each([one for one in parts if (one.kind, one.key) not in self.done])

    def _each(self, parts: Sequence[Part]) -> None:
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            waiting = {pool.submit(self._read, one) for one in parts}
            try:
                while waiting:
                    finished, waiting = wait(waiting, _EVERY, FIRST_COMPLETED)
                    for one in finished:
                        one.result()
            except BaseException:
                self.reader.ceilings.stop()
                child.end_all()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _read(self, part: Part) -> None:
        in_force(self.scope.validity, datetime.now(UTC))
        try:
            piece = part.read()
        except (Stopped, ScopeError):
            raise
        except Exception as cause:
            piece = part.unread(f"{part.key} : {reason(cause)}")
        self.reader.ceilings.gate.left()  # what the end of the hours cut is not kept
        with self.lock:
            if self.journal and not piece.error:
                self.journal.keep(piece)
            self.done[part.kind, part.key] = piece
            self.progress(part.kind.label, sum(kind is part.kind for kind, _key in self.done))

    def pieces(self) -> Iterator[Piece]:
        """Every part in the order of the scope, those that were not reached included."""
        for one in self.reader.parts():
            yield self.done.get((one.kind, one.key)) or one.unread("")

    def unreached(self) -> tuple[str, ...]:
        """Domains and addresses that were not read."""
        return tuple(one.key for one in self.reader.parts() if (one.kind, one.key) not in self.done)


def tool(*, use_nmap: bool) -> str:
    """The tool and its means on this station, as statements name them."""
    version = ports.version() if use_nmap else ""
    means = f"nmap {version}" if version else "connexions TCP simples"
    return f"care-kit {care_kit.__version__}, {means}"


def collect(
    scope: Scope,
    scope_sha256: str,
    *,
    use_nmap: bool = True,
    progress: Progress = _silent,
    journal: Journal | None = None,
) -> tuple[bytes, Statement]:
    """Run the probe: compressed canonical `ExposureFacts`, and the statement that goes with it.

    The caller has shown the plan and checked the signature (`scope.authorise`). `progress` gets
    a French step and how many of it are done. What `journal` already holds is not read again,
    and each part is saved there as it ends. Ctrl-C, or the end of the allowed hours, keeps the
    finished parts and gives an incomplete reading. ScopeError when a name leads outside the
    declared addresses; ProbeError when the station has no DNS server or no room to write.
    """
    bounded(scope)
    started = datetime.now(UTC)
    in_force(scope.validity, started)
    means = tool(use_nmap=use_nmap)
    has_nmap = " nmap " in means
    ceilings = Ceilings(scope)
    resolver = resolver_for(scope, ceilings)
    names: dict[str, tuple[str, ...]] = {}
    run = _Run(
        scope, progress, Reader(scope, ceilings, resolver, names, use_nmap=has_nmap), journal
    )
    run.done.update(journal.pieces if journal else {})
    run.limits += _station_limits(asked=use_nmap, has_nmap=has_nmap)
    finished = _guarded(run, names)
    return _reading(run, means, scope_sha256, started, finished=finished)


def _guarded(run: _Run, names: dict[str, tuple[str, ...]]) -> bool:
    """Whether the run went to its end; a name that leaves the scope is still an error."""
    try:
        names.update(resolve_names(run.scope, run.reader.resolver))
        run.everything()
    except KeyboardInterrupt:
        run.limits.append("Relevé interrompu : seules les parties terminées sont gardées.")
        return False
    except ScopeError as error:
        if not run.done:
            raise
        run.limits.append(f"Relevé arrêté : {error.sentence}")
        return False
    return True


def _station_limits(*, asked: bool, has_nmap: bool) -> Iterator[str]:
    yield from _LIMITS
    if not has_nmap:
        yield _WITHOUT_NMAP
    if asked and not has_nmap:
        yield "nmap n'est pas installé sur ce poste."
    if trust.station_store() is None:
        yield "Aucun magasin d'autorités sur ce poste : les chaînes ne sont pas jugées."


def _reading(
    run: _Run, means: str, scope_sha256: str, started: datetime, *, finished: bool
) -> tuple[bytes, Statement]:
    ended = datetime.now(UTC)
    sittings = run.journal.sittings if run.journal else ()
    started = min((started, *(one.started for one in sittings)))
    outgoing = _outgoing(run.scope)
    view, limits = observed_view(run.scope, outgoing)
    pieces = tuple(run.pieces())
    unread = (*_unresolved(run), *(one.error for one in pieces if one.error))
    unreached = run.unreached()
    missing = (*unread, *(f"{one} : {REASON}" for one in unreached))
    facts = codec.compress(codec.canonical(_facts(run, pieces, started, view, outgoing, missing)))
    statement = Statement(
        probe=ProbeKind.EXPOSURE,
        tool=means,
        target=", ".join(run.scope.domains or run.scope.networks),
        account="",
        started=started,
        ended=ended,
        facts_sha512=codec.sha512(facts),
        complete=finished and not missing,
        commands=tuple(line for one in pieces for line in one.commands),
        limits=(
            *run.limits,
            *_own_names_without_answer(run),
            *_told_sittings(sittings, ended),
            *_told_unreached(unreached),
            *limits,
            *(f"Non lu : {one}." for one in unread),
        ),
        scope_sha256=scope_sha256,
        view=view,
    )
    return facts, statement


def _facts(
    run: _Run,
    pieces: Sequence[Piece],
    started: datetime,
    view: str,
    outgoing: str,
    missing: tuple[str, ...],
) -> ExposureFacts:
    scope = run.scope
    return ExposureFacts(
        taken_at=started,
        view=view,
        outgoing=outgoing,
        names=run.reader.names,
        domains=scope.domains,
        declared_ports=tuple(sorted({port for host in scope.hosts for port in host.ports})),
        ports=tuple(fact for one in pieces for fact in one.ports),
        tls=tuple(fact for one in pieces for fact in one.tls),
        dns=tuple(fact for one in pieces for fact in one.dns),
        transfers=tuple(fact for one in pieces for fact in one.transfers),
        http=tuple(fact for one in pieces for fact in one.http),
        datagrams=tuple(fact for one in pieces for fact in one.datagrams),
        selectors=scope.dkim_selectors,
        unreadable=missing,
        asides=tuple(fact for one in pieces for fact in one.asides),
        registrations=tuple(fact for one in pieces for fact in one.registrations),
        optional=scope.optional,
    )


def _unresolved(run: _Run) -> Iterator[str]:
    """A provider's names without an address: nothing of them is seen."""
    for host in run.scope.hosts:
        if host.provider and not run.reader.names.get(host.name, ("not asked",)):
            yield f"{host.name} : nom sans réponse du DNS"


def _own_names_without_answer(run: _Run) -> Iterator[str]:
    """Our own names without an address keep their declared ones."""
    for host in run.scope.hosts:
        if not host.provider and not run.reader.names.get(host.name, ("not asked",)):
            yield f"Le nom {host.name} ne donne aucune adresse : ses adresses déclarées servent."


def _told_sittings(sittings: Sequence[Sitting], ended: datetime) -> Iterator[str]:
    """The times of each sitting when there were several; only the last one's end is known."""
    if len(sittings) < 2:
        return
    told = [_moments(one.started, one.last) for one in sittings[:-1]]
    told.append(_moments(sittings[-1].started, ended))
    yield (
        f"Relevé fait en {len(sittings)} séances (début, puis fin de la dernière partie "
        f"terminée) : {' ; '.join(told)}."
    )


def _moments(begins: datetime, ends: datetime) -> str:
    first, last = begins.astimezone(), ends.astimezone()
    day = "%H:%M:%S" if first.date() == last.date() else "%d/%m/%Y à %H:%M:%S"
    return f"le {first:%d/%m/%Y} de {first:%H:%M:%S} à {last.strftime(day)}"


def _told_unreached(keys: Sequence[str]) -> Iterator[str]:
    if keys:
        told = listed(keys[:MOST_NAMED], len(keys) - MOST_NAMED)
        yield f"Non atteints ({len(keys)}) : {told}."


def _outgoing(scope: Scope) -> str:
    chosen = targets(scope)
    return outgoing_address(chosen[0].address) if chosen else ""
