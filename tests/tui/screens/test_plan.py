"""Actions typed, changed, withdrawn, proposed, and what a budget holds."""

from dataclasses import replace

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.planning import TypedAction, planned
from care_kit.dossier.journal.events import ActionPlanned, AnswerGiven
from care_kit.model.words.vocabulary import AnswerState
from tests.tui.small import app_on, content, running, screen_lines, screen_text, until


def action(number: int, **typed: str) -> ActionPlanned:
    return planned(content(), replace(TypedAction(f"Action {number}"), **typed), f"{number:08}")


def answered(dossier: Dossier, indicator: str, level: int) -> None:
    dossier.append(AnswerGiven("socle", 1, indicator, AnswerState.ANSWERED, level))


async def test_an_action_is_typed_and_what_it_would_change_is_simulated(dossier: Dossier) -> None:
    answered(dossier, "CK-GOV-01", 1)
    app = app_on(dossier, place="plan")
    async with running(app, (120, 40)) as pilot:
        assert "Aucune action (touche s" in screen_text(app)
        await pilot.press("n", *"Écrire [b]la PSSI", "enter", *"ck-gov-09:3", *["enter"] * 8)
        assert "« ck-gov-09:3 » n'est pas une question" in screen_text(app)
        await pilot.press(*["shift+tab"] * 7, *"ck-gov-01:3")
        await pilot.press(*["tab"] * 4, *"1 200,50", *["enter"] * 4)
        await until(pilot, lambda: "Si elle est faite" in screen_text(app))
        shown = " ".join(screen_text(app).split())
        assert "Action ajoutée : Écrire [b]la PSSI." in shown
        assert "> [ ] à faire +12,6 1 200,50 € Écrire [b]la PSSI" in shown
        assert "- CK-GOV-01 Titre de la question 1" in shown
        assert "indice 6,2 à 81,2 → 18,8 à 93,8" in shown
    saved = next(iter(dossier.state.actions.values()))
    assert (saved.levels, str(saved.purchase)) == ((("CK-GOV-01", 3),), "1200.50")


async def test_a_budget_leaves_out_what_it_does_not_hold(dossier: Dossier) -> None:
    answered(dossier, "CK-GOV-01", 1)
    dossier.append(action(1, levels="CK-GOV-01:4", purchase="9000"))
    dossier.append(action(2, levels="CK-GOV-02:4", person_days="2"))
    app = app_on(dossier, place="plan")
    async with running(app) as pilot:
        await until(pilot, lambda: "Si tout est fait" in screen_text(app))
        assert "hors budget" not in screen_text(app)
        await pilot.press("b", *"dix", "enter", "enter")
        assert "« dix » n'est pas un montant en euros." in screen_text(app)
        await pilot.press("shift+tab", *"1000", "enter", *"350", "enter")
        await until(pilot, lambda: "[-] hors budget" in screen_text(app))
        assert (
            "2 actions · ensemble 700,00 € · 2 j internes · budget 1 000,00 € · jour 350,00 €"
            in " ".join(screen_lines(app)[1].split())
        )
        assert "700,00 €  Action 2" in screen_text(app)


async def test_an_action_is_changed_then_withdrawn_with_a_reason(dossier: Dossier) -> None:
    dossier.append(action(1, levels="CK-GOV-01:3", owner="DSI"))
    app = app_on(dossier, place="plan")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("e", *["tab"] * 6, *"en cours", "enter")
        assert "[>] en cours" in screen_text(app)
        await pilot.press("x", "enter")
        assert "Le retrait d'une action demande un motif." in screen_text(app)
        await pilot.press(*"doublon", "enter")
        assert "Action retirée : Action 1." in screen_text(app)
    assert dossier.state.actions == {}


async def test_suggestions_are_taken_one_by_one_then_all(dossier: Dossier) -> None:
    for name in ("CK-GOV-01", "CK-GOV-02", "CK-EXP-01"):
        answered(dossier, name, 1)
    app = app_on(dossier, place="plan")
    async with running(app) as pilot:
        await pilot.press("s")
        assert "3 actions proposées pour atteindre le niveau 3" in screen_lines(app)[0]
        await pilot.press("down", "enter")
        assert "2 actions proposées" in screen_lines(app)[0]
        assert "Action ajoutée : Porter « Titre de la question 2 » au niveau 3." in screen_text(app)
        await pilot.press("4", "t")
        assert "2 actions ajoutées au plan." in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "3 actions" in screen_lines(app)[1])
    assert sorted(one.levels for one in dossier.state.actions.values()) == [
        (("CK-EXP-01", 4),),
        (("CK-GOV-01", 4),),
        (("CK-GOV-02", 3),),
    ]
