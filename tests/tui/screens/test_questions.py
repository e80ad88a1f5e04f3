"""The questionnaire driven by the keyboard, on a real dossier file."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Tree

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.content.questionnaire import AnswerForm, AnswerKind
from care_kit.model.words.errors import ContentError, DossierError
from care_kit.model.words.vocabulary import AnswerState
from care_kit.tui.app import CareApp
from care_kit.tui.widgets.tree import QuestionTree
from tests.tui.small import (
    content,
    failing,
    indicator,
    on_questions,
    running,
    screen_lines,
    screen_text,
    show_finding,
    until,
    view_of,
)

HOSTILE = "[bold red]rouge[/] \x1b[31m\x07 \u202einverse مرحبا 漢字 \\[x] " + "a" * 10_000


def current(app: CareApp) -> str:
    """The line of the list that carries the `>` mark."""
    return next(line for line in screen_lines(app) if line.lstrip().startswith(">"))


async def test_one_key_answers_and_the_answer_is_in_the_file(app: CareApp, tmp_path: Path) -> None:
    async with running(app) as pilot:
        assert screen_lines(app)[2].split()[:7] == ["Ensemble", "0", "à", "4", "0", "à", "100"]
        await pilot.press("3")
        assert "(*) 3 En place." in screen_text(app)
        assert ">[x]*CK-GOV-01" in current(app)
        assert "18,8 à 93,8" in screen_lines(app)[2]
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
    async with running(app) as pilot:
        await pilot.press(key)
    assert view_of(app).now.state.answers["CK-GOV-01"].level == level


async def test_a_level_outside_the_scale_is_refused_in_french(app: CareApp) -> None:
    async with running(app) as pilot:
        await pilot.press("2")
        assert "n'est pas une réponse possible à CK-GOV-01" in screen_text(app)
    assert view_of(app).now.state.answers == {}


async def test_moving_with_the_keys_skips_what_is_answered(app: CareApp, dossier: Dossier) -> None:
    dossier.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.UNKNOWN))
    dossier.append(AnswerGiven("socle", 1, "CK-EXP-01", AnswerState.ANSWERED, 4))
    async with running(on_questions(dossier, content())) as pilot:
        shown = pilot.app
        assert isinstance(shown, CareApp)
        await pilot.pause()
        assert "CK-GOV-02" in current(shown), "starts at the first question without an answer"
        await pilot.press("u")
        assert "CK-EXP-02" in current(shown)
        await pilot.press("k")
        assert ">[x]*CK-EXP-01" in current(shown)
        await pilot.press("c")
        assert "Aucun conflit" in screen_text(shown)
        assert "[?]*CK-GOV-01" in screen_text(shown)


async def test_not_applicable_asks_a_reason_and_refuses_an_empty_one(app: CareApp) -> None:
    async with running(app) as pilot:
        await pilot.press("x", "enter")
        assert "« Non applicable » demande un motif." in screen_text(app)
        assert view_of(app).now.state.answers == {}
        await pilot.press("q", "3", "space", "[", "enter")
        assert ">[-]*CK-GOV-01" in current(app)
        assert "Motif : q3 [" in screen_text(app)
    assert view_of(app).now.state.answers["CK-GOV-01"].reason == "q3 ["


async def test_a_conflict_is_shown_explained_then_lifted(app: CareApp, dossier: Dossier) -> None:
    dossier.append(AnswerGiven("socle", 1, "CK-EXP-02", AnswerState.ANSWERED, 3))
    async with running(app) as pilot:
        show_finding(app, failing())
        await pilot.press("c")
        shown = screen_text(app)
        assert ">[!] CK-EXP-02" in current(app)
        assert "Déclaré : 3 · Mesuré : 0 à 1 · CONFLIT" in shown
        assert "Explication : à compléter (touche e)" in shown
        assert screen_lines(app)[2].rstrip().endswith("1")
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
    async with running(app) as pilot:
        await pilot.press("3")
        assert "Erreur : Le disque est plein. À faire : Libérez de la place." in screen_text(app)
        assert ">[ ]*CK-GOV-01" in current(app)


async def test_an_answer_given_in_another_window_appears(app: CareApp, tmp_path: Path) -> None:
    async with running(app) as pilot:
        with Dossier.open(tmp_path / "test.care", "autre") as other:
            other.append(AnswerGiven("socle", 1, "CK-GOV-02", AnswerState.UNKNOWN))
        await pilot.press("4")
        assert "[?] CK-GOV-02" in screen_text(app)


async def test_a_line_of_domain_takes_no_answer_and_folds(app: CareApp) -> None:
    async with running(app) as pilot:
        await pilot.press("up", "3")
        assert "Choisissez d'abord une question" in screen_text(app)
        assert "Questions répondues : 0 sur 2." in screen_text(app)
        await pilot.press("enter")
        assert "CK-GOV-01" not in screen_text(app)
        await pilot.press("u")
        assert "CK-GOV-01" in current(app), "the domain unfolds to show the question"
    assert view_of(app).now.state.answers == {}


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
    app = on_questions(dossier, content(asked, indicator(1, "EXP")))
    async with running(app, size) as pilot:
        await pilot.press("k", "k", "n")
        await pilot.press("escape")
        lines, shown = screen_lines(app), screen_text(app)
        assert len(lines) == size[1]
        assert "[bold red]rouge[/]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert app.screen.query_one(QuestionTree).virtual_size.width <= size[0]


async def test_a_tall_screen_adds_the_confidence(app: CareApp) -> None:
    async with running(app, (120, 40)) as pilot:
        await pilot.press("0")
        assert "Confiance : déclaré sans preuve 1 ·" in screen_text(app)


async def test_without_colour_every_cell_keeps_the_terminals_own(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = on_questions(dossier, content())
    async with running(app) as pilot:
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
    async with running(app) as pilot:
        await pilot.press("f1")
        assert "CK-GOV-01 : Titre de la question 1" in screen_text(app)
        await pilot.press("escape", "4")
    assert view_of(app).now.state.answers["CK-GOV-01"].level == 4


async def test_a_questionnaire_without_question_is_told_once_closed(dossier: Dossier) -> None:
    empty = content()
    nothing = replace(empty.questionnaires["socle"], indicators=())
    app = on_questions(dossier, replace(empty, questionnaires={"socle": nothing}))
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.failure is not None)
    assert isinstance(app.failure, ContentError)
    assert "aucune question" in app.failure.sentence


async def test_the_last_answer_is_taken_back_by_an_event(app: CareApp, dossier: Dossier) -> None:
    async with running(app) as pilot:
        await pilot.press("3", "4", "ctrl+z")
        assert view_of(app).now.state.answers["CK-GOV-01"].level == 3
        assert "réponse annulée" in screen_text(app)
        await pilot.press("ctrl+z")
        assert ">[ ]*CK-GOV-01" in current(app)
        await pilot.press("ctrl+z")
        assert "Aucune réponse donnée dans cette fenêtre" in screen_text(app)
    kinds = [one.kind for one in dossier.records]
    assert kinds == ["DossierCreated", *["AnswerGiven"] * 3, "AnswerWithdrawn"]


async def test_an_answer_changed_elsewhere_is_not_taken_back(app: CareApp, tmp_path: Path) -> None:
    async with running(app) as pilot:
        await pilot.press("3")
        with Dossier.open(tmp_path / "test.care", "autre") as other:
            other.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.ANSWERED, 1))
        await pilot.press("ctrl+z")
        assert "CK-GOV-01 a changé depuis votre réponse" in screen_text(app)
    assert view_of(app).now.state.answers["CK-GOV-01"].level == 1


async def test_a_question_is_found_by_its_id_or_its_words(app: CareApp) -> None:
    async with running(app) as pilot:
        await pilot.press("slash", *"exp-02", "enter")
        assert "CK-EXP-02" in current(app)
        await pilot.press("slash", *"mesure 2", "down", "enter")
        assert "CK-EXP-02" in current(app)
        await pilot.press("slash", *"rien de tel", "enter")
        assert "Rien ne correspond." in screen_text(app)
        await pilot.press("escape")


async def test_only_the_questions_of_a_trade_are_kept(dossier: Dossier) -> None:
    mine = indicator(1, "GOV", answered_by="RSSI et DSI")
    asked = content(mine, indicator(2, "GOV", answered_by="DRH"), indicator(1, "EXP"))
    app = on_questions(dossier, asked)
    async with running(app) as pilot:
        await pilot.press("m", *"drh", "enter")
        assert "DRH : 1 question sur 3." in screen_text(app)
        assert "CK-GOV-02" in current(app)
        assert "CK-EXP-01" not in screen_text(app)
        await pilot.press("m", *"rssi", "enter", "u")
        assert "CK-EXP-01" in current(app)


async def test_comments_add_up_and_show_who_and_when(app: CareApp, dossier: Dossier) -> None:
    async with running(app) as pilot:
        await pilot.press("t", *"un", "enter", "t", *"deux", "enter")
        shown = screen_text(app)
        assert ">[ ]*CK-GOV-01 # Titre" in current(app)
        await pilot.press("enter", "end")
        shown = screen_text(app)
        assert "Camille Testeur, le" in shown
    assert [one.text for one in dossier.state.comments] == ["un", "deux"]


async def test_a_question_is_marked_reached_and_unmarked(app: CareApp, dossier: Dossier) -> None:
    async with running(app) as pilot:
        await pilot.press("j", "w", "k", "r")
        assert ">[ ] CK-GOV-02 + Titre" in current(app)
        await pilot.press("w", "r")
        assert "Aucune question n'est à revoir." in screen_text(app)
    assert dossier.state.marks == {}


async def test_o_and_n_answer_yes_or_no(dossier: Dossier) -> None:
    form = AnswerForm(AnswerKind.YES_NO, yes_level=3)
    app = on_questions(dossier, content(indicator(1, "GOV", answer=form), indicator(1, "EXP")))
    async with running(app) as pilot:
        await pilot.press("o")
        assert "niveau 3 (oui)" in screen_text(app)
        await pilot.press("n")
        assert "niveau 0 (non)" in screen_text(app)
        await pilot.press("u", "o")
        assert "ne se répond pas par oui ou non" in screen_text(app)
        await pilot.press("n")
        assert "Non applicable" in screen_text(app)
        await pilot.press("escape")


async def test_the_meeting_mode_shows_one_question_a_page(app: CareApp) -> None:
    async with running(app, (120, 40)) as pilot:
        await pilot.press("f")
        await pilot.pause()
        assert "TITRE DE LA QUESTION 1" in screen_text(app)
        assert "Gouvernance" not in screen_text(app)
        await pilot.press("3")
        await pilot.pause()
        assert "(*)" in screen_text(app)
        await pilot.press("right")
        await pilot.pause()
        assert "TITRE DE LA QUESTION 2" in screen_text(app)
        await pilot.press("escape")
        assert "CK-GOV-02" in current(app)
    assert view_of(app).now.state.answers["CK-GOV-01"].level == 3


async def test_an_answer_for_some_entities_names_them(dossier: Dossier) -> None:
    said = AnswerGiven("socle", 1, "CK-GOV-02", AnswerState.PARTIAL, 3, "Un site sur deux")
    dossier.append(replace(said, entities=("990000036", "990000028")))
    app = on_questions(dossier, content())
    async with running(app, (120, 40)) as pilot:
        await pilot.press("down")
        told = "Pour Centre hospitalier du Val-Fictif, Site principal seulement."
        assert told in " ".join(screen_text(app).replace("│", " ").split())


async def test_what_is_told_of_an_answer_stays_until_the_next_question(app: CareApp) -> None:
    """Typed fast, the answer comes before the list has told that its cursor moved."""
    async with running(app) as pilot:
        node = app.screen.query_one(QuestionTree).cursor_node
        assert node is not None
        await pilot.press("3")
        app.screen.query_one(QuestionTree).post_message(Tree.NodeHighlighted(node))
        await pilot.pause()
        assert "« niveau 3 » enregistré" in screen_text(app)
        await pilot.press("down")
        assert "Entrée : lire en entier" in screen_text(app)
