"""What commands write to a file or a pipe is whole and in UTF-8, whatever the code page."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from care_kit.cli.app import COMMANDS, GROUPS
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven, Commented
from care_kit.model.dossier.establishment import Establishment
from care_kit.model.words.vocabulary import AnswerState

FULL = Path("/dev/full")
PAGES: Mapping[str, Mapping[str, str]] = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "cp850": {"PYTHONIOENCODING": "cp850"},
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
PRINTING = (
    ("questions",),
    ("assess", "--detail"),
    ("assess", "--json"),
    ("precheck",),
    ("calendar", "--all"),
    ("findings", "--csv"),
    ("journal",),
    ("ght", "show"),
    ("programme", "list"),
    ("questionnaire", "list"),
    ("referential", "list"),
    ("funding", "d1"),
    ("counter", "copy", "d1"),
    ("content", "show", "CK-GOV-01"),
    ("content", "validate", "--all"),
    ("data", "show"),
    ("--help",),
    ("plan", "list"),
)
WRITER = """
import sys
from care_kit.cli.app import run
for line in sys.stdin.read().splitlines():
    code = run(line.split())
    print(chr(167), line, code)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A dossier whose texts hold what no Windows code page knows."""
    folder = tmp_path_factory.mktemp("pages")
    from care_kit.model.dossier.establishment import LegalEntity

    hospital = Establishment(
        "CH « Œuvre » – Łódź ✓", "public", "Île fictive", (LegalEntity("CH ≥ 1", "990000010"),)
    )
    with Dossier.create(folder / "ch.care", hospital, "Zoë Łukasz") as opened:
        opened.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.ANSWERED, 2, "", "≥ ✓ 漢"))
        opened.append(Commented("CK-GOV-01", "漢字 → ≥"))
    yield folder


def environment(page: Mapping[str, str], place: Path) -> dict[str, str]:
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))},
        "CARE_KIT_OVERLAY": str(place / "none"),
        "XDG_STATE_HOME": str(place / "state"),
        **page,
    }


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_prints_is_whole_and_in_utf_8(page: str, place: Path) -> None:
    lines = "\n".join(" ".join(one) for one in PRINTING)
    there = environment(PAGES[page], place)
    plain = environment({"PYTHONUTF8": "1"}, place)
    redirected, expected = (
        subprocess.run(
            [sys.executable, "-c", WRITER],
            input=lines.encode(),
            cwd=place,
            env=one,
            capture_output=True,
            check=False,
        )
        for one in (there, plain)
    )
    assert b"Traceback" not in redirected.stderr, redirected.stderr.decode("utf-8", "replace")
    assert redirected.stdout.decode("utf-8") == expected.stdout.decode("utf-8")
    text = redirected.stdout.decode("utf-8")
    codes = {one.split()[-1] for one in text.splitlines() if one.startswith("§")}
    assert codes <= {"0", "1"}, [one for one in text.splitlines() if one.startswith("§")]
    assert text.count("§ ") == len(PRINTING)
    assert "Zoë Łukasz" in text


def test_the_lines_tried_are_those_of_the_command_tree() -> None:
    known = {*COMMANDS, *(f"{group} {one}" for group, (_, all_) in GROUPS.items() for one in all_)}
    tried = {one[0] if one[0] in COMMANDS else " ".join(one[:2]) for one in PRINTING[:-2]}
    assert tried - {"--help"} <= known


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("command", [("questions",), ("--help",), ("findings", "--csv")])
def test_a_full_output_is_told_in_french_with_a_code(command: tuple[str, ...], place: Path) -> None:
    with FULL.open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "care_kit", *command],
            cwd=place, env=environment({"PYTHONUTF8": "1"}, place), stdout=full,
            stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    told = ended.stderr.decode("utf-8")
    assert ended.returncode == 2, told
    assert "il n'y a plus de place" in told
    assert "No space" not in told
    assert "Traceback" not in told
    assert "Exception" not in told


def test_who_reads_the_pipe_may_leave_when_it_has_enough(place: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "care_kit", "questions"],
        cwd=place, env=environment({"PYTHONUTF8": "1"}, place), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert started.stdout is not None
    started.stdout.close()
    assert started.stderr is not None
    told = started.stderr.read().decode("utf-8")
    started.stderr.close()
    assert (started.wait(), told) == (0, "")


def test_a_closed_output_is_no_failure(place: Path) -> None:
    line = f"'{sys.executable}' -m care_kit questions >&- 2>&-"
    ended = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=place, env=environment({}, place), check=False, capture_output=True,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, b"")
