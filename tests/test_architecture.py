"""The rules of the house that no linter states."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = (
    "textual",
    "openpyxl",
    "ldap3",
    "sqlalchemy",
    "jinja2",
    "pydantic",
    "nmap",
    "docx",
    "typst",
    "aiohttp",
    "textual_serve",
)


@pytest.mark.parametrize("arguments", [["--help"], ["probe", "--help"], ["answer", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from care_kit.cli.app import run\n"
        f"code = run({arguments!r})\n"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "sys.exit(f'loaded: {loaded}' if loaded or code else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Utilisation" in done.stdout


@pytest.mark.parametrize("folder", ["checks", "questionnaires", "templates", "exports"])
def test_content_folders_hold_no_python(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if path.suffix in {".py", ".pyc"}]


def test_files_stay_readable() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / "care_kit").rglob("*.py")
        if (count := path.read_text(encoding="utf-8").count("\n")) > 400
    }
    assert not long
