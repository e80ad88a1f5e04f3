"""The whole security dimension can be walked and answered from the keyboard."""

from care_kit.catalog.content import load
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import QuestionnaireChosen
from tests.tui.small import on_questions, running


async def test_every_question_is_reached_and_answered(dossier: Dossier) -> None:
    dossier.append(QuestionnaireChosen("maturin-h-securite"))
    asked = load().questionnaires["maturin-h-securite"].indicators
    app = on_questions(dossier, load())
    async with running(app) as pilot:
        for _ in asked:
            await pilot.press("u", "2")
        await pilot.pause()
    assert {name: one.level for name, one in dossier.state.answers.items()} == {
        one.id: 2 for one in asked
    }
