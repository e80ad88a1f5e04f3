"""How fast the probe may go: one ceiling for everything a run sends, one lane per host.

Several hosts are looked at at once, so that the rest owed to each of them is not lost time; the
ceiling is shared, so that together they send no more than one would.
"""

import math
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from care_kit.model.facts.scope import Scope
from care_kit.model.words.errors import ProbeError
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.gate import Gate, OwnStation, ScopeGate

HOSTS_AT_ONCE = 4
HOST_SECONDS = 1_200.0
"""The longest one host is looked at: some answer on every port, a little at a time, for ever."""

WINDOW = 1.0
"""Seconds over which packets are counted."""

KNOCK, HELLO, HANDSHAKE, PAGE, TRANSFER, SCRIPT = 1, 8, 12, 20, 20, 15
"""The most packets one exchange sends, acknowledgements included: one packet, a ClientHello and
its answer, a whole handshake, a page, a zone transfer, an nmap script."""

LONG_ANSWER = 9
"""A DNS answer that did not fit in one packet and is asked again over TCP."""


@dataclass(frozen=True)
class Pace:
    """`rate`: packets per second; `delay`, `http_delay`: seconds of rest between connections.

    `shared` of them are shared out between the exchanges; the rest is what systems send by
    themselves: address resolution, a packet sent again, the end of a connection told twice.
    """

    rate: int
    delay: float
    http_delay: float

    @property
    def shared(self) -> int:
        """Packets per second that exchanges may take."""
        return self.rate * 4 // 5


CAREFUL = Pace(rate=50, delay=0.1, http_delay=0.5)
OWN_STATION = Pace(rate=5000, delay=0.0, http_delay=0.0)


def pace_for(scope: Scope, address: Address) -> Pace:
    """Careful everywhere but on this station's loopback in an internal view.

    Loopback traffic crosses no equipment and reaches no machine of anyone else, so there is
    nothing to spare; an external view never gets the fast pace, whatever its addresses.
    """
    return OWN_STATION if scope.view == "interne" and address.is_loopback else CAREFUL


class Stopped(Exception):
    """The run was asked to stop: nothing more is sent, and what was in progress is not kept."""


class Overdue(ProbeError):
    """A host took longer than any may: what was not read of it is told, the others go on."""

    def __init__(self) -> None:
        minutes = round(HOST_SECONDS / 60)
        super().__init__(
            f"Délai de l'hôte dépassé ({minutes} min).",
            "Relancez la sonde sur ce seul hôte ; un piège qui fait attendre répond ainsi.",
        )


class Taken:
    """Room taken under a ceiling, and `packets`: what is counted of it once the exchange is over.

    Until something was counted, the whole room is. A peer may have made us send more than the room.
    """

    def __init__(self, packets: int) -> None:
        self.room = self.packets = packets
        self._counted = 0

    def sent(self, packets: int) -> None:
        """Packets that have left, or will by themselves as a connection ends."""
        self._counted += packets
        self.packets = max(1, self._counted)


class Ceiling:
    """Packets in any WINDOW, whatever the thread that sends them; first come, first served."""

    def __init__(self, rate: int) -> None:
        self._rate, self._used, self._next = rate, 0, 0.0
        self._free: deque[tuple[float, int]] = deque()
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()
        self._stopping = threading.Event()

    @contextmanager
    def take(self, packets: int) -> Iterator[Taken]:
        """Room for an exchange, given back WINDOW after its end; Stopped once the run must end."""
        taken = Taken(min(packets, self._rate))
        self._enter(taken.room)
        try:
            yield taken
        finally:
            self._give_back(taken.room, taken.packets)

    def left(self, taken: Taken, packets: int) -> None:
        """Packets of an exchange under way that have left just now, and will not again."""
        packets = min(packets, taken.room)
        taken.room -= packets
        taken.packets = max(0, taken.packets - packets)
        self._give_back(packets, packets)

    def _give_back(self, room: int, packets: int) -> None:
        """Room of which `packets` were sent by now: these still count for WINDOW."""
        with self._changed:
            self._used -= room - packets
            self._free.append((time.monotonic() + WINDOW, packets))
            self._changed.notify_all()

    def pause(self, seconds: float) -> None:
        """Sleep; Stopped as soon as the run must end."""
        if self._stopping.wait(seconds) if seconds > 0 else self._stopping.is_set():
            raise Stopped

    def stop(self) -> None:
        """Let nothing more leave."""
        with self._changed:
            self._stopping.set()
            self._changed.notify_all()

    def _enter(self, packets: int) -> None:
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
            try:
                while not self._may_go(ticket, packets, now := time.monotonic()):
                    self._changed.wait(self._soonest(now))
                self._used += packets
                # No burst either: two exchanges never start together.
                self._next = time.monotonic() + WINDOW / self._rate
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _may_go(self, ticket: object, packets: int, now: float) -> bool:
        if self._stopping.is_set():
            raise Stopped
        while self._free and self._free[0][0] <= now:
            self._used -= self._free.popleft()[1]
        first = self._queue[0] is ticket
        return first and now >= self._next and self._used + packets <= self._rate

    def _soonest(self, now: float) -> float | None:
        """Seconds until something may change by itself; None when only others can change it.

        `now` is the moment `_may_go` judged: read again, the clock could have passed the one thing
        awaited, and everybody would wait for ever.
        """
        moments = [self._next, *(when for when, _packets in list(self._free)[:1])]
        waits = [one - now for one in moments if one > now]
        return min(waits, default=None)


class Lane:
    """The turns of one host: a rest before each connection, all within the run's ceiling.

    `gate` says what may be sent at all: without one, nothing but to this station. What a turn
    really sends is counted as it goes (`sent`).
    """

    def __init__(self, pace: Pace, ceiling: Ceiling, gate: Gate | None = None) -> None:
        self.pace, self.ceiling, self.gate = pace, ceiling, gate or OwnStation()
        self._lock = threading.Lock()
        self._under_way = threading.local()
        self._until = math.inf

    def begin(self) -> None:
        """Bound what is said to this host from now on: Overdue after HOST_SECONDS."""
        self._until = time.monotonic() + HOST_SECONDS

    @contextmanager
    def turn(self, packets: int) -> Iterator[Taken]:
        """One exchange with this host, once its rest is over and there is room for it."""
        with self._rested(packets, self.pace.delay) as taken:
            yield taken

    @contextmanager
    def page(self) -> Iterator[Taken]:
        """One page of this host, after a longer rest."""
        with self._rested(PAGE, self.pace.http_delay) as taken:
            yield taken

    @property
    def room(self) -> int:
        """The most packets the turn of this thread may send; no bound outside any turn."""
        taken: Taken | None = getattr(self._under_way, "taken", None)
        return taken.room if taken else sys.maxsize

    def sent(self, packets: int) -> None:
        """Packets the turn of this thread has sent."""
        taken: Taken | None = getattr(self._under_way, "taken", None)
        if taken:
            taken.sent(packets)

    @contextmanager
    def _rested(self, packets: int, rest: float) -> Iterator[Taken]:
        with self._lock:
            self.ceiling.pause(rest)
        if time.monotonic() > self._until:
            raise Overdue
        with self.ceiling.take(packets) as taken:
            self._under_way.taken = taken
            try:
                yield taken
            finally:
                self._under_way.taken = None


class Ceilings:
    """The ceilings of one run, one per pace, and the lane of each address."""

    def __init__(self, scope: Scope) -> None:
        self._scope, self.gate = scope, ScopeGate(scope)
        self._ceilings = {pace: Ceiling(pace.shared) for pace in (CAREFUL, OWN_STATION)}
        self._lanes: dict[Address, Lane] = {}
        self._lock = threading.Lock()

    def of(self, pace: Pace) -> Ceiling:
        """The ceiling common to everything that goes at that pace."""
        return self._ceilings[pace]

    def lane(self, address: Address) -> Lane:
        """The turns of one address, the same for whoever speaks to it."""
        pace = pace_for(self._scope, address)
        with self._lock:
            return self._lanes.setdefault(address, Lane(pace, self.of(pace), self.gate))

    def stop(self) -> None:
        """Let nothing more leave."""
        for one in self._ceilings.values():
            one.stop()


def unpaced() -> Lane:
    """A lane that never waits: this station talking to itself."""
    return Lane(OWN_STATION, Ceiling(1_000_000))
