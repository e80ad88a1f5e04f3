"""Where the dossier stands, and Enter on what to do."""

from dataclasses import replace

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.answering import given
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.words.vocabulary import AnswerState
from care_kit.tui.app import CareApp
from tests.tui.small import (
    TODAY,
    app_on,
    content,
    failing,
    indicator,
    running,
    screen_lines,
    screen_text,
    show_finding,
    until,
)


async def test_each_domain_has_its_figures_together(dossier: Dossier) -> None:
    dossier.append(AnswerGiven("socle", 1, "CK-EXP-02", AnswerState.ANSWERED, 3))
    app = app_on(dossier)
    async with running(app) as pilot:
        show_finding(app, failing())
        await pilot.pause()
        rows = [" ".join(line.split()) for line in screen_lines(app)]
        assert rows[1] == "Petit questionnaire Niveau Indice Couv. Prouvé Conflits"
        assert rows[4] == "Exposition et accès distants 0 à 4 0 à 87,5 50 % 1/2 [!] 1"
        assert "Conflit à expliquer : CK-EXP-02" in screen_text(app)


async def test_enter_on_a_step_goes_where_it_is_done(dossier: Dossier) -> None:
    app = app_on(dossier)
    async with running(app) as pilot:
        await pilot.press("down", "enter")
        assert "TLP:RED · Questionnaire" in screen_lines(app)[0]
        assert "CK-EXP-01 · socle · [ ] sans réponse" in screen_text(app)
        await pilot.press("4", "f2")
        assert "> Lancer la sonde « annuaire »" in screen_text(app)
        assert "(socle) : CK-EXP-01" not in screen_text(app)
        await pilot.press("enter")
        assert "TLP:RED · Sondes" in screen_lines(app)[0]
        assert "Touche d : lancer la sonde « annuaire »." in screen_text(app)


async def test_answers_to_older_questions_are_shown_then_recorded(dossier: Dossier) -> None:
    older = content(indicator(1, "GOV"), indicator(2, "GOV"), indicator(9, "GOV"))
    for name in ("CK-GOV-01", "CK-GOV-02", "CK-GOV-09"):
        dossier.append(given(older.questionnaires["socle"], name, "3", today=TODAY))
    changed = content(indicator(1, "GOV"), indicator(2, "GOV", question="Tout autre chose ?"))
    asked = replace(changed.questionnaires["socle"], version=2)
    app = app_on(dossier, lambda: replace(changed, questionnaires={"socle": asked}))
    async with running(app, (120, 40)) as pilot:
        assert "> Le questionnaire a changé depuis vos réponses" in screen_text(app)
        await pilot.press("enter")
        shown = screen_text(app)
        for told in ("Reprise telle quelle (1)", "question a changé (1)", "plus posée (1)"):
            assert told in shown
        await pilot.press("enter")
        assert "Enregistré : le journal garde" in screen_text(app)
        assert "Le questionnaire a changé depuis" not in screen_text(app)
    answers = dossier.state.answers
    assert [one.questionnaire_version for one in answers.values()] == [2, 1, 1]
    assert [one.level for one in answers.values()] == [3, 3, 3]


async def test_without_older_answers_the_palette_entry_says_so(app: CareApp) -> None:
    async with running(app) as pilot:
        await pilot.press("f2")
        await app.run_action("migrate", app.screen)
        await pilot.pause()
        assert "données aux questions en vigueur" in screen_text(app)


async def test_the_establishment_is_corrected_from_here(dossier: Dossier) -> None:
    app = app_on(dossier)
    async with running(app) as pilot:
        await pilot.press("e")
        assert "Représentant légal, nom et qualité" in screen_text(app)
        await pilot.press(*"D. Exemple", *["shift+tab"] * 3, "end", *" corrigée")
        await pilot.press(*["enter"] * 4)
        await until(pilot, lambda: dossier.refresh().legal_representative == "D. Exemple")
        assert "Établissement corrigé" in screen_text(app)
    assert dossier.state.establishment.region.endswith(" corrigée")
    assert dossier.state.establishment.name == "GHT de démonstration"


async def test_a_correction_that_does_not_fit_is_refused_in_the_window(dossier: Dossier) -> None:
    app = app_on(dossier)
    before = dossier.state.events
    async with running(app) as pilot:
        await pilot.press("e", "enter")
        assert "Rien ne change" in screen_text(app)
    assert dossier.refresh().events == before
