"""Runs the very commands a user types, and shows them with what they answer."""

import io
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager, nullcontext, redirect_stdout
from pathlib import Path

DOSSIER = "demo.care"
OUTPUTS = "affichage"

# A command line without its first word, to its exit code.
CommandLine = Callable[[Sequence[str]], int]


class Commands:
    """`care` commands run in one folder, shown as they would be typed.

    A long answer is shown by its first and last lines; the whole is kept in `affichage/`.
    """

    def __init__(self, folder: Path, command_line: CommandLine) -> None:
        self.folder = folder
        self.surprises: list[str] = []
        self._command_line = command_line
        self._steps = 0
        self._kept = 0

    def step(self, text: str) -> None:
        """Announce a step, numbered."""
        self._steps += 1
        print(f"\n━━ {self._steps}. {text} ━━", flush=True)

    def say(self, text: str) -> None:
        """One short sentence about what is going on."""
        print(text, flush=True)

    def care(
        self,
        *arguments: str,
        typed: str = "",
        secret: str = "",
        passphrase: str = "",
        expected: int = 0,
        first: int = 0,
        last: int = 0,
    ) -> None:
        """Run one command; an exit code other than `expected` is remembered as a surprise.

        With `first`, a longer answer is shown by that many first lines, and `last` last ones.
        """
        print(f"$ care {shlex.join(arguments)}", flush=True)
        answer = io.StringIO()
        with (
            self._as_typed(typed, secret, passphrase),
            redirect_stdout(answer) if first else nullcontext(),
        ):
            code = self._command_line(arguments)
        if first:
            self._abridged(arguments, answer.getvalue(), first, last)
        sys.stdout.flush()
        if code != expected:
            self.surprises.append(f"« care {arguments[0]} » a rendu le code {code}")

    def _abridged(self, arguments: Sequence[str], answer: str, first: int, last: int) -> None:
        lines = answer.splitlines()
        hidden = len(lines) - first - last
        if hidden <= 1:
            print(answer, end="")
            return
        self._kept += 1
        words = "-".join(word for word in arguments[:2] if not word.startswith("-"))
        kept = self.folder / OUTPUTS / f"{self._kept:02}-{words}.txt"
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(answer, encoding="utf-8")
        note = f"   … {hidden} lignes de plus, en entier dans {OUTPUTS}/{kept.name}"
        print("\n".join([*lines[:first], note, *lines[len(lines) - last :]]))

    @contextmanager
    def _as_typed(self, typed: str, secret: str, passphrase: str) -> Iterator[None]:
        """The folder, the keyboard and the variables a command finds; put back afterwards.

        The dossier is named: one the user has chosen for themselves is never touched.
        """
        ours = {"CARE_DOSSIER": str(self.folder / DOSSIER), "CARE_AUTHOR": "Camille Démonstration"}
        if secret:
            ours["CARE_LDAP_PASSWORD"] = secret
        if passphrase:
            ours["CARE_SIGN_PASSPHRASE"] = passphrase
        keyboard, theirs = sys.stdin, {name: os.environ.get(name) for name in ours}
        sys.stdin = io.StringIO(typed)
        os.environ.update(ours)
        try:
            with chdir(self.folder):
                yield
        finally:
            sys.stdin = keyboard
            for name, value in theirs.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value
