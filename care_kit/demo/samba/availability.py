"""Says whether a Samba domain controller can be started on this machine."""

import os
import platform
import shutil
import subprocess
from functools import cache
from pathlib import Path

SYSTEM_PYTHON = "/usr/bin/python3"
_PROBE = "import sys, samba.samdb, cryptography; sys.exit(sys.version_info < (3, 11))"


@cache
def unavailable() -> str | None:
    """French sentence saying what is missing, or None when the lab can start."""
    if platform.system() != "Linux":
        return "Le contrôleur de domaine de démonstration ne démarre que sous Linux."
    if os.geteuid() != 0:
        return (
            "Le contrôleur de domaine de démonstration demande les droits root "
            "(ports inférieurs à 1024)."
        )
    if shutil.which("samba") is None or not Path("/usr/share/samba/setup").is_dir():
        return "Samba n'est pas installé (paquets Debian samba et samba-ad-provision)."
    if not Path(SYSTEM_PYTHON).is_file() or not _has_bindings():
        return (
            f"{SYSTEM_PYTHON} (3.11 ou plus récent) ne sait pas importer Samba et cryptography "
            "(paquets Debian python3-samba et python3-cryptography)."
        )
    return None


def _has_bindings() -> bool:
    command = [SYSTEM_PYTHON, "-I", "-c", _PROBE]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
