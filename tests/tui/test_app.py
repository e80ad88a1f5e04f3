"""The questionnaire driven by the keyboard, on a real dossier file."""

from dataclasses import replace
from pathlib import Path

import pytest

from care_kit.assessment.situation import reassess
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.events import AnswerGiven
from care_kit.model.errors import ContentError, DossierError
from care_kit.model.vocabulary import AnswerState
from care_kit.tui.app import CareApp
from care_kit.tui.widgets.tree import QuestionTree
from tests.tui.small import TODAY, content, failing, indicator, screen_lines, screen_text

HOSTILE = "[bold red]rouge[/] \x1b[31m\x07 \u202einverse مرحبا 漢字 \\[x] " + "a" * 10_000


def current(app: CareApp) -> str:
    """The line of the list that carries the `>` mark."""
    return next(line for line in screen_lines(app) if line.lstrip().startswith(">"))


def measured_to_fail(app: CareApp) -> None:
    """Give the application the finding a probe would have brought (no probe runs here)."""
    now = app.now
    app.now = reassess(
        now.state, now.content, now.questionnaire, now.statements, (failing(),), TODAY
    )


async def test_one_key_answers_and_the_answer_is_in_the_file(app: CareApp, tmp_path: Path) -> None:
    async with app.run_test() as pilot:
        assert screen_lines(app)[1].split()[:7] == ["Ensemble", "0", "à", "4", "0", "à", "100"]
        await pilot.press("3")
        assert "(*) 3 En place." in screen_text(app)
        assert ">[x]*CK-GOV-01" in current(app)
        assert "18,8 à 93,8" in screen_lines(app)[1]
        assert "« niveau 3 » enregistré (avant : « sans réponse »)" in screen_text(app)
    with Dossier.open(tmp_path / "test.care", "relecteur") as reopened:
        saved = reopened.state.answers["CK-GOV-01"]
    assert (saved.level, saved.author) == (3, "Camille Testeur")


@pytest.mark.parametrize(
    ("key", "level"), [("à", 0), ("ampersand", 1), ("quotation_mark", 3), ("apostrophe", 4)]
)
async def test_the_unshifted_digits_of_a_french_keyboard_answer(
    app: CareApp, key: str, level: int
) -> None:
    async with app.run_test() as pilot:
        await pilot.press(key)
    assert app.now.state.answers["CK-GOV-01"].level == level


async def test_a_level_outside_the_scale_is_refused_in_french(app: CareApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("2")
        assert "n'est pas une réponse possible à CK-GOV-01" in screen_text(app)
    assert app.now.state.answers == {}


async def test_moving_with_the_keys_skips_what_is_answered(app: CareApp, dossier: Dossier) -> None:
    dossier.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.UNKNOWN))
    dossier.append(AnswerGiven("socle", 1, "CK-EXP-01", AnswerState.ANSWERED, 4))
    async with CareApp(dossier, app.now.content, TODAY).run_test() as pilot:
        running = pilot.app
        assert isinstance(running, CareApp)
        await pilot.pause()
        assert "CK-GOV-02" in current(running), "starts at the first question without an answer"
        await pilot.press("u")
        assert "CK-EXP-02" in current(running)
        await pilot.press("k")
        assert ">[x]*CK-EXP-01" in current(running)
        await pilot.press("c")
        assert "Aucun conflit" in screen_text(running)
        assert "[?]*CK-GOV-01" in screen_text(running)


async def test_not_applicable_asks_a_reason_and_refuses_an_empty_one(app: CareApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("n", "enter")
        assert "« Non applicable » demande un motif." in screen_text(app)
        assert app.now.state.answers == {}
        await pilot.press("q", "3", "space", "[", "enter")
        assert ">[-]*CK-GOV-01" in current(app)
        assert "Motif : q3 [" in screen_text(app)
    assert app.now.state.answers["CK-GOV-01"].reason == "q3 ["


async def test_a_conflict_is_shown_explained_then_lifted(app: CareApp, dossier: Dossier) -> None:
    dossier.append(AnswerGiven("socle", 1, "CK-EXP-02", AnswerState.ANSWERED, 3))
    app = CareApp(dossier, app.now.content, TODAY)
    measured_to_fail(app)
    async with app.run_test() as pilot:
        await pilot.press("c")
        shown = screen_text(app)
        assert ">[!] CK-EXP-02" in current(app)
        assert "Déclaré : 3 · Mesuré : 0 à 1 · CONFLIT" in shown
        assert "Explication : à compléter (touche e)" in shown
        assert screen_lines(app)[1].rstrip().endswith("1")
        await pilot.press("e", "o", "k", "enter")
        assert "Explication : ok" in screen_text(app)
        assert ">[!] CK-EXP-02" in current(app), "explained, still a conflict"
        await pilot.press("1")
        assert ">[x] CK-EXP-02" in current(app)
    assert dossier.state.explanations["CK-EXP-02"].text == "ok"


async def test_a_failed_write_is_told_and_nothing_seems_saved(
    app: CareApp, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:  # a full disk cannot be made here: the refusal is simulated
        raise DossierError("Le disque est plein.", "Libérez de la place.")

    monkeypatch.setattr(dossier, "append", full)
    async with app.run_test() as pilot:
        await pilot.press("3")
        assert "Erreur : Le disque est plein. À faire : Libérez de la place." in screen_text(app)
        assert ">[ ]*CK-GOV-01" in current(app)


async def test_an_answer_given_in_another_window_appears(app: CareApp, tmp_path: Path) -> None:
    async with app.run_test() as pilot:
        with Dossier.open(tmp_path / "test.care", "autre") as other:
            other.append(AnswerGiven("socle", 1, "CK-GOV-02", AnswerState.UNKNOWN))
        await pilot.press("4")
        assert "[?] CK-GOV-02" in screen_text(app)


async def test_a_line_of_domain_takes_no_answer_and_folds(app: CareApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("up", "3")
        assert "Choisissez d'abord une question" in screen_text(app)
        assert "Questions répondues : 0 sur 2." in screen_text(app)
        await pilot.press("enter")
        assert "CK-GOV-01" not in screen_text(app)
        await pilot.press("u")
        assert "CK-GOV-01" in current(app), "the domain unfolds to show the question"
    assert app.now.state.answers == {}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_texts_show_as_text_and_nothing_overflows(
    dossier: Dossier, size: tuple[int, int]
) -> None:
    asked = indicator(
        1, "GOV", title=HOSTILE, question=HOSTILE, levels={0: HOSTILE, 4: "Tout."}, help=HOSTILE
    )
    dossier.append(
        AnswerGiven("socle", 1, asked.id, AnswerState.NOT_APPLICABLE, None, HOSTILE, HOSTILE)
    )
    app = CareApp(dossier, content(asked, indicator(1, "EXP")), TODAY)
    async with app.run_test(size=size) as pilot:
        await pilot.press("k", "k", "n")
        await pilot.press("escape")
        lines, shown = screen_lines(app), screen_text(app)
        assert len(lines) == size[1]
        assert "[bold red]rouge[/]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert app.query_one(QuestionTree).virtual_size.width <= size[0]


async def test_a_tall_screen_adds_the_confidence(app: CareApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("0")
        assert "Confiance : déclaré sans preuve 1 ·" in screen_text(app)


async def test_without_colour_every_cell_keeps_the_terminals_own(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = CareApp(dossier, content(), TODAY)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == "ansi-dark"
        segments = [one for strip in app.screen._compositor.render_strips() for one in strip]
        filtered = segments
        for each in app.get_line_filters():
            filtered = each.apply(filtered, app.screen.background_colors[1])
        colours = {
            str(colour.name)
            for one in filtered
            if one.style is not None
            for colour in (one.style.color, one.style.bgcolor)
            if colour is not None
        }
        assert colours == {"default"}
        assert ">[ ]*CK-GOV-01" in current(app)


async def test_help_is_in_french_and_closes(app: CareApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("f1")
        assert "Répondre à la question affichée" in screen_text(app)
        await pilot.press("escape", "4")
    assert app.now.state.answers["CK-GOV-01"].level == 4


def test_a_questionnaire_without_question_is_told_before_drawing(dossier: Dossier) -> None:
    empty = content()
    nothing = replace(empty.questionnaires["socle"], indicators=())
    with pytest.raises(ContentError, match="aucune question"):
        CareApp(dossier, replace(empty, questionnaires={"socle": nothing}), TODAY)
