"""Who, what, when; searched."""

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.words.vocabulary import AnswerState
from tests.tui.small import app_on, running, screen_lines, screen_text


async def test_the_last_event_comes_first_and_words_find_the_others(dossier: Dossier) -> None:
    said = AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.NOT_APPLICABLE, None, "[b]motif\u202e")
    dossier.append(said)
    app = app_on(dossier, place="journal")
    async with running(app) as pilot:
        assert "2 événements sur 2" in screen_lines(app)[1]
        assert screen_lines(app)[2].startswith(">     2")
        assert "réponse donnée CK-GOV-01 · Camille Testeur" in screen_lines(app)[2]
        assert "motif : [b]motif" in screen_text(app)
        assert "\u202e" not in screen_text(app)
        await pilot.press("slash", *"cree", "enter")
        assert "0 événement sur 2" in screen_lines(app)[1]
        await pilot.press("slash", *["backspace"] * 4, *"créé", "enter")
        assert "1 événement sur 2" in screen_lines(app)[1]
        await pilot.press("escape")
        assert "2 événements sur 2" in screen_lines(app)[1]


async def test_what_is_written_meanwhile_is_there_on_coming_back(dossier: Dossier) -> None:
    app = app_on(dossier, place="journal")
    async with running(app) as pilot:
        await pilot.press("f3", "4", "f7")
        assert "2 événements sur 2" in screen_lines(app)[1]
