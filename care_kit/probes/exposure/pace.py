"""How fast the probe may go."""

import threading
import time
from dataclasses import dataclass

from care_kit.model.scope import Scope
from care_kit.probes.exposure.addresses import Address


@dataclass(frozen=True)
class Pace:
    """`rate`: connections per second; `delay`, `http_delay`: seconds between two of them."""

    rate: int
    delay: float
    http_delay: float


CAREFUL = Pace(rate=50, delay=0.1, http_delay=0.5)
OWN_STATION = Pace(rate=500, delay=0.0, http_delay=0.0)


def pace_for(scope: Scope, address: Address) -> Pace:
    """Careful everywhere but on this station's loopback in an internal view.

    Loopback traffic crosses no equipment and reaches no machine of anyone else, so there is
    nothing to spare; an external view never gets the fast pace, whatever its addresses.
    """
    return OWN_STATION if scope.view == "interne" and address.is_loopback else CAREFUL


class Throttle:
    """Spaces calls, across threads: no more than the pace's rate, and its delay between two."""

    def __init__(self, pace: Pace) -> None:
        self._gap = max(1.0 / pace.rate, pace.delay)
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Block until the next connection may start."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next)
            self._next = start + self._gap
        time.sleep(start - now)
