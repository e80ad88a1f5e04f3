"""The rules of the house that no linter states."""

import os
import shutil
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


def contracts(folder: Path) -> dict[str, bool]:
    """Whether each import contract is kept by the package in that folder."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    lines = [one.rsplit(" (", 1)[0].strip() for one in done.stdout.splitlines()]
    ends = {" KEPT": True, " BROKEN": False}
    return {
        one.removesuffix(end): kept
        for one in lines
        for end, kept in ends.items()
        if one.endswith(end)
    }


@pytest.mark.parametrize(
    ("file", "wrong", "broken"),
    [
        ("model/words/text.py", "care_kit.catalog.content", "Floors: imports run downwards only"),
        ("model/words/text.py", "care_kit.model.facts.scope", "Inner floors of the model"),
        ("dossier/journal/chain.py", "care_kit.dossier.folding.fold",
         "Inner floors of the dossier"),
        ("assessment/scores/coverage.py", "care_kit.assessment.examiner.precheck",
         "Inner floors of the assessment"),
        ("cli/terminal/output.py", "care_kit.cli.findings", "Inner floors of the command line"),
        ("tui/cards/finding.py", "care_kit.tui.screens.home", "Inner floors of the application"),
        ("catalog/consistency.py", "care_kit.catalog.content",
         "No module imports one that imports it"),
        ("catalog/content.py", "textual", "The core never draws a screen"),
        ("catalog/content.py", "sqlalchemy", "Only the store knows SQL"),
        ("cli/plan.py", "aiohttp", "Only the browser mode knows the web server"),
    ],
)  # fmt: skip
def test_a_wrong_import_breaks_its_contract(
    tmp_path: Path, file: str, wrong: str, broken: str
) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / "care_kit", tmp_path / "care_kit", ignore=shutil.ignore_patterns("__pycache__")
    )
    spoilt = tmp_path / "care_kit" / file
    spoilt.write_text(spoilt.read_text("utf-8") + f"\nimport {wrong}\n", encoding="utf-8")
    found = contracts(tmp_path)
    assert found[broken] is False
    kept = {name for name, one in found.items() if one}
    assert kept, "the other contracts were looked at"


def test_every_contract_is_kept() -> None:
    found = contracts(ROOT)
    assert len(found) == 10
    assert all(found.values()), found
