"""Files in the making: held by who writes them, swept away once a kill has left them alone."""

import os
import time
from contextlib import suppress
from pathlib import Path

PREFIX = ".brouillon-"
_STALE = 24 * 3600.0
"""Seconds after which a draft that cannot be asked about is nobody's any more."""


def hold(descriptor: int) -> None:
    """Mark an open draft as somebody's, for as long as its process lives."""
    if os.name == "nt":
        return  # Windows keeps an open file from being removed
    import fcntl

    with suppress(OSError):  # some shares know no lock: their drafts are told by their age
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sweep(folder: Path) -> None:
    """Remove the drafts nobody holds any more; a folder closed to writing is left as it is."""
    with suppress(OSError):
        for draft in list(folder.glob(f"{PREFIX}*")):
            with suppress(OSError):
                if _abandoned(draft):
                    draft.unlink()


def _abandoned(draft: Path) -> bool:
    if os.name == "nt":
        return True
    import fcntl

    with draft.open("rb") as stream:
        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return time.time() - draft.stat().st_mtime > _STALE
    return True
