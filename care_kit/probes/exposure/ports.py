"""The only place that runs nmap: its scripts, one allowed script on one open port at a time.

nmap cannot be held to a number of packets once a script talks, nor to a size of memory: each run
has a clock and bounds of its own (`child`), and room under the ceiling for what a script sends.
Only parsed addresses get here. python-nmap finds nmap and reads its errors; it is not given the
run itself, which it could neither bound nor end. Its dictionary loses tables and tunnels, so facts
come from the XML.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from ipaddress import IPv6Address, ip_address
from xml.etree.ElementTree import Element

import nmap
from defusedxml import ElementTree

from care_kit.model.facts.exposure import PortFact, PortState
from care_kit.model.words.errors import ProbeError
from care_kit.probes.exposure import child, greeting
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.gate import Speech
from care_kit.probes.exposure.pace import SCRIPT, Lane
from care_kit.probes.exposure.services import SCRIPTS
from care_kit.probes.exposure.text import clean, clean_lines

SCRIPT_SECONDS = 30
_SCRIPT_OPTIONS = {"ftp-anon": ["--script-args", "ftp-anon.maxlist=0"]}
"""Whether anonymous access works is asked; file names, perhaps of patients, are never read."""

_STATES = {"open": PortState.OPEN, "closed": PortState.CLOSED, "filtered": PortState.FILTERED}
_WARNING = re.compile("warning: ", re.IGNORECASE)


def version() -> str:
    """Version of the installed nmap, empty when there is none."""
    try:
        return ".".join(str(part) for part in nmap.PortScanner().nmap_version())
    except nmap.PortScannerError:
        return ""


def arguments(address: Address, script: str) -> list[str]:
    """Options that run one allowed script, forced (`+`) on the one port it is given."""
    if script not in SCRIPTS:
        raise ValueError(f"script not allowed: {script}")
    family = ["-6"] if isinstance(address, IPv6Address) else []
    bounds = ["--max-retries", "1", "--host-timeout", f"{SCRIPT_SECONDS}s"]
    chosen = ["--script", f"+{script}", *_SCRIPT_OPTIONS.get(script, [])]
    return [*family, "-n", "-Pn", "-sT", "-T3", *bounds, *chosen]


def command(address: Address, port: int | str, script: str) -> str:
    """The command line as it will be run, for the plan and the statement."""
    return " ".join(["nmap", *_words(address, port, script)])


def scripted(fact: PortFact, address: Address, lane: Lane, ran: Callable[[str], None]) -> PortFact:
    """An open port with what the script meant for it says, if there is one.

    `ran` is told the command line. ProbeError when nmap could not do it, or had to be ended; a
    script with nothing to say leaves no text.
    """
    for script, meant_for in SCRIPTS.items():
        if fact.port in meant_for:
            with lane.turn(SCRIPT):
                xml = _run(address, fact.port, script, lane, ran)
            (said,) = parse(xml, address, frozenset({fact.port}))
            return replace(fact, scripts={**fact.scripts, **said.scripts})
    return fact


def ready(fact: PortFact) -> bool:
    """Whether a script may talk there: the port is open, and its server spoke as it should to us.

    A server that greets without end would fill the memory of nmap and the network.
    """
    if fact.state is not PortState.OPEN:
        return False
    said = fact.scripts.get(greeting.GREETING, "")
    if fact.port in SCRIPTS["ftp-anon"]:
        return bool(fact.scripts.get(greeting.AUTH_TLS))
    if fact.port in SCRIPTS["ssh2-enum-algos"]:
        return said.startswith("SSH-")
    return said.startswith("RFB ") or fact.port not in SCRIPTS["vnc-info"]


def parse(xml: str, address: Address, asked: frozenset[int]) -> tuple[PortFact, ...]:
    """Facts of nmap's XML, one per port asked; a port nmap does not mention is UNKNOWN.

    nmap's own file has a DOCTYPE; an entity in it is a ProbeError, as is anything not XML.
    """
    try:
        root = ElementTree.fromstring(xml, forbid_dtd=False, forbid_entities=True)
        return facts_of(by_address(root).get(address, []), scanned(root), address, asked)
    except (ElementTree.ParseError, ValueError) as cause:
        raise ProbeError(
            "La réponse de nmap n'est pas lisible.",
            "Relancez la sonde sans nmap, ou vérifiez son installation.",
        ) from cause


def by_address(root: Element) -> dict[Address, list[Element]]:
    """Hosts of a run by address value, whatever the writing; those that timed out are left out."""
    found: dict[Address, list[Element]] = {}
    for host in root.iter("host"):
        if host.get("timedout") != "true":
            for one in host.findall("address"):
                with suppress(ValueError):  # a hardware address
                    found.setdefault(ip_address(one.get("addr", "")), []).append(host)
    return found


def scanned(root: Element) -> frozenset[int]:
    """TCP ports the run asked, as its head tells them."""
    services = (one.get("services", "") for one in root.findall("scaninfo[@protocol='tcp']"))
    return frozenset(port for one in services for port in _expanded(one))


def facts_of(
    hosts: Iterable[Element], scanned_ports: frozenset[int], address: Address, asked: frozenset[int]
) -> tuple[PortFact, ...]:
    """Facts of one address, one per port asked; ValueError when a number is none."""
    found = {
        port: PortFact(str(address), port, PortState.UNKNOWN, "not-reported") for port in asked
    }
    for host in hosts:
        for fact in (*_grouped(host, scanned_ports, address), *_detailed(host, address)):
            if fact.port in asked:
                found[fact.port] = fact
    return tuple(found[port] for port in sorted(found))


def _run(address: Address, port: int, script: str, lane: Lane, ran: Callable[[str], None]) -> str:
    """One nmap process; ProbeError when it says, even discreetly, that it did not scan."""
    left = lane.gate.command(address, [port], Speech.TALK)
    program = shutil.which("nmap")
    if program is None:
        raise _failed("programme introuvable")
    ran(command(address, port, script))
    try:
        ended = child.run([program, *_words(address, port, script)], min(SCRIPT_SECONDS, left))
    except (child.Overrun, OSError) as cause:
        raise _failed(str(cause)) from cause
    lane.ceiling.pause(0)  # ended because the run is
    if ended.code != 0:
        raise _failed(_last_words(ended))
    return _checked(ended)


def _checked(ended: child.Ended) -> str:
    """The XML, once python-nmap sees no error beside it."""
    errors = ended.errors.decode("utf-8", "replace")
    said = [one for one in errors.splitlines() if one and not _WARNING.match(one)]
    xml = ended.output.decode("utf-8", "replace")
    try:
        result = nmap.PortScanner().analyse_nmap_xml_scan(xml, errors, said, [])
    except (nmap.PortScannerError, AttributeError, KeyError) as cause:  # cut short
        raise _failed(str(cause)) from cause
    whispered = result.get("nmap", {}).get("scaninfo", {}).get("error", [])
    if whispered:
        raise _failed(" ".join(str(one) for one in whispered))
    return xml


def _last_words(ended: child.Ended) -> str:
    said = ended.errors.decode("utf-8", "replace").strip().splitlines()
    why = said[-1] if said else f"arrêté ({ended.code})"
    return why if ended.code > 0 else f"arrêté : mémoire ou temps dépassés ({why})"


def _words(address: Address, port: int | str, script: str) -> list[str]:
    return ["-oX", "-", str(address), "-p", str(port), *arguments(address, script)]


def _failed(detail: str) -> ProbeError:
    return ProbeError(
        f"nmap n'a pas pu faire le relevé : {clean(detail)}",
        "Corrigez cette cause, ou relancez la sonde sans nmap.",
    )


def _grouped(host: Element, scanned_ports: frozenset[int], address: Address) -> Iterator[PortFact]:
    """Ports nmap sums up in one line because many share a state.

    Before format 1.05 the line gives only their number: they are those the run asked and did not
    list, when one line covers them all.
    """
    groups = host.findall("ports/extraports")
    listed = {int(one.get("portid", "0")) for one in host.findall("ports/port[@protocol='tcp']")}
    for group in groups:
        state = _STATES.get(group.get("state", ""), PortState.UNKNOWN)
        told = [
            (port, clean(reason.get("reason", "")))
            for reason in group.findall("extrareasons")
            for port in _expanded(reason.get("ports", ""))
        ]
        left = scanned_ports - listed
        if not told and len(groups) == 1 and group.get("count", "") == str(len(left)):
            told = [(port, "") for port in left]
        yield from (PortFact(str(address), port, state, reason) for port, reason in told)


def _detailed(host: Element, address: Address) -> Iterator[PortFact]:
    for port in host.findall("ports/port"):
        state, service = port.find("state"), port.find("service")
        if port.get("protocol") != "tcp" or state is None:
            continue
        yield PortFact(
            address=str(address),
            port=int(port.get("portid", "0")),
            state=_STATES.get(state.get("state", ""), PortState.UNKNOWN),
            reason=clean(state.get("reason", "")),
            service="" if service is None else clean(service.get("name", "")),
            scripts={
                clean(one.get("id", "")): clean_lines(one.get("output", ""))
                for one in port.findall("script")
            },
        )


def _expanded(ranges: str) -> Iterator[int]:
    """Numbers of "21-23,80"."""
    for part in filter(None, ranges.split(",")):
        first, _, last = part.partition("-")
        yield from range(int(first), min(int(last or first), 65_535) + 1)
