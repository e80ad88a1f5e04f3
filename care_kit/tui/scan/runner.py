"""Runs a probe in its own process, from a thread of the application."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO, Any, cast

from care_kit.tui.scan.wire import Done, Heard, Refused, Request, heard, line

GRACE_SECONDS = 0.8
"""Between being asked to stop and being stopped."""
_BROKEN = Refused(
    "La sonde s'est arrêtée sans rien rendre.",
    "Relancez-la ; si cela se répète, essayez « care probe » dans un terminal.",
)


class Scan:
    """One run, started when made."""

    def __init__(self, request: Request) -> None:
        self.stopped = False
        self._process = process = subprocess.Popen(
            [sys.executable, "-P", "-m", "care_kit.tui.scan"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_alone(),
        )
        self._asks = cast(IO[bytes], process.stdin)  # PIPE always gives one
        self._tells = cast(IO[bytes], process.stdout)
        self._asks.write(line(request))
        self._asks.flush()

    def events(self) -> Iterator[Heard]:
        """What the probe tells, its result last; blocks, so from a thread only."""
        last: Heard | None = None
        for text in self._tells:
            if not text.endswith(b"\n"):  # cut when it was ended
                break
            last = heard(text)
            yield last
        self._process.wait()
        if not isinstance(last, Done | Refused):
            yield _BROKEN

    def stop(self) -> None:
        """Ask the probe to end with what it has; it is ended when it does not."""
        if self.stopped:
            return
        self.stopped = True
        self._asks.close()
        timer = threading.Timer(GRACE_SECONDS, self._process.kill)
        timer.daemon = True
        timer.start()


def _alone() -> dict[str, Any]:
    """A group of its own: Ctrl+C in the terminal is the application's business."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
