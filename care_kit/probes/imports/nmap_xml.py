"""An nmap XML file made elsewhere, read as the port part of an exposure reading.

Nothing is sent. Only addresses of the scope are kept, and the reading is never complete: it knows
nothing of TLS, DNS, mail or web pages, and nobody here saw from where the scan was run.
"""

import re
from collections.abc import Iterable
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
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import ProbeKind
from care_kit.probes.exposure import ports
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.scope import bounded
from care_kit.probes.exposure.targets import targets
from care_kit.probes.exposure.text import clean

MAX_BYTES = 50_000_000
_PORT = re.compile("[0-9]{1,5}")
_REFERENCE = re.compile(r"&#(x)?([0-9a-fA-F]{1,8});")
_AGAIN = "Refaites le fichier avec « nmap -oX fichier.xml », puis recommencez."


def import_nmap(path: Path, scope: Scope, scope_sha256: str) -> tuple[bytes, Statement]:
    """Compressed canonical `ExposureFacts`, and the statement that goes with them.

    InputError when the file is not nmap's, is hostile, cut short, or is about nothing of the
    scope; ScopeError when the scope is malformed.
    """
    bounded(scope)
    xml, spoilt = _read(path)
    root, cut = _root(xml, path.name)
    started, ended = _moments(root, path.name, cut=cut)
    hosts, asked = ports.by_address(root), ports.scanned(root)
    wanted = targets(scope)
    kept = [one for one in wanted if one.address in hosts]
    if not kept:
        raise InputError(
            f"« {path.name} » ne porte sur aucune adresse du périmètre.",
            "Vérifiez que le périmètre est celui du balayage.",
        )
    try:
        found = tuple(
            fact
            for one in kept
            for fact in ports.facts_of(
                hosts[one.address],
                asked,
                one.address,
                one.ports | (_open_ports(hosts[one.address]) - set(scope.excluded_ports)),
            )
        )
    except ValueError as cause:
        raise InputError(f"« {path.name} » porte un numéro de port illisible.", _AGAIN) from cause
    facts = _exposure(found, scope, started)
    raw = codec.compress(codec.canonical(facts))
    outside = _outside(root, {one.address for one in wanted})
    datagrams = sum(1 for _ in root.iterfind("host/ports/port[@protocol='udp']"))
    limits = tuple(_limits(len(wanted) - len(kept), outside, datagrams, cut=cut, spoilt=spoilt))
    return raw, _statement(root, scope, scope_sha256, started, ended, raw, limits)


def _read(path: Path) -> tuple[str, bool]:
    """The text, and whether characters that no XML may hold were replaced in it."""
    raw = read_bounded(path, MAX_BYTES, "Balayez moins d'adresses ou de ports à la fois.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise InputError(f"« {path.name} » n'est pas un fichier XML en UTF-8.", _AGAIN) from cause
    clean_text, references = _REFERENCE.subn(_allowed, text)
    return clean_text, clean_text != text and references > 0


def _allowed(reference: "re.Match[str]") -> str:
    """The reference to a character, or « ? » for one that XML forbids."""
    if not (reference[1] or reference[2].isdecimal()):
        return "?"
    number = int(reference[2], 16 if reference[1] else 10)
    fine = number in (9, 10, 13) or 32 <= number <= 0xD7FF or 0xE000 <= number <= 0x10FFFF
    return reference[0] if fine else "?"


def _root(xml: str, name: str) -> tuple[Element, bool]:
    """The whole run, or (true) what a scan that was killed left: the hosts it had finished.

    nmap's own file has a DOCTYPE; an entity in it is refused.
    """
    cut = not xml.rstrip().endswith("</nmaprun>") and "</host>" in xml
    if cut:
        xml = xml[: xml.rindex("</host>") + len("</host>")] + "</nmaprun>"
    try:
        root: Element = ElementTree.fromstring(xml, forbid_dtd=False, forbid_entities=True)
    except (ElementTree.ParseError, ValueError) as cause:
        raise InputError(f"« {name} » n'est pas un fichier XML lisible et sûr.", _AGAIN) from cause
    if root.tag != "nmaprun" or root.get("scanner") != "nmap":
        raise InputError(f"« {name} » n'est pas un résultat de nmap.", _AGAIN)
    return root, cut


def _moments(root: Element, name: str, *, cut: bool) -> tuple[datetime, datetime]:
    """Start and end (UTC); a run that was cut ended, for all we know, when it started."""
    finished = root.find("runstats/finished")
    if not cut and (finished is None or finished.get("exit", "success") != "success"):
        raise InputError(f"« {name} » est celui d'un balayage interrompu.", _AGAIN)
    start = root.get("start", "")
    try:
        started = datetime.fromtimestamp(int(start), UTC)
        end = start if cut or finished is None else finished.get("time", "")
        ended = datetime.fromtimestamp(int(end), UTC)
    except (ValueError, OverflowError, OSError) as cause:
        raise InputError(f"« {name} » ne dit pas quand le balayage a eu lieu.", _AGAIN) from cause
    if not started <= ended <= datetime.now(UTC) + timedelta(days=1):
        raise InputError(f"« {name} » porte des dates impossibles.", _AGAIN)
    return started, ended


def _open_ports(hosts: Iterable[Element]) -> frozenset[int]:
    """Ports the file shows open, those the probe would not ask too."""
    numbers = (
        port.get("portid", "")
        for host in hosts
        for port in host.iterfind("ports/port[@protocol='tcp']")
        if (state := port.find("state")) is not None and state.get("state") == "open"
    )
    return frozenset(int(one) for one in numbers if _PORT.fullmatch(one))


def _outside(root: Element, wanted: set[Address]) -> int:
    """Hosts of which no address is one of the scope's."""
    inside = {
        id(host)
        for address, hosts in ports.by_address(root).items()
        if address in wanted
        for host in hosts
    }
    return sum(id(host) not in inside for host in root.iterfind("host"))


def _exposure(found: tuple[PortFact, ...], scope: Scope, started: datetime) -> ExposureFacts:
    return ExposureFacts(
        taken_at=started,
        view=scope.view,
        outgoing="",
        declared_ports=tuple(sorted({port for host in scope.hosts for port in host.ports})),
        ports=found,
    )


def _limits(absent: int, outside: int, datagrams: int, *, cut: bool, spoilt: bool) -> list[str]:
    limits = [
        "Relevé importé d'un fichier nmap : les ports seulement ; ni TLS, ni DNS, ni messagerie, "
        "ni pages web.",
        "La vue est celle que déclare le périmètre : le poste du balayage n'est pas connu.",
    ]
    if cut:
        limits.append("Balayage interrompu : seules les machines finies sont dans le fichier.")
    if spoilt:
        limits.append("Des caractères interdits du fichier ont été remplacés par « ? ».")
    if datagrams:
        limits.append(f"Ports UDP du fichier, non repris : {datagrams}.")
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
