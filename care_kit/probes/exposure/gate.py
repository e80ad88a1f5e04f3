"""The one door to the network: what the signed scope allows, by address value, and until when.

Every socket of the probe is made here and every command that sends something asks here first.
What does not go through this module does not leave.
"""

import math
import socket
import struct
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from enum import Enum
from ipaddress import ip_address

from care_kit.model.facts.scope import Scope
from care_kit.probes.exposure import hours, services
from care_kit.probes.exposure.addresses import Address, Addresses, is_private, parse_address
from care_kit.probes.exposure.targets import provider_ports

LAST_SECONDS = 1.0
"""Before the end of the hours nothing new is begun and everything is closed: packets already on
their way, and the ends of connections, are then within the hours too."""

RECEIVE_BUFFER = 16_384
"""Bytes a peer may have on the wire unread: what it sends in one go is acknowledged in few packets,
and one that never stops is told to wait by its own system."""

_RESET = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)  # SO_LINGER of no second


class Speech(Enum):
    """What is to be said at an address, from nothing at all to a question of its own kind."""

    KNOCK = "connection without a byte"
    TALK = "dialogue, TLS, page or UDP packet"
    ASSOCIATE = "DICOM association"
    TRANSFER = "zone transfer asked of a name server"
    QUESTION = "question to the resolver"
    REGISTRY = "request to the registry of the scope"


_UNHURTFUL = frozenset({Speech.KNOCK, Speech.QUESTION})
"""What a fragile address may get: the resolver is named in the scope to be asked."""


class Forbidden(ConnectionError):
    """The scope does not allow it; nothing was sent."""


class Gate(ABC):
    """Allows or refuses; makes the sockets."""

    @abstractmethod
    def left(self) -> float:
        """Seconds before the allowed hours end; OutOfHours when they are over."""

    @abstractmethod
    def refusal(self, address: Address, port: int, speech: Speech) -> str:
        """Why it is not allowed, in French; empty when it is."""

    def permit(self, address: Address, port: int, speech: Speech) -> float:
        """Seconds left for it; Forbidden when it is not allowed, OutOfHours when it no longer is"""
        if refusal := self.refusal(address, port, speech):
            raise Forbidden(refusal)
        return self.left()

    def connect(
        self, address: Address, port: int, seconds: float, speech: Speech
    ) -> tuple[socket.socket, float]:
        """A socket ready to be connected (`reach`), and the seconds its exchange may last."""
        left = min(seconds, self.permit(address, port, speech))
        sock = socket.socket(_family(address), socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        return sock, left

    def datagram(self, address: Address, port: int, speech: Speech) -> socket.socket:
        """A socket for one packet to that port."""
        self.permit(address, port, speech)
        return socket.socket(_family(address), socket.SOCK_DGRAM)

    def command(self, address: Address, ports: Iterable[int], speech: Speech) -> float:
        """Seconds a program that sends by itself may run against those ports."""
        return min((self.permit(address, one, speech) for one in ports), default=0.0)


class ScopeGate(Gate):
    """The door of a signed scope."""

    def __init__(
        self, scope: Scope, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._scope, self._clock = scope, clock
        self._networks = Addresses(scope.networks)
        self._excluded = Addresses(scope.excluded_addresses)
        self._fragile = Addresses(scope.fragile_addresses)
        self._excluded_ports = frozenset(scope.excluded_ports)
        self._provided: dict[Address, set[int]] = {}
        for host in scope.hosts:
            if host.provider:
                for one in map(parse_address, host.addresses):
                    self._provided.setdefault(one, set()).update(provider_ports(host))

    def left(self) -> float:
        """Seconds before the allowed hours end; OutOfHours when they are over."""
        now = self._clock()
        hours.in_force(self._scope.validity, now)
        seconds = (hours.end(self._scope.validity, now) - now).total_seconds() - LAST_SECONDS
        if seconds <= 0:
            raise hours.OutOfHours(
                "Les heures permises par le périmètre se terminent.",
                "Relancez la sonde pendant ces heures, avec --resume.",
            )
        return seconds

    def refusal(self, address: Address, port: int, speech: Speech) -> str:
        """Why it is not allowed, in French; empty when it is."""
        if address in self._excluded:
            return "adresse exclue"
        if speech not in _UNHURTFUL and address in self._fragile:
            return "équipement fragile"
        if speech is Speech.REGISTRY:
            return "adresse privée" if is_private(address) else ""
        ours = address in self._networks
        if port in self._excluded_ports and (speech is not Speech.QUESTION or ours):
            return "port exclu"
        if speech is Speech.QUESTION:
            return ""
        if is_private(address) and (not ours or self._scope.view == "externe"):
            return "adresse privée"
        if speech is Speech.TRANSFER:
            return ""
        return self._at_a_target(address, port, speech, ours=ours)

    def _at_a_target(self, address: Address, port: int, speech: Speech, *, ours: bool) -> str:
        provided = self._provided.get(address)
        if provided is not None:
            visited = speech is Speech.TALK and port in provided
            return "" if visited else "machine d'un hébergeur"
        if not ours:
            return "adresse hors des plages déclarées"
        if speech is Speech.TALK and port in services.SILENT:
            return "port laissé muet"
        if speech is Speech.ASSOCIATE and port not in services.DICOM_PORTS:
            return "port laissé muet"
        return ""


class OwnStation(Gate):
    """This station talking to itself, and to nobody else."""

    def left(self) -> float:
        """This station may always talk to itself."""
        return math.inf

    def refusal(self, address: Address, port: int, speech: Speech) -> str:
        """Anything but a loopback address is somebody else's."""
        return "" if address.is_loopback else "hors de ce poste"


def reach(sock: socket.socket, address: Address, port: int, seconds: float) -> None:
    """Connect a socket of the gate; OSError (TimeoutError) when there is no answer."""
    sock.settimeout(max(seconds, 0.001))
    sock.connect((str(address), port))


def give_up(sock: socket.socket) -> None:
    """Close at once, by one packet: nothing is left to be sent again after us."""
    with suppress(OSError):  # already closed
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    sock.close()


def outgoing_address(towards: Address) -> str:
    """Local address the system would use; connecting a UDP socket sends no packet."""
    try:
        with socket.socket(_family(towards), socket.SOCK_DGRAM) as sock:
            sock.connect((str(towards), 9))
            return str(ip_address(sock.getsockname()[0]))
    except OSError:
        return ""


def _family(address: Address) -> socket.AddressFamily:
    return socket.AF_INET6 if address.version == 6 else socket.AF_INET
