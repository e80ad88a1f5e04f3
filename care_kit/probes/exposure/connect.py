"""Ports by plain TCP connections: the mode without nmap."""

import errno
import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from care_kit.model.facts.exposure import PortFact, PortState
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.pace import CONNECTION, KNOCK, Lane

SECONDS = 2.5
AT_ONCE = 4


def scan(address: Address, ports: Iterable[int], lane: Lane) -> tuple[PortFact, ...]:
    """State of each port, by a connection opened then closed without a byte being sent."""

    def one(port: int) -> PortFact:
        with lane.turn(CONNECTION) as taken:
            state, reason = _state(address, port)
            if state is PortState.CLOSED:
                taken.packets = KNOCK
        return PortFact(str(address), port, state, reason)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return tuple(pool.map(one, sorted(ports)))


def _state(address: Address, port: int) -> tuple[PortState, str]:
    try:
        with socket.create_connection((str(address), port), SECONDS):
            return PortState.OPEN, "syn-ack"
    except TimeoutError:
        return PortState.FILTERED, "no-response"
    except ConnectionRefusedError:
        return PortState.CLOSED, "conn-refused"
    except OSError as cause:
        return PortState.UNKNOWN, errno.errorcode.get(cause.errno or 0, "error").lower()
