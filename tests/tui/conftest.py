"""The application on the small questionnaire and a real dossier file."""

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.tui.app import CareApp
from tests.tui.small import TODAY, content


@pytest.fixture
def app(dossier: Dossier) -> CareApp:
    """Not yet running: `async with app.run_test() as pilot`."""
    return CareApp(dossier, content(), TODAY)
