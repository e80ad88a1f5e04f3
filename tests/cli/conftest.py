from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from care_kit.cli.app import run
from care_kit.model.words.errors import ProgramError
from care_kit.station import crash


@dataclass(frozen=True)
class Result:
    """What a command gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def refused_clearly(self) -> bool:
        """One French sentence, one next step, no traceback, a code that is not zero."""
        lines = self.err.strip().splitlines()
        return (
            self.code >= 2
            and self.code != ProgramError.exit_code
            and "Traceback" not in self.err + self.out
            and lines[-2].startswith("Erreur : ")
            and lines[-1].startswith("À faire : ")
        )


Care = Callable[..., Result]


def runner(capsys: pytest.CaptureFixture[str]) -> Care:
    """What runs a command line, and gives what it wrote."""

    def command(*arguments: str) -> Result:
        capsys.readouterr()
        code = run(arguments)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return command


@pytest.fixture
def care(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Care:
    """Run a command line in an empty folder, as a user would."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CARE_AUTHOR", "Camille Testeur")
    monkeypatch.setenv("CARE_KIT_OVERLAY", str(tmp_path / "no-overlay"))
    monkeypatch.setattr(crash, "user_log_dir", lambda *_, **__: str(tmp_path / "log"))
    return runner(capsys)


@pytest.fixture
def started(care: Care) -> Care:
    """The same, with a dossier already there."""
    result = care(
        "init", "ch.care", "--name", "CH d'essai", "--finess-ej", "990000010",
        "--category", "public", "--region", "Région fictive",
    )  # fmt: skip
    assert result.code == 0, result.err
    return care
