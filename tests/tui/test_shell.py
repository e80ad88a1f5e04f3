"""Going from screen to screen, the palette, the help, the keys of the user, two windows."""

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.events import Key

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.words.vocabulary import AnswerState
from care_kit.tui.app import CareApp
from care_kit.tui.shell import commands, themes
from care_kit.tui.shell.places import PLACES, Place
from tests.test_docs import commands as command_lines
from tests.tui.small import app_on, content, running, screen_lines, screen_text, until, view_of


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
async def test_each_place_opens_by_key_and_by_letter(dossier: Dossier, place: Place) -> None:
    app = app_on(dossier)
    async with running(app) as pilot:
        if place.key:
            await pilot.press(place.key)
            assert screen_lines(app)[0].rstrip().endswith(f"TLP:RED · {place.title}")
        assert screen_lines(app)[0].startswith("GHT de démonstration")
        await pilot.press("f2", "g", place.letter)
        assert screen_lines(app)[0].rstrip().endswith(f"TLP:RED · {place.title}")
        assert "F1 Aide  q Quitter" in screen_lines(app)[-1]


async def test_a_place_keeps_what_one_stood_on(dossier: Dossier) -> None:
    app = app_on(dossier)
    async with running(app) as pilot:
        await pilot.press("f3", "j", "f2", "f3")
        assert "CK-GOV-02 · [ ] sans réponse" in screen_text(app)


async def test_the_palette_speaks_french_and_shows_command_lines(app: CareApp) -> None:
    async with running(app) as pilot:
        await pilot.press("colon")
        assert isinstance(app.screen, CommandPalette)
        await pilot.pause(0.3)
        shown = screen_text(app)
        assert "Chercher une commande…" in shown
        assert "« care findings »" in shown
        await pilot.press(*"zzz")
        await pilot.pause(0.8)
        assert "Aucune commande ne correspond." in screen_text(app)


async def test_an_entry_of_the_palette_does_what_it_says(app: CareApp) -> None:
    async with running(app) as pilot:
        await pilot.press("colon", *"journal")
        await pilot.pause(0.3)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: "TLP:RED · Journal" in screen_text(app).partition("\n")[0])


def test_every_entry_of_the_palette_is_a_command_line() -> None:
    known = command_lines()
    for one in commands.everything():
        assert one.line.partition(" --")[0] in known, one


async def test_help_tells_of_the_thing_under_the_cursor_and_of_the_users_keys(
    dossier: Dossier,
) -> None:
    app = app_on(dossier, place="questions", mine={"sans_reponse": "f8"})
    async with running(app, (100, 60)) as pilot:
        await pilot.press("f8")
        assert "CK-GOV-02 · [ ]" in screen_text(app)
        await pilot.press("u")
        assert "CK-GOV-02 · [ ]" in screen_text(app), "the shipped key is replaced"
        await pilot.press("f1")
        shown = screen_text(app)
        assert "CK-GOV-02 : Titre de la question 2" in shown
        assert "Pourquoi : Le soin en dépend." in shown
        assert "F8            Sans réponse" in shown
        await pilot.press("escape")
        assert "Marques de la liste" not in screen_text(app)


async def test_what_another_window_writes_appears_by_itself(app: CareApp, tmp_path: Path) -> None:
    async with running(app) as pilot:
        with Dossier.open(tmp_path / "test.care", "Camille Autre") as other:
            other.append(AnswerGiven("socle", 1, "CK-GOV-02", AnswerState.UNKNOWN))
        await until(pilot, lambda: "[?] CK-GOV-02" in screen_text(app))
        assert "Une autre fenêtre a modifié le dossier" in screen_text(app)
        await pilot.press("4")
    answers = view_of(app).now.state.answers
    assert (answers["CK-GOV-02"].author, answers["CK-GOV-01"].author) == (
        "Camille Autre",
        "Camille Testeur",
    )


@pytest.mark.parametrize("theme", [*themes.THEMES])
async def test_each_theme_tells_states_in_characters(dossier: Dossier, theme: str) -> None:
    app = app_on(dossier, place="questions", theme=theme)
    async with running(app) as pilot:
        await pilot.press("3")
        assert ">[x]*CK-GOV-01" in screen_text(app)
        assert "(*) 3 En place." in screen_text(app)


async def test_a_sentence_for_the_start_is_told(dossier: Dossier) -> None:
    app = app_on(dossier, told="Le fichier de touches n'est pas pris en compte.")
    async with running(app):
        assert "Le fichier de touches n'est pas pris en compte." in screen_text(app)


async def test_the_first_screen_names_the_dossier_before_anything_is_read(
    dossier: Dossier,
) -> None:
    import threading

    gate = threading.Event()

    def slow() -> object:
        gate.wait(10)
        return content()

    app = app_on(dossier, slow)  # type: ignore[arg-type]
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "test.care" in screen_lines(app)[0]
        assert "Lecture du contenu" in screen_text(app)
        await pilot.press("f3", "colon", "f1", "g")
        gate.set()
        await until(pilot, lambda: "À faire maintenant" in screen_text(app))


async def test_what_is_typed_at_once_reaches_the_window_and_answers_nothing(app: CareApp) -> None:
    """Keys come faster than windows open: none of them may be taken for an answer."""
    async with running(app) as pilot:
        for key in ("slash", "2", "enter"):
            app.post_message(Key(key, "2" if key == "2" else None))
        await pilot.pause(0.5)
        for key in ("g", "j"):
            app.post_message(Key(key, key))
        await until(pilot, lambda: "TLP:RED · Journal" in screen_text(app).partition("\n")[0])
    assert view_of(app).now.state.answers == {}
