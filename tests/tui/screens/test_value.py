"""The window that takes a value, driven by the keyboard on a real dossier file."""

from care_kit.dossier.dossier import Dossier
from care_kit.model.content.questionnaire import AnswerForm, AnswerKind
from care_kit.model.words.vocabulary import AnswerState
from care_kit.tui.app import CareApp
from tests.tui.screens.test_questions import current
from tests.tui.small import content, indicator, on_questions, running, screen_text, view_of

LEVELS = {level: f"Niveau {level}." for level in range(5)}
RATE = AnswerForm(AnswerKind.RATE, "postes à jour", "postes", {1: 25, 2: 50, 3: 90})


def app(dossier: Dossier) -> CareApp:
    asked = indicator(1, "GOV", levels=LEVELS, answer=RATE)
    return on_questions(dossier, content(asked, indicator(1, "EXP")))


async def test_v_takes_a_value_and_refuses_one_that_makes_no_sense(dossier: Dossier) -> None:
    value = app(dossier)
    async with running(value, (120, 40)) as pilot:
        await pilot.pause()
        assert "v Ou un taux, par exemple « 45/120 »" in screen_text(value)
        await pilot.press("v", *"130/120", "enter")
        assert "dépasse 100 %." in screen_text(value)
        assert view_of(value).now.state.answers == {}
        await pilot.press(*["backspace"] * 7, *"45/120", "enter")
        assert "(45/120)" in screen_text(value)
        assert "(*) 1 Niveau 1." in screen_text(value)
    saved = dossier.state.answers["CK-GOV-01"]
    assert (saved.level, saved.typed) == (1, "45/120")


async def test_a_partial_level_asks_which_part_then_shows_its_mark(dossier: Dossier) -> None:
    value = app(dossier)
    async with running(value) as pilot:
        await pilot.press("v", "p", "3", "enter")
        assert "sur quelle partie du périmètre" in screen_text(value)
        await pilot.press("enter")
        assert "« Partiel » demande un motif." in screen_text(value)
        await pilot.press(*"nord", "enter")
        assert ">[~]*CK-GOV-01" in current(value)
        assert "niveau 3 (partiel)" in screen_text(value)
        assert "Motif : nord" in screen_text(value)
    saved = dossier.state.answers["CK-GOV-01"]
    assert (saved.state, saved.level, saved.reason) == (AnswerState.PARTIAL, 3, "nord")


async def test_giving_up_saves_nothing(dossier: Dossier) -> None:
    value = app(dossier)
    async with running(value) as pilot:
        await pilot.press("v", "e", "3", "enter", "escape")
        assert "sans réponse" in screen_text(value)
    assert dossier.state.answers == {}
