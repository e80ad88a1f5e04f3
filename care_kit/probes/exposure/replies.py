"""Whole replies of line-based protocols, bounded by size and by the wire's deadline."""

from collections.abc import Callable

from care_kit.probes.exposure.text import escaped
from care_kit.probes.exposure.wire import Wire

MAX_BYTES = 8192


def receive(wire: Wire, whole: Callable[[bytes], bool]) -> bytes:
    """Bytes until `whole` says so; empty when it did not within MAX_BYTES or before the close."""
    data = b""
    while len(data) < MAX_BYTES:
        more = wire.receive(MAX_BYTES)
        if not more:
            break
        data += more
        if whole(data):
            return data
    return b""


def line(data: bytes) -> bool:
    """Whether a line has ended."""
    return data.endswith(b"\n")


def shown(data: bytes) -> str:
    """A reply as `PortFact.scripts` keeps it: printable lines."""
    return "\n".join(escaped(one) for one in data.split(b"\r\n") if one)
