"""The application on the small questionnaire and a real dossier file."""

from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.station import crash
from care_kit.tui.app import CareApp
from tests.tui.small import app_on


@pytest.fixture
def app(dossier: Dossier) -> CareApp:
    """Not yet running: `async with running(app) as pilot`; it opens on the questionnaire."""
    return app_on(dossier, place="questions")


@pytest.fixture(autouse=True)
def reports_stay_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash report of a test never goes to the person's own folder."""
    monkeypatch.setattr(crash, "user_log_dir", lambda *_, **__: str(tmp_path / "log"))
