"""Lines of spending judged, an invoice for a quote, the ceiling, the three papers."""

from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot

from care_kit.catalog.content import Content
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import ProgrammeFollowed
from care_kit.model.content.programme import Objective, Programme
from care_kit.model.words.vocabulary import Provenance
from care_kit.tui.app import CareApp
from tests.tui.small import SOURCE, app_on, content, running, screen_text, until

OBJECTIVE = Objective(
    "P1.O1", "Sauvegarder", "Une sauvegarde hors ligne", "Tous", Provenance.PROPOSED, SOURCE
)


def with_programmes() -> Content:
    """The small content, and two fictitious programmes."""
    first = Programme(
        id="p1",
        version=1,
        title="Programme fictif [b]un",
        text="Texte fictif",
        counter="Guichet fictif",
        notice="Fictif.",
        provenance=Provenance.PROPOSED,
        source=SOURCE,
        objectives=(OBJECTIVE,),
    )
    second = replace(first, id="p2", title="Programme fictif deux")
    return replace(content(), programmes={"p1": first, "p2": second})


def app_of(dossier: Dossier) -> CareApp:
    return app_on(dossier, with_programmes, place="funding")


def flat(app: CareApp) -> str:
    """The screen with single spaces."""
    return " ".join(screen_text(app).split())


async def typed(pilot: Pilot[None], *texts: str) -> None:
    """Each text in its field; an empty one keeps what is there."""
    for text in texts:
        await pilot.press(*text, "enter")


async def test_a_quote_counts_then_its_invoice_takes_its_place(dossier: Dossier) -> None:
    dossier.append(ProgrammeFollowed("p2", True))
    app = app_of(dossier)
    async with running(app, (200, 40)) as pilot:
        assert "p2 [x] suivi · Programme fictif deux · candidature" in flat(app)
        assert "Aucune dépense saisie pour ce programme (touche n)." in flat(app)
        await pilot.press("n")
        await typed(pilot, "Audit \u202e[b]", "p1.o1", "12,000", "devis", *[""] * 7)
        assert "« 12,000 » n'est pas un montant en euros." in flat(app)
        await pilot.press(*["shift+tab"] * 8)
        await typed(pilot, "12 000,50", *[""] * 8)
        assert "[x] retenue 12 000,50 € devis Audit [b]" in flat(app)
        await pilot.press("c")
        await typed(pilot, "10 000", "Courrier du 21/05/2024", "")
        assert "Montant demandé : 10 000,00 €" in flat(app)
        await pilot.press("f")
        await pilot.press(*["tab"] * 2)
        await typed(pilot, "F-1", "", "31/02/2026", "", "")
        assert "« 31/02/2026 » n'est pas une date." in flat(app)
        await pilot.press(*["shift+tab"] * 2)
        await typed(pilot, "28/02/2026", "", "")
        assert "[?] à compléter 12 000,50 € facture Audit [b]" in flat(app)
        assert "La période d'éligibilité des dépenses est à compléter." in flat(app)
        await pilot.press("t")
        await typed(pilot, "01/01/2026", "31/12/2026", "Convention")
        assert "[x] retenue 12 000,50 € facture" in flat(app)
    assert [(one.label, one.number) for one in dossier.state.spending] == [("Audit [b]", "F-1")]


async def test_a_programme_and_a_paper_are_chosen_then_written(
    dossier: Dossier, tmp_path: Path
) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        assert "p1 [ ] non suivi · Programme fictif [b]un" in screen_text(app)
        await pilot.press("p", *"deux", "enter", "o", "d", "p")
        assert "p2 [x] suivi · Programme fictif deux · demande de paiement" in flat(app)
        await pilot.press("w", "home", "shift+end", *str(tmp_path / "remise"), "enter")
        await until(pilot, lambda: "Demande de paiement écrite dans" in flat(app), 60)
    assert sorted(one.suffix for one in (tmp_path / "remise").iterdir()) == [
        ".docx",
        ".pdf",
        ".xlsx",
    ]


async def test_a_line_is_withdrawn_with_a_reason(dossier: Dossier) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        await pilot.press("n")
        await typed(pilot, "Doublon", "p1.o1", "10", *[""] * 8)
        await pilot.press("x", *"saisie deux fois", "enter")
        assert "Dépense retirée : Doublon." in flat(app)
    assert dossier.state.spending == ()
