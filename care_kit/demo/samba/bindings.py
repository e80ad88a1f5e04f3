"""Runs our seeding modules under Debian's own Python, the one that has the Samba bindings."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from care_kit.demo.samba.availability import SYSTEM_PYTHON
from care_kit.model.words.errors import ProbeError

_SOURCE_ROOT = Path(__file__).parents[3]
# Debian's Python must find our modules without letting our packages shadow its own.
_LAUNCH = (
    "import runpy, sys; sys.path.append(sys.argv.pop(1)); "
    "runpy.run_module(sys.argv.pop(1), run_name='__main__')"
)


def command(module: str, arguments: Sequence[str] = ()) -> list[str]:
    """What starts `module` there; a secret goes through standard input, never in `arguments`."""
    return [SYSTEM_PYTHON, "-I", "-c", _LAUNCH, str(_SOURCE_ROOT), module, *arguments]


def run(module: str, arguments: Sequence[str], stdin: str = "") -> None:
    """Run `module` to its end; ProbeError tells the last line of what went wrong."""
    done = subprocess.run(  # noqa: S603
        command(module, arguments), input=stdin, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise ProbeError(
            f"Le domaine de démonstration n'a pas pu être construit ({''.join(last)}).",
            "Vérifiez l'installation de Samba (paquets samba, samba-ad-provision, python3-samba).",
        )
