"""`care web` as people start it: in a terminal."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Command:
    """`care web` in a terminal of its own."""

    process: "subprocess.Popen[bytes]"
    terminal: int
    link: str

    @property
    def children(self) -> list[int]:
        """The processes of its windows."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(one) for one in listed.split()]

    def leave(self, how: signal.Signals) -> str:
        """End it; what the terminal showed since the link."""
        self.process.send_signal(how)
        self.process.wait(15)
        shown = b""
        while True:
            try:
                shown += os.read(self.terminal, 4096)
            except OSError:  # nobody writes to the terminal any more
                return shown.decode()


@contextmanager
def in_terminal(dossier: Path, *options: str) -> Iterator[Command]:
    """The command, once it has shown its link."""
    import pty  # not on Windows

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "care_kit", "web", "--dossier", dossier.name, *options],
        cwd=dossier.parent,
        env={**os.environ, "CARE_AUTHOR": "Camille Testeur", "PYTHONSAFEPATH": "1"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    try:
        shown = b""
        while b"Ctrl+C" not in shown:
            shown += os.read(ours, 4096)
        (link,) = re.findall(r"https?://[\w.:]+/entree/[\w-]{43}", shown.decode())
        yield Command(process, ours, link)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
