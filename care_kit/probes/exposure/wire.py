"""Sockets that cannot keep us: every exchange has one overall deadline and a byte ceiling."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from care_kit.probes.exposure.addresses import Address

CONNECT_SECONDS = 3.0


class Wire:
    """A connected socket and the moment at which the conversation ends, whatever was said.

    A peer that sends one byte a second resets an ordinary socket timeout each time; here the
    remaining time only shrinks.
    """

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self.sock = sock
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left; TimeoutError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("deadline")
        return left

    def send(self, data: bytes) -> None:
        """Send everything before the deadline; OSError when the peer is gone."""
        self.sock.settimeout(self.remaining())
        self.sock.sendall(data)

    def receive(self, most: int = 16_384) -> bytes:
        """Next bytes, empty at the end of the stream; TimeoutError past the deadline."""
        self.sock.settimeout(self.remaining())
        return self.sock.recv(most)


@contextmanager
def connected(address: Address, port: int, seconds: float) -> Iterator[Wire]:
    """A TCP connection to a pinned address, closed on leaving; OSError when there is none."""
    with socket.create_connection((str(address), port), min(CONNECT_SECONDS, seconds)) as sock:
        yield Wire(sock, seconds)
