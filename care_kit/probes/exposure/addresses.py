"""Addresses and networks as the probe reads them: by value, whatever the writing."""

from collections.abc import Iterable, Iterator
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from care_kit.model.words.errors import ScopeError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

EDIT = "Corrigez le fichier de périmètre, puis faites-le signer à nouveau."

_PRIVATE = tuple(
    ip_network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"),
        *("127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "198.18.0.0/15"),
        *("224.0.0.0/4", "240.0.0.0/4"),
        *("::/127", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "64:ff9b:1::/48"),
        "168.63.129.16/32",  # what a hosting platform tells its own machines, at a public address
    )
)
"""Ranges that are not reached over the internet (documentation ranges are left usable)."""

_MAPPED = IPv6Network("::ffff:0:0/96")
_EMBEDDING = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""IPv6 writings whose last 32 bits are the IPv4 address that is reached (RFC 6052, RFC 4291)."""


def parse_address(text: str) -> Address:
    """An address; ScopeError when it is none, or bears an interface (`%eth0`, or any text).

    An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is that IPv4 address.
    """
    try:
        address = ip_address(text)
    except ValueError as cause:
        raise ScopeError(f"« {text} » n'est pas une adresse IP.", EDIT) from cause
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            raise ScopeError(f"L'adresse « {text} » porte un nom d'interface.", EDIT)
        return address.ipv4_mapped or address
    return address


def parse_network(text: str) -> Network:
    """A block (CIDR), or one address as a block of one; ScopeError when it is neither."""
    if "/" not in text:
        return ip_network(parse_address(text))
    try:
        network = ip_network(text)
    except ValueError as cause:
        raise ScopeError(f"« {text} » n'est pas une plage d'adresses (CIDR).", EDIT) from cause
    if isinstance(network, IPv6Network) and network.subnet_of(_MAPPED):
        inner = IPv4Address(int(network.network_address) & 0xFFFFFFFF)
        return IPv4Network((inner, network.prefixlen - _MAPPED.prefixlen))
    return network


def identities(address: Address) -> Iterator[Address]:
    """The address, and the IPv4 address one really reaches through it when it holds one."""
    yield address
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and int(address) > 1 and any(address in one for one in _EMBEDDING):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            yield inner


def is_private(target: Address | Network) -> bool:
    """Whether any address of `target` belongs to a range not routed on the internet."""
    networks: tuple[Network, ...]
    if isinstance(target, IPv4Address | IPv6Address):
        networks = tuple(ip_network(one) for one in identities(target))
    else:
        networks = (target,)
    return any(
        network.version == one.version and network.overlaps(one)
        for network in networks
        for one in _PRIVATE
    )


class Addresses:
    """Addresses declared one by one or by blocks, compared by value."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._networks = tuple(map(parse_network, texts))

    def __contains__(self, address: Address) -> bool:
        return any(one in network for one in identities(address) for network in self._networks)
