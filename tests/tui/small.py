"""A content of four questions in two domains, and the screen read back as lines of text."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from care_kit.assessment.standing.situation import reassess
from care_kit.catalog.content import Content
from care_kit.dossier.dossier import Dossier
from care_kit.model.content.check import Check, ControlPoints
from care_kit.model.content.questionnaire import (
    Domain,
    ExpectedEvidence,
    Indicator,
    Measured,
    MeasuredBy,
    Questionnaire,
    Reference,
)
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import ProbeKind, Provenance, Severity, Verdict
from care_kit.tui.app import CareApp
from care_kit.tui.screens.place import PlaceScreen
from care_kit.tui.views.view import View
from care_kit.tui.work.session import Session

TODAY = date(2026, 11, 21)
SOURCE = "Contenu fictif pour les essais"
CHECK = "TLS-OLD"


def indicator(number: int, domain: str, **changes: Any) -> Indicator:
    """A question of the small questionnaire."""
    fields: dict[str, Any] = {
        "id": f"CK-{domain}-{number:02d}",
        "domain": domain,
        "title": f"Titre de la question {number}",
        "question": f"La mesure {number} est-elle en place ?",
        "why": "Le soin en dépend.",
        "answered_by": "RSSI",
        "levels": {0: "Rien.", 1: "Un début.", 3: "En place.", 4: "En place et vérifié."},
        "evidence": (ExpectedEvidence("Compte rendu daté", 12),),
        "references": (Reference("Guide fictif", "7"),),
        "provenance": Provenance.PROPOSED,
        "source": SOURCE,
        "source_date": TODAY,
        "socle": number == 1,
        "help": "Demandez au service informatique.",
    }
    return Indicator(**{**fields, **changes})


def content(*questions: Indicator) -> Content:
    """The given questions, or four: two in each domain, the last one measured by a check."""
    asked = questions or (
        indicator(1, "GOV"),
        indicator(2, "GOV"),
        indicator(1, "EXP"),
        indicator(2, "EXP", measured=Measured((MeasuredBy(CHECK, 1),), pass_at_least=2)),
    )
    questionnaire = Questionnaire(
        id="socle",
        version=1,
        title="Petit questionnaire",
        notice="Fictif.",
        provenance=Provenance.PROPOSED,
        source=SOURCE,
        domains=(Domain("GOV", "Gouvernance"), Domain("EXP", "Exposition et accès distants")),
        indicators=asked,
    )
    check = Check(
        id=CHECK,
        family=ProbeKind.EXPOSURE,
        title="Version de TLS abandonnée",
        why="Elle se déchiffre.",
        remediation="La désactiver.",
        provenance=Provenance.PROPOSED,
        source=SOURCE,
        source_date=TODAY,
        severity=Severity.HIGH,
    )
    points = ControlPoints(SOURCE, TODAY, Provenance.PROPOSED, ())
    return Content({"socle": questionnaire}, {}, {}, {CHECK: check}, points, {}, {})


def failing() -> Finding:
    """A probe saw the check fail."""
    return Finding(
        CHECK, "vpn.example", Verdict.FAIL, "TLS 1.0 accepté.", 443, severity=Severity.HIGH
    )


def app_on(
    dossier: Dossier,
    read: Callable[[], Content] | None = None,
    today: date = TODAY,
    **options: Any,
) -> CareApp:
    """The application on a dossier and a content (by default the small one)."""
    return CareApp(
        lambda: Session(dossier, (read or content)(), today), dossier.path.name, **options
    )


def on_questions(dossier: Dossier, asked: Content) -> CareApp:
    """The application, to open on the questionnaire."""
    return app_on(dossier, lambda: asked, place="questions")


def show_finding(app: CareApp, *findings: Finding) -> None:
    """Give the application findings a probe would have brought (no probe runs here)."""
    now = view_of(app).now
    assert app.session is not None
    app.session.show(reassess(now, findings=findings))
    here = app.screen
    assert isinstance(here, PlaceScreen)
    here.show(app.session.view)


@asynccontextmanager
async def running(app: CareApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """The application, once its first place is drawn."""
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(app.failure) or len(app.screen_stack) > 1)
        assert app.failure is None, app.failure
        await pilot.pause()
        yield pilot


def view_of(app: CareApp) -> View:
    """What the application knows now."""
    assert app.session is not None
    return app.session.view


async def until(pilot: Pilot[None], wanted: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for what a worker brings; fails when it does not come."""
    for _ in range(int(seconds / 0.05)):
        await pilot.pause(0.05)
        if wanted():
            return
    raise AssertionError("it did not come")


def screen_lines(app: App[Any]) -> list[str]:
    """What the terminal shows, line by line, without colour, non-breaking spaces made ordinary.

    Textual offers no public way to read the screen.
    """
    strips = app.screen._compositor.render_strips()
    lines = ("".join(segment.text for segment in strip) for strip in strips)
    return [line.replace("\u00a0", " ") for line in lines]


def screen_text(app: App[Any]) -> str:
    """The same, as one text."""
    return "\n".join(screen_lines(app))
