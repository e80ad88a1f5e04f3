"""The verdict, said once the documents were opened; Enter leads to where each thing is done."""

from dataclasses import replace

from care_kit.catalog.content import Content
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import (
    ActionPlanned,
    AnswerGiven,
    EvidenceAdded,
    ProgrammeFollowed,
)
from care_kit.model.content.programme import Piece
from care_kit.model.formats.codec import sha512
from care_kit.model.words.vocabulary import AnswerState, Provenance
from care_kit.tui.app import CareApp
from tests.tui.screens.test_funding import OBJECTIVE, flat, with_programmes
from tests.tui.small import SOURCE, TODAY, app_on, running, screen_lines, screen_text, until

OPTIONAL = Piece("P1.O1.B", "Pièce facultative", False, Provenance.PROPOSED, SOURCE)


def with_a_piece() -> Content:
    known = with_programmes()
    objective = replace(OBJECTIVE, pieces=(OPTIONAL,))
    programme = replace(known.programmes["p1"], objectives=(objective,))
    return replace(known, programmes={**known.programmes, "p1": programme})


def app_of(dossier: Dossier) -> CareApp:
    return app_on(dossier, with_a_piece, place="precheck")


def answered(dossier: Dossier, *indicators: str) -> None:
    for one in indicators:
        dossier.append(AnswerGiven("socle", 1, one, AnswerState.ANSWERED, 1))


async def test_blocking_remarks_come_first_and_lead_to_their_question(dossier: Dossier) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        assert "[X] Pas prêt : aucun programme suivi ; 2 points bloquants" in screen_lines(app)[1]
        assert "> [!!] bloquant CK-GOV-01" in screen_text(app)
        await pilot.press("v", "v")
        assert "gravité : à revoir" in screen_text(app)
        assert "[!!]" not in screen_text(app)
        await pilot.press("v", "v", "slash", *"exp-01", "enter")
        assert "1 remarque · gravité : toutes · filtre : « exp-01 »" in screen_text(app)
        assert "Entrée : Questionnaire" in screen_text(app)
        await pilot.press("enter")
        assert "CK-EXP-01 · socle · [ ] sans réponse" in screen_text(app)
        await pilot.press("f12", "slash", "home", "shift+end", *"programme", "enter", "enter")
        assert "TLP:RED · Financement" in screen_lines(app)[0]


async def test_ready_is_said_only_once_nothing_blocks(dossier: Dossier) -> None:
    dossier.append(ProgrammeFollowed("p1", True))
    answered(dossier, "CK-GOV-01")
    app = app_of(dossier)
    async with running(app) as pilot:
        await until(pilot, lambda: "[X] Pas prêt : 1 point bloquant" in screen_text(app))
        answered(dossier, "CK-EXP-01")
        await until(pilot, lambda: "[v] Prêt : 0 point bloquant" in screen_text(app))


async def test_a_document_that_does_not_open_is_told(dossier: Dossier) -> None:
    dossier.append(ProgrammeFollowed("p1", True))
    torn = b"%PDF-1.7 torn"
    dossier.append(
        EvidenceAdded(
            evidence_id="e1",
            name="\x1b[31mcharte.pdf",
            title="Charte",
            media_type="application/pdf",
            size=len(torn),
            sha512=sha512(torn),
            effective=TODAY,
            subjects=(OPTIONAL.id,),
        ),
        torn,
    )
    app = app_of(dossier)
    async with running(app) as pilot:
        await pilot.press("slash", *"charte.pdf", "enter")
        await until(pilot, lambda: "charte.pdf » " in flat(app))
        await pilot.press("enter")
        assert "TLP:RED · Preuves" in screen_lines(app)[0]


async def test_a_deadline_leads_to_its_action(dossier: Dossier) -> None:
    for number in (1, 2):
        dossier.append(ActionPlanned(f"a{number}", f"Action {number}", (), (), due=TODAY))
    app = app_of(dossier)
    async with running(app) as pilot:
        await pilot.press("e", "down")
        assert "2 échéances" in screen_text(app)
        assert "> [ >] en cours 21/11/2026 · action · Action 2" in screen_text(app)
        await pilot.press("enter")
        assert "TLP:RED · Plan" in screen_lines(app)[0]
        await until(pilot, lambda: "Si tout est fait" in screen_text(app))
        assert "Action 2" in next(line for line in screen_lines(app) if line.startswith("> "))
