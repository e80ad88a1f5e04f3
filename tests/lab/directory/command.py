"""The real `care probe directory`, in a process of its own, its password typed on a terminal."""

import contextlib
import os
import pty
import select
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from care_kit.demo.samba import LabDomain

_PROMPT = b"Mot de passe de"


@dataclass
class Started:
    """The running command, and what it wrote on its terminal so far."""

    process: "subprocess.Popen[bytes]"
    said: bytearray = field(default_factory=bytearray)

    @property
    def text(self) -> str:
        """What it wrote, as text."""
        return self.said.decode("utf-8", "replace")


@contextlib.contextmanager
def probing(
    lab: LabDomain, dossier: Path, password: str, *more: str, scratch: Path | None = None
) -> Iterator[Started]:
    """The command, started in a session and on a terminal of its own; it is dead afterwards.

    `scratch` is its home and its folder of temporary files.
    """
    master, slave = pty.openpty()
    command = [
        "setsid", "--ctty", sys.executable, "-m", "care_kit", "probe", "directory",
        lab.address, "--user", lab.user_upn, "--ca-file", str(lab.ca_file),
        "--certificate-name", lab.host_name, "--dossier", str(dossier), *more,
    ]  # fmt: skip
    own = {} if scratch is None else {"HOME": str(scratch), "TMPDIR": str(scratch)}
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=os.environ | own
    )
    os.close(slave)
    started = Started(process)
    reader = threading.Thread(target=_talk, args=(master, password, started), daemon=True)
    reader.start()
    try:
        yield started
    finally:
        process.kill()
        process.wait()
        reader.join(5)
        os.close(master)


def _talk(master: int, password: str, started: Started) -> None:
    """Read the terminal to its end; type the password when it is asked for."""
    typed = False
    with contextlib.suppress(OSError):  # the terminal closes with its last process
        while True:
            if not select.select([master], [], [], 0.2)[0]:
                if started.process.poll() is not None:
                    return
                continue
            started.said += os.read(master, 4096)
            if not typed and _PROMPT in started.said:
                os.write(master, password.encode() + b"\n")
                typed = True
