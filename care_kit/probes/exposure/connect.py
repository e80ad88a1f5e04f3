"""Ports by plain TCP connections, opened then closed without a byte being sent.

Each attempt waits its turn under the run's ceiling and gives back what it did not send: a refusal
costs one packet, an open port four, so that the pace follows what the host really answers.
"""

import errno
import selectors
import socket
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from care_kit.model.facts.exposure import PortFact, PortState
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.gate import Forbidden, Speech, give_up
from care_kit.probes.exposure.pace import KNOCK, Lane, Overdue
from care_kit.probes.exposure.wire import CLOSING

AT_ONCE = 8
PATIENCE = (0.5, 0.9)
"""Seconds for each attempt on a port that says nothing. Less than one second: systems then send
the request again by themselves."""

QUICKEST = 0.25
_ANSWER = 1  # what our system sends by itself when the port is open

_IN_PROGRESS = frozenset({0, errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EAGAIN})
_WINDOWS_IN_PROGRESS = 10_035


def scan(address: Address, ports: Iterable[int], lane: Lane) -> tuple[PortFact, ...]:
    """State of each port; FILTERED after as many silences as PATIENCE has."""
    patience = _Patience()

    def one(port: int) -> PortFact:
        try:
            state, reason = _state(address, port, lane, patience)
        except (Forbidden, Overdue) as refusal:
            state, reason = PortState.UNKNOWN, str(refusal)
        return PortFact(str(address), port, state, reason)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return tuple(pool.map(one, sorted(ports)))


class _Patience:
    """How long one host is waited for: shorter once it has shown how fast it answers."""

    def __init__(self) -> None:
        self._slowest = 0.0
        self._lock = threading.Lock()

    def answered(self, seconds: float) -> None:
        with self._lock:
            self._slowest = max(self._slowest, seconds)

    def of(self, attempt: int) -> float:
        if not self._slowest:
            return PATIENCE[attempt]
        return min(PATIENCE[attempt], max(QUICKEST, 4 * self._slowest))


def _state(address: Address, port: int, lane: Lane, patience: _Patience) -> tuple[PortState, str]:
    for attempt in range(len(PATIENCE)):
        code = _knock(address, port, lane, patience, attempt)
        if code is not None:
            return _told(code)
    return PortState.FILTERED, "no-response"


def _knock(
    address: Address, port: int, lane: Lane, patience: _Patience, attempt: int
) -> int | None:
    """The system's error number, 0 for an open port, None for silence."""
    with lane.turn(KNOCK + _ANSWER) as taken:
        wait = patience.of(attempt)
        sock, left = lane.gate.connect(address, port, wait, Speech.KNOCK)
        try:
            began = time.monotonic()
            code: int | None = _begun(sock, address, port)
            lane.ceiling.left(taken, KNOCK)
            if code in _IN_PROGRESS or code == _WINDOWS_IN_PROGRESS:
                code = _ended(sock, min(wait, left))
            if code is not None:
                patience.answered(time.monotonic() - began)
        except BaseException:
            give_up(sock)
            raise
        if code != 0:
            sock.close()
            taken.packets = 0
            return code
    _close(sock, lane)
    return 0


def _begun(sock: socket.socket, address: Address, port: int) -> int:
    sock.setblocking(False)
    try:
        return sock.connect_ex((str(address), port))
    except OSError as cause:
        return cause.errno or errno.EIO


def _ended(sock: socket.socket, seconds: float) -> int | None:
    with selectors.DefaultSelector() as waiting:
        waiting.register(sock, selectors.EVENT_WRITE)
        if not waiting.select(max(seconds, 0.001)):
            return None
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)


def _close(sock: socket.socket, lane: Lane) -> None:
    """End a connection that opened, once there is room for the packets that end it."""
    try:
        with lane.ceiling.take(CLOSING):
            sock.close()
    finally:
        give_up(sock)


def _told(code: int) -> tuple[PortState, str]:
    if code == 0:
        return PortState.OPEN, "syn-ack"
    if code == errno.ECONNREFUSED:
        return PortState.CLOSED, "conn-refused"
    if code == errno.EHOSTUNREACH:
        return PortState.FILTERED, "host-unreach"
    return PortState.UNKNOWN, errno.errorcode.get(code, "error").lower()
