"""What merged copies say differently is the first thing to do, and is marked everywhere."""

import shutil
from pathlib import Path

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry import merging
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.results.wording import answered
from care_kit.model.words.vocabulary import AnswerState
from care_kit.tui.views.todo import steps
from care_kit.tui.wording import CONFLICT, mark
from tests.tui.small import app_on, running


async def test_a_conflict_between_copies_is_the_first_thing_to_do(
    dossier: Dossier, tmp_path: Path
) -> None:
    path = Path(shutil.copy(dossier.path, tmp_path / "site.care"))
    with Dossier.open(path, "Denis") as copy:
        copy.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.ANSWERED, 4))
        dossier.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.ANSWERED, 1))
        merging.merge(dossier, copy, merging.look(dossier, copy))
    app = app_on(dossier)
    async with running(app):
        assert app.session is not None
        view = app.session.view
        first = steps(view)[0]
        assert (first.text, first.place) == (
            "Choisir entre les copies : réponse CK-GOV-01",
            "conflicts",
        )
        found = view.now.assessment.indicators["CK-GOV-01"]
        assert mark(found) == CONFLICT
        assert answered(found) == "niveau 1 (copies en conflit)"
