"""The only place that runs nmap, through python-nmap, one address at a time.

python-nmap splits its `hosts` text like a shell and puts it before the options: a text such as
"192.0.2.1 -oN file" would be obeyed. Only parsed addresses get here, and only they are passed.
Its dictionary loses tables and tunnels, so facts come from the XML it keeps.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from ipaddress import IPv6Address
from xml.etree.ElementTree import Element

import nmap
from defusedxml import ElementTree

from care_kit.model.facts.exposure import PortFact, PortState
from care_kit.model.words.errors import ProbeError
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.pace import SCRIPT, Lane, scan_packets
from care_kit.probes.exposure.services import SCRIPTS
from care_kit.probes.exposure.text import clean, clean_lines

HOST_MINUTES = 10
SCRIPT_MINUTES = 2
_SCRIPT_OPTIONS = {"ftp-anon": " --script-args ftp-anon.maxlist=0"}
"""Whether anonymous access works is asked; file names, perhaps of patients, are never read."""

_STATES = {"open": PortState.OPEN, "closed": PortState.CLOSED, "filtered": PortState.FILTERED}


def version() -> str:
    """Version of the installed nmap, empty when there is none."""
    try:
        return ".".join(str(part) for part in nmap.PortScanner().nmap_version())
    except nmap.PortScannerError:
        return ""


def discovery_arguments(address: Address, rate: int, delay: float) -> str:
    """Options of the scan proper: plain connections, no DNS, no version probing."""
    spacing = f"--scan-delay {int(delay * 1000)}ms" if delay else "--max-parallelism 4"
    return (
        f"{_family(address)}-n -Pn -sT -T3 --max-rate {rate} {spacing} --max-retries 1 "
        f"--initial-rtt-timeout 500ms --max-rtt-timeout 1s --host-timeout {HOST_MINUTES}m"
    )


def script_arguments(address: Address, script: str) -> str:
    """Options that run one allowed script, forced (`+`) on the few ports it is meant for."""
    if script not in SCRIPTS:
        raise ValueError(f"script not allowed: {script}")
    return (
        f"{_family(address)}-n -Pn -sT -T3 --max-retries 1 --host-timeout {SCRIPT_MINUTES}m "
        f"--script +{script}{_SCRIPT_OPTIONS.get(script, '')}"
    )


def command(address: Address, ports: Iterable[int], arguments: str) -> str:
    """The command line as it will be run, for the plan and the statement."""
    return f"nmap -oX - {address} -p {_ports(ports)} {arguments}"


def scan(
    address: Address,
    ports: frozenset[int],
    lane: Lane,
    *,
    delay: float,
    scripts_on: frozenset[int],
    ran: Callable[[str], None],
) -> tuple[PortFact, ...]:
    """State of each port, then the allowed scripts on the open ports among `scripts_on`.

    nmap paces itself, `delay` seconds between two attempts: what it may send is taken from the
    run's ceiling as long as it runs. `ran` is told each command line.
    ProbeError when nmap could not do the scan; a script with nothing to say leaves no text.
    """

    def run(chosen: frozenset[int], arguments: str, packets: int) -> str:
        with lane.turn(packets):
            ran(command(address, chosen, arguments))
            return _run(address, chosen, arguments)

    options = discovery_arguments(address, lane.pace.rate, delay)
    xml = run(ports, options, scan_packets(delay))
    facts = {fact.port: fact for fact in parse(xml, address, ports)}
    for script, meant_for in SCRIPTS.items():
        chosen = frozenset(port for port in meant_for & scripts_on if _is_open(facts.get(port)))
        if not chosen:
            continue
        xml = run(chosen, script_arguments(address, script), SCRIPT)
        for fact in parse(xml, address, chosen):
            known = facts[fact.port]
            facts[fact.port] = replace(known, scripts={**known.scripts, **fact.scripts})
    return tuple(facts[port] for port in sorted(facts))


def parse(xml: str, address: Address, asked: frozenset[int]) -> tuple[PortFact, ...]:
    """Facts of nmap's XML, one per port asked; a port nmap does not mention is UNKNOWN.

    nmap's own file has a DOCTYPE; an entity in it is a ProbeError, as is anything not XML.
    """
    found = {
        port: PortFact(str(address), port, PortState.UNKNOWN, "not-reported") for port in asked
    }
    try:
        root = ElementTree.fromstring(xml, forbid_dtd=False, forbid_entities=True)
        for host in root.iter("host"):
            if host.get("timedout") == "true" or not _is_about(host, address):
                continue
            for fact in (*_grouped(host, address), *_detailed(host, address)):
                if fact.port in asked:
                    found[fact.port] = fact
    except (ElementTree.ParseError, ValueError) as cause:
        raise ProbeError(
            "La réponse de nmap n'est pas lisible.",
            "Relancez la sonde sans nmap, ou vérifiez son installation.",
        ) from cause
    return tuple(found[port] for port in sorted(found))


def _run(address: Address, ports: Iterable[int], arguments: str) -> str:
    """One nmap process; ProbeError when it says, even discreetly, that it did not scan."""
    try:
        scanner = nmap.PortScanner()
        result = scanner.scan(hosts=str(address), ports=_ports(ports), arguments=arguments)
    except nmap.PortScannerError as cause:
        raise _failed(str(cause)) from cause
    errors = result.get("nmap", {}).get("scaninfo", {}).get("error", [])
    if errors:
        raise _failed(" ".join(str(one) for one in errors))
    output = scanner.get_nmap_last_output()
    return output.decode("utf-8", "replace") if isinstance(output, bytes) else str(output)


def _failed(detail: str) -> ProbeError:
    return ProbeError(
        f"nmap n'a pas pu faire le relevé : {clean(detail)}",
        "Corrigez cette cause, ou relancez la sonde sans nmap.",
    )


def _is_about(host: Element, address: Address) -> bool:
    return any(one.get("addr") == str(address) for one in host.findall("address"))


def _grouped(host: Element, address: Address) -> Iterator[PortFact]:
    """Ports nmap sums up in one line because many share a state."""
    for group in host.findall("ports/extraports"):
        state = _STATES.get(group.get("state", ""), PortState.UNKNOWN)
        for reason in group.findall("extrareasons"):
            for port in _expanded(reason.get("ports", "")):
                yield PortFact(str(address), port, state, clean(reason.get("reason", "")))


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


def _ports(ports: Iterable[int]) -> str:
    return ",".join(str(port) for port in sorted(ports))


def _family(address: Address) -> str:
    return "-6 " if isinstance(address, IPv6Address) else ""


def _is_open(fact: PortFact | None) -> bool:
    return fact is not None and fact.state is PortState.OPEN
