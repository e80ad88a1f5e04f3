"""A real terminal: tmux on a private socket, its keys typed and its screen read."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

LOOK_SECONDS = 0.05
PROMPT = "pret$ "


class Terminal:
    """One shell in one tmux server of our own."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self._runs = 0

    def screen(self) -> str:
        """What the terminal shows, non-breaking spaces made ordinary."""
        return self._tmux("capture-pane", "-p").replace("\u00a0", " ")

    def press(self, *keys: str) -> None:
        """Keys by their tmux names (`Enter`, `F5`, `Escape`) or single characters."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Characters as they are."""
        self._tmux("send-keys", "-l", "--", text)

    def run(self, *arguments: str, timeout: float = 60) -> str:
        """A `care` command, until the shell is ready again; what the screen then shows."""
        self._runs += 1
        line = shlex.join(["python", "-m", "care_kit", *arguments])
        self.type(f"clear; {line}; echo fin-{self._runs}-$?")
        self.press("Enter")
        return self.wait(f"\nfin-{self._runs}-0", timeout)

    def wait(self, words: str, timeout: float = 30) -> str:
        """The screen, once it shows these words."""
        return self.until(lambda shown: words in shown, timeout, words)

    def until(self, wanted: Callable[[str], bool], timeout: float, what: str = "it") -> str:
        """The screen, once it is as wanted; AssertionError with the screen when it never is."""
        end = monotonic() + timeout
        while not wanted(shown := self.screen()):
            assert monotonic() < end, f"« {what} » did not come:\n{shown}"
            sleep(LOOK_SECONDS)
        return shown

    def leave(self, words: str) -> None:
        """Escape, until what these words belong to is gone: with it, a next key would make one."""
        self.press("Escape")
        self.until(lambda shown: words not in shown, 30, f"the end of « {words} »")

    def fill(self, *texts: str) -> None:
        """A form, field after field; an empty text leaves what is there."""
        for text in texts:
            if text:
                self.type(text)
            self.press("Enter")

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-S", self._socket, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@contextmanager
def terminal(
    folder: Path, variables: Mapping[str, str], columns: int = 120, lines: int = 40
) -> Iterator[Terminal]:
    """A terminal whose shell stands in `folder`; its server ends with the block."""
    given = {
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "PS1": PROMPT,
        **variables,
    }
    shell = ["env", "-i", *(f"{name}={value}" for name, value in given.items())]
    size = ["-x", str(columns), "-y", str(lines)]
    started = shlex.join([*shell, "bash", "--norc", "--noprofile"])
    with TemporaryDirectory(prefix="care-kit-tmux-") as private:
        socket = f"{private}/socket"
        start = ["tmux", "-S", socket, "-f", "/dev/null", "new-session", "-d", *size]
        subprocess.run([*start, "-c", str(folder), started], check=True)
        try:
            opened = Terminal(socket)
            opened.wait(PROMPT.strip())
            yield opened
        finally:
            subprocess.run(["tmux", "-S", socket, "kill-server"], check=False, capture_output=True)
