"""The probe's process: a request on standard input, its progress and its result on the output."""

import _thread
import contextlib
import hashlib
import os
import signal
import sys
import threading
import time

from care_kit.model.words.errors import CareError, ProbeError, ScopeError
from care_kit.probes.exposure.journal import Journal, beside
from care_kit.probes.exposure.pieces import Piece
from care_kit.tui.scan.wire import (
    DirectoryRequest,
    Done,
    ExposureRequest,
    Heard,
    Progress,
    Refused,
    Request,
    Seen,
    line,
    request,
)

PATIENCE_SECONDS = 0.3
_TELLING = threading.Lock()


def _say(message: Heard) -> None:
    with _TELLING:
        sys.stdout.buffer.write(line(message))
        sys.stdout.buffer.flush()


def _progress(step: str, count: int) -> None:
    _say(Progress(step, count))


class _TellingJournal(Journal):
    """Tells each part once it is safely on the disk."""

    def keep(self, piece: Piece) -> None:
        super().keep(piece)
        _say(Seen(piece))


def _directory(asked: DirectoryRequest) -> Done:
    from care_kit.probes.directory import collect

    return Done(*collect(asked.target, asked.password, _progress))


def _exposure(asked: ExposureRequest) -> Done:
    from care_kit.probes.exposure import collect, tool
    from care_kit.probes.exposure.scope import read_scope

    scope, raw = read_scope(asked.scope)
    if hashlib.sha256(raw).hexdigest() != asked.scope_sha256:
        raise ScopeError("Le périmètre vient de changer.", "Relisez le plan, puis relancez.")
    saved = _saved(asked, tool(use_nmap=asked.use_nmap))
    try:
        found = collect(
            scope, asked.scope_sha256, use_nmap=asked.use_nmap, progress=_progress, journal=saved
        )
    finally:
        saved.close(remove=not saved.pieces)
    return Done(*found)


def _saved(asked: ExposureRequest, means: str) -> Journal:
    """The finished parts: none yet, or those of an interrupted run that can be gone on with."""
    path = beside(asked.dossier)
    if asked.restart or not path.exists():
        return _TellingJournal.begin(path, asked.scope_sha256, means)
    try:
        return _TellingJournal.resume(path, asked.scope_sha256, means)
    except ProbeError as error:  # its next step is an option of the command line
        raise ProbeError(
            error.sentence, "Touche e, puis « recommencer » : tout est refait."
        ) from error


def _watch(asked: Request) -> None:
    """Nobody holds the other end any more: stop, and whatever was started here too.

    The exposure probe then waits for the hosts under way; a second call makes it leave them. The
    directory probe has none, and may be busy writing what it read.
    """
    while sys.stdin.buffer.read(1):
        pass
    _interrupt()
    if isinstance(asked, ExposureRequest):
        time.sleep(PATIENCE_SECONDS)
        _interrupt()


def _interrupt() -> None:
    if hasattr(os, "killpg"):
        os.killpg(os.getpgrp(), signal.SIGINT)
    else:
        _thread.interrupt_main()


def main() -> None:
    """One run. It leaves without waiting for threads that still wait for an answer."""
    # Started in the background, we would have inherited deafness to the very signal that stops us.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        asked = request(sys.stdin.buffer.readline())
        threading.Thread(target=_watch, args=(asked,), daemon=True).start()
        _say(_directory(asked) if isinstance(asked, DirectoryRequest) else _exposure(asked))
    except CareError as error:
        _say(Refused(error.sentence, error.next_step))
    except KeyboardInterrupt:
        _say(Refused("Relevé arrêté avant d'avoir rien lu.", "Relancez la sonde."))
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
