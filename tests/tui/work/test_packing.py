"""A package is sealed on the state that was shown."""

from datetime import date
from pathlib import Path

import pytest

from care_kit.catalog.content import load
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.words.vocabulary import AnswerState
from care_kit.review.verify import verify
from care_kit.tui.work.packing import packed
from care_kit.tui.work.session import Session


@pytest.mark.parametrize("profile", ["complet", "examinateur"])
def test_what_another_window_writes_meanwhile_does_not_break_the_seal(
    dossier: Dossier, tmp_path: Path, profile: str
) -> None:
    content = load()
    view = Session(dossier, content, date.today()).view
    dossier.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.UNKNOWN))
    found = verify(packed(view, content.profiles[profile], tmp_path / "remise"))
    assert found.problems == ()
    assert found.summary.events == view.now.state.events == 1
