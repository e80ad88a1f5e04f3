"""Gather care-kit and every dependency as wheels in one folder, for a station without internet.

Usage: wheelhouse.py FOLDER [PLATFORM]; PLATFORM is a wheel tag such as win_amd64 (this machine's by
default). Pure wheels published only as sources are built here first, so that no compiler is ever
needed on the station.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE_ONLY = ("python-nmap",)
EXTRAS = "secret,sign"  # what a station signs, dates and encrypts with
# pip judges "only on Windows" requirements by the machine it runs on: name them for it.
WINDOWS_ONLY = ("colorama",)
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def main(folder: Path, platform: str | None) -> None:
    """Fill `folder` with wheels; CalledProcessError when one is missing for the platform."""
    folder.mkdir(parents=True, exist_ok=True)
    constraints = str(ROOT / "constraints.txt")
    wheel = (*PIP, "wheel", "--no-deps", "--wheel-dir", str(folder))
    subprocess.run([*wheel, "-c", constraints, *SOURCE_ONLY], check=True)
    subprocess.run([*wheel, str(ROOT)], check=True)
    download = [*PIP, "download", "--only-binary=:all:", "--dest", str(folder), "-c", constraints]
    download += ["--find-links", str(folder)]
    if platform:
        download += ["--platform", platform, "--python-version", "3.11"]
        download += WINDOWS_ONLY if platform.startswith("win") else ()
    subprocess.run(
        [*download, *(f"{one}[{EXTRAS}]" for one in folder.glob("care_kit-*.whl"))], check=True
    )
    print(f"{len(list(folder.glob('*.whl')))} wheels in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
