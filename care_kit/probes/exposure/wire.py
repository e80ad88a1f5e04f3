"""Sockets that cannot keep us: every exchange has one overall deadline and a byte ceiling.

What each sends is counted too: a peer that answers in a thousand small pieces makes our system
acknowledge each of them, and is left before it makes us go over the ceiling.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.gate import Speech, give_up, reach
from care_kit.probes.exposure.pace import Lane, unpaced

CONNECT_SECONDS = 3.0
CLOSING = 2
"""Packets that end a connection: ours, and the acknowledgement of the peer's."""

_SEGMENTS_OUT = slice(136, 140)  # tcpi_segs_out in Linux's struct tcp_info


class Flooded(ConnectionError):
    """The peer makes us send more packets than this exchange may."""


class Wire:
    """A connected socket and the moment at which the conversation ends, whatever was said.

    A peer that sends one byte a second resets an ordinary socket timeout each time; here the
    remaining time only shrinks. `room` is how many packets may be sent before it is left.
    """

    def __init__(self, sock: socket.socket, seconds: float, room: int) -> None:
        self.sock = sock
        self._room = room
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
        data = self.sock.recv(most)
        if (packets(self.sock) or 0) + CLOSING > self._room:
            raise Flooded("trop de paquets provoqués")
        return data

    def exactly(self, size: int) -> bytes:
        """So many bytes; EOFError when the peer closes before."""
        data = b""
        while len(data) < size:
            more = self.receive(size - len(data))
            if not more:
                raise EOFError("connexion fermée")
            data += more
        return data


@contextmanager
def connected(
    address: Address,
    port: int,
    seconds: float,
    lane: Lane | None = None,
    speech: Speech = Speech.TALK,
) -> Iterator[Wire]:
    """A TCP connection to a pinned address, closed on leaving; OSError when there is none.

    Without a lane nothing but this station itself can be reached.
    """
    lane = lane or unpaced()
    sock, left = lane.gate.connect(address, port, seconds, speech)
    handle, whole = sock.dup(), False  # what TLS takes over is still counted and ended here
    try:
        reach(sock, address, port, min(CONNECT_SECONDS, left))
        yield Wire(sock, left, lane.room)
        whole = True
    finally:
        if count := packets(handle):
            lane.sent(count + CLOSING)
        sock.close()
        if whole:
            handle.close()
        else:
            give_up(handle)


def packets(sock: socket.socket) -> int | None:
    """Packets a TCP socket has sent, acknowledgements included; None where no system tells."""
    option = getattr(socket, "TCP_INFO", None)
    if option is None:
        return None
    try:
        told = sock.getsockopt(socket.IPPROTO_TCP, option, _SEGMENTS_OUT.stop)[_SEGMENTS_OUT]
    except OSError:
        return None
    return int.from_bytes(told, "little") if len(told) == 4 else None
