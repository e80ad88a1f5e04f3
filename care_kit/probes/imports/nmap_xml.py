"""An nmap XML file made elsewhere, read as the port part of an exposure reading.

Nothing is sent. Only addresses of the scope are kept, and the reading is never complete: it knows
nothing of TLS, DNS, mail or web pages, and nobody here saw from where the scan was run.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

import care_kit
from care_kit.catalog.outside import read_bounded
from care_kit.model.facts.exposure import ExposureFacts, PortFact
from care_kit.model.facts.reading import Statement
from care_kit.model.facts.scope import Scope
from care_kit.model.formats import codec
from care_kit.model.words.errors import InputError, ProbeError
from care_kit.model.words.vocabulary import ProbeKind
from care_kit.probes.exposure import ports
from care_kit.probes.exposure.scope import bounded
from care_kit.probes.exposure.targets import Target, targets
from care_kit.probes.exposure.text import clean

MAX_BYTES = 50_000_000
_PORT = re.compile("[0-9]{1,5}")
_AGAIN = "Refaites le fichier avec « nmap -oX fichier.xml », puis recommencez."


def import_nmap(path: Path, scope: Scope, scope_sha256: str) -> tuple[bytes, Statement]:
    """Compressed canonical `ExposureFacts`, and the statement that goes with them.

    InputError when the file is not nmap's, is hostile, cut short, or is about nothing of the
    scope; ScopeError when the scope is malformed.
    """
    bounded(scope)
    xml = _read(path)
    root = _root(xml, path.name)
    started, ended = _moments(root, path.name)
    reported = {one.get("addr", "") for one in root.iterfind("host/address")}
    wanted = targets(scope)
    kept = [one for one in wanted if str(one.address) in reported]
    if not kept:
        raise InputError(
            f"« {path.name} » ne porte sur aucune adresse du périmètre.",
            "Vérifiez que le périmètre est celui du balayage.",
        )
    found = tuple(fact for one in kept for fact in _facts(xml, root, one, scope))
    facts = _exposure(found, scope, started)
    raw = codec.compress(codec.canonical(facts))
    outside = _outside(root, {str(one.address) for one in wanted})
    limits = tuple(_limits(len(wanted) - len(kept), outside))
    return raw, _statement(root, scope, scope_sha256, started, ended, raw, limits)


def _read(path: Path) -> str:
    raw = read_bounded(path, MAX_BYTES, "Balayez moins d'adresses ou de ports à la fois.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise InputError(f"« {path.name} » n'est pas un fichier XML en UTF-8.", _AGAIN) from cause


def _root(xml: str, name: str) -> Element:
    """nmap's own file has a DOCTYPE; an entity in it is refused."""
    try:
        root: Element = ElementTree.fromstring(xml, forbid_dtd=False, forbid_entities=True)
    except (ElementTree.ParseError, ValueError) as cause:
        raise InputError(f"« {name} » n'est pas un fichier XML lisible et sûr.", _AGAIN) from cause
    if root.tag != "nmaprun" or root.get("scanner") != "nmap":
        raise InputError(f"« {name} » n'est pas un résultat de nmap.", _AGAIN)
    return root


def _moments(root: Element, name: str) -> tuple[datetime, datetime]:
    """Start and end (UTC); a run without an end was cut short."""
    finished = root.find("runstats/finished")
    if finished is None or finished.get("exit", "success") != "success":
        raise InputError(f"« {name} » est celui d'un balayage interrompu.", _AGAIN)
    try:
        started = datetime.fromtimestamp(int(root.get("start", "")), UTC)
        ended = datetime.fromtimestamp(int(finished.get("time", "")), UTC)
    except (ValueError, OverflowError, OSError) as cause:
        raise InputError(f"« {name} » ne dit pas quand le balayage a eu lieu.", _AGAIN) from cause
    if not started <= ended <= datetime.now(UTC) + timedelta(days=1):
        raise InputError(f"« {name} » porte des dates impossibles.", _AGAIN)
    return started, ended


def _facts(xml: str, root: Element, target: Target, scope: Scope) -> tuple[PortFact, ...]:
    """Ports the probe would ask, and any other that the file shows open."""
    shown = _open_ports(root, str(target.address)) - set(scope.excluded_ports)
    try:
        return ports.parse(xml, target.address, target.ports | shown)
    except ProbeError as cause:
        raise InputError(cause.sentence, _AGAIN) from cause


def _open_ports(root: Element, address: str) -> frozenset[int]:
    numbers = (
        port.get("portid", "")
        for host in root.iterfind("host")
        if any(one.get("addr") == address for one in host.iterfind("address"))
        for port in host.iterfind("ports/port[@protocol='tcp']")
        if (state := port.find("state")) is not None and state.get("state") == "open"
    )
    return frozenset(int(one) for one in numbers if _PORT.fullmatch(one))


def _outside(root: Element, wanted: set[str]) -> int:
    hosts = (
        {one.get("addr", "") for one in host.iterfind("address") if one.get("addrtype") != "mac"}
        for host in root.iterfind("host")
    )
    return sum(not addresses & wanted for addresses in hosts)


def _exposure(found: tuple[PortFact, ...], scope: Scope, started: datetime) -> ExposureFacts:
    return ExposureFacts(
        taken_at=started,
        view=scope.view,
        outgoing="",
        declared_ports=tuple(sorted({port for host in scope.hosts for port in host.ports})),
        ports=found,
    )


def _limits(absent: int, outside: int) -> list[str]:
    limits = [
        "Relevé importé d'un fichier nmap : les ports seulement ; ni TLS, ni DNS, ni messagerie, "
        "ni pages web.",
        "La vue est celle que déclare le périmètre : le poste du balayage n'est pas connu.",
    ]
    if absent:
        limits.append(f"Adresses du périmètre absentes du fichier : {absent}.")
    if outside:
        limits.append(f"Machines du fichier hors du périmètre, laissées de côté : {outside}.")
    return limits


def _statement(
    root: Element,
    scope: Scope,
    scope_sha256: str,
    started: datetime,
    ended: datetime,
    raw: bytes,
    limits: tuple[str, ...],
) -> Statement:
    version = clean(root.get("version", "")) or "de version inconnue"
    return Statement(
        probe=ProbeKind.EXPOSURE,
        tool=f"nmap {version}, importé par care-kit {care_kit.__version__}",
        target=", ".join(scope.domains or scope.networks),
        account="",
        started=started,
        ended=ended,
        facts_sha512=codec.sha512(raw),
        complete=False,
        commands=(clean(root.get("args", "")),),
        limits=limits,
        scope_sha256=scope_sha256,
        view=scope.view,
    )
