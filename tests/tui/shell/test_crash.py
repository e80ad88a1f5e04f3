"""A failure of the application leaves with a sentence, and no answer is lost."""

from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.model.words.errors import ProgramError
from care_kit.tui.app import CareApp
from care_kit.tui.screens.questions import QuestionsScreen
from tests.tui.small import running

SECRET = "jean.dupont@ch-exemple.fr"


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
