"""What a scope comes down to: addresses, their ports, and the names served there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from care_kit.model.facts.scope import BACNET, Host, Scope
from care_kit.probes.exposure import services
from care_kit.probes.exposure.addresses import Address, Addresses, parse_address, parse_network


@dataclass(frozen=True)
class Target:
    """One address to scan. A fragile one is connected to and never spoken to."""

    address: Address
    ports: frozenset[int]
    fragile: bool
    udp: frozenset[int] = frozenset()
    optional: frozenset[str] = frozenset()

    @property
    def talkative(self) -> frozenset[int]:
        """Ports to which bytes may be sent."""
        return frozenset() if self.fragile else self.ports - services.SILENT

    @property
    def dicom(self) -> frozenset[int]:
        """Ports that may be asked for a DICOM association, and nothing else."""
        return frozenset() if self.fragile else self.ports & services.DICOM_PORTS


@dataclass(frozen=True)
class Visit:
    """One name at one pinned address: where TLS and HTTP are asked under that name.

    A guest is at somebody else's: only what any visitor asks for is asked there.
    """

    host: str
    address: Address
    ports: frozenset[int]
    guest: bool = False


def targets(scope: Scope) -> tuple[Target, ...]:
    """Every address that may be port-scanned: the declared networks, less what is not ours.

    The whole networks are looked at, not only the declared hosts: a forgotten server is the one
    that hurts. Excluded addresses and those of hosting providers are left out.
    """
    excluded, fragile = Addresses(scope.excluded_addresses), Addresses(scope.fragile_addresses)
    left_out: set[Address] = set()
    declared: dict[Address, set[int]] = {}
    for host in scope.hosts:
        for address in map(parse_address, host.addresses):
            if host.provider:
                left_out.add(address)
            else:
                declared.setdefault(address, set()).update(host.ports)
    found = {address for one in scope.networks for address in parse_network(one).hosts()}
    datagrams = services.UDP_PORTS | (
        {services.BACNET_PORT} if BACNET in scope.optional else frozenset()
    )
    ours = (one for one in (found | declared.keys()) - left_out if one not in excluded)
    wanted = sorted(ours, key=lambda one: (one.version, int(one)))
    return tuple(
        Target(
            address,
            (services.PORTS | declared.get(address, set())) - set(scope.excluded_ports),
            address in fragile,
            frozenset() if address in fragile else datagrams - set(scope.excluded_ports),
            frozenset(scope.optional),
        )
        for address in wanted
    )


def visits(
    scope: Scope, names: Mapping[str, tuple[str, ...]], target: Target, opened: frozenset[int]
) -> Iterator[Visit]:
    """The names served at a scanned address, on its open ports; the address itself when none.

    A name the DNS did not give keeps its declared addresses: they are signed, hence allowed.
    """
    ports = opened & target.talkative
    served = [
        host.name
        for host in scope.hosts
        if not host.provider
        and target.address in map(parse_address, names.get(host.name) or host.addresses)
    ]
    for name in served or [str(target.address)]:
        yield Visit(name, target.address, ports)


def provider_visits(scope: Scope, names: Mapping[str, tuple[str, ...]]) -> Iterator[Visit]:
    """Names served by a hosting provider: the web ports only, as any visitor would use them.

    A fragile machine is spoken to nowhere, at a provider's either.
    """
    closed = Addresses((*scope.excluded_addresses, *scope.fragile_addresses))
    for host in scope.hosts:
        if not host.provider:
            continue
        for address in map(parse_address, names.get(host.name, ())):
            if address not in closed:
                ports = provider_ports(host) - set(scope.excluded_ports)
                yield Visit(host.name, address, ports, guest=True)


def provider_ports(host: Host) -> frozenset[int]:
    """The ports of a provider's host that may be visited."""
    web = services.HTTP_PORTS | services.TLS_PORTS
    return frozenset({80, 443} | (set(host.ports) & web))
