"""Addresses and networks as the probe reads them."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from care_kit.model.words.errors import ScopeError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

EDIT = "Corrigez le fichier de périmètre, puis faites-le signer à nouveau."

_PRIVATE = tuple(
    ip_network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"),
        *("127.0.0.0/8", "169.254.0.0/16", "::/127", "fc00::/7", "fe80::/10"),
    )
)
"""Ranges that are not reached over the internet (documentation ranges are left usable)."""


def parse_address(text: str) -> Address:
    """An address; ScopeError when it is none, or bears an interface (`%eth0`, or any text)."""
    try:
        address = ip_address(text)
    except ValueError as cause:
        raise ScopeError(f"« {text} » n'est pas une adresse IP.", EDIT) from cause
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        raise ScopeError(f"L'adresse « {text} » porte un nom d'interface.", EDIT)
    return address


def is_private(target: Address | Network) -> bool:
    """Whether any address of `target` belongs to a range not routed on the internet."""
    network = ip_network(target)
    return any(network.version == one.version and network.overlaps(one) for one in _PRIVATE)
