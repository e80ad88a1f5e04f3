"""How a host is named."""

from ipaddress import ip_address


def is_address(text: str) -> bool:
    """Whether a host is known by its address rather than by a name."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
