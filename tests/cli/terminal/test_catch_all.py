"""A failure of the program itself: one sentence, a report, a code; no traceback."""

from pathlib import Path

import pytest

from care_kit.cli.terminal import options
from care_kit.model.words.errors import ProgramError
from tests.cli.conftest import Care

SECRET = "jean.dupont@ch-exemple.fr"


def test_it_keeps_a_report_without_personal_data(
    started: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(options, "situation_of", fails)
    result = started("assess")
    assert result.code == ProgramError.exit_code
    assert "Traceback" not in result.err
    assert SECRET not in result.err
    (report,) = (tmp_path / "log").glob("care-kit-panne-*.txt")
    assert str(report) in result.err
    text = report.read_text(encoding="utf-8")
    assert "care_kit/cli/assess.py" in text
    assert SECRET not in text


@pytest.mark.parametrize(
    "line",
    [
        ("evidence", "add", "x" * 300, "--for", "CK-GOV-01"),
        ("init", "x" * 300 + ".care", "--name", "N", "--finess-ej", "990000010", "--category", "C",
         "--region", "R"),
        ("verify", "x" * 300),
        ("assess", "-d", "x" * 300),
        ("answer", "--from", "x" * 300 + ".xlsx"),
        ("scope", "check", "x" * 300),
        ("calendar", "--ics", "x" * 300),
    ],
)  # fmt: skip
def test_a_name_too_long_is_refused_in_one_sentence(started: Care, line: tuple[str, ...]) -> None:
    result = started(*line)
    assert result.refused_clearly, result.err
