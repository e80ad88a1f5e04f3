"""A failure of the program leaves a report without personal data, and no answer is lost."""

from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.model.words.errors import ProgramError
from care_kit.tui.app import CareApp
from care_kit.tui.screens.questions import QuestionsScreen
from care_kit.tui.shell import crash
from tests.tui.small import running

SECRET = "jean.dupont@ch-exemple.fr"


def broken(text: str) -> BaseException:
    from care_kit.model.formats import codec

    try:
        codec.decode(int, text)
    except ValueError as error:
        return error
    raise AssertionError("it should have failed")


def test_the_report_tells_where_and_not_what(tmp_path: Path) -> None:
    file = crash.write(broken(SECRET), tmp_path)
    assert file is not None
    text = file.read_text(encoding="utf-8")
    assert SECRET not in text
    assert "care_kit/model/formats/codec.py:" in text
    assert "ValidationError" in text
    assert "care-kit 0" in text
    assert str(Path.home()) not in text


async def test_a_broken_screen_leaves_with_a_sentence_and_the_answers_are_kept(
    app: CareApp, dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError(SECRET)

    with pytest.raises(RuntimeError):
        async with running(app) as pilot:
            await pilot.press("3")
            monkeypatch.setattr(QuestionsScreen, "action_find", fails)
            await pilot.press("slash")
    assert isinstance(app.failure, ProgramError)
    reports = list((tmp_path / "log").glob("care-kit-panne-*.txt"))
    assert len(reports) == 1
    assert str(reports[0]) in app.failure.sentence
    assert SECRET not in reports[0].read_text(encoding="utf-8")
    assert dossier.state.answers["CK-GOV-01"].level == 3
