"""A dozen screens, as a person without colour sees them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_evidence
from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.events import AnswerGiven, ReviewMarked
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import AnswerState, Severity, Verdict
from care_kit.tui.app import CareApp
from tests.tui.small import CHECK, app_on, failing, running, screen_lines, show_finding, until
from tests.tui.snapshots import assert_same

SMALL, LARGE = (80, 24), (120, 40)
FOUND = (
    replace(failing(), objects=("vpn.example", "portail.example")),
    Finding(CHECK, "www.example", Verdict.PASS, "Rien à signaler.", 443, severity=Severity.HIGH),
    Finding(CHECK, "mail.example", Verdict.NOT_TESTED, "Port fermé.", 25, severity=Severity.HIGH),
)
SCREENS = [
    ("accueil", "home", SMALL, ""),
    ("accueil-large", "home", LARGE, ""),
    ("questionnaire", "questions", SMALL, ""),
    ("questionnaire-large", "questions", LARGE, "c"),
    ("questionnaire-recherche", "questions", SMALL, "slash"),
    ("questionnaire-aide", "questions", SMALL, "f1"),
    ("reunion", "questions", SMALL, "f"),
    ("constats", "findings", SMALL, ""),
    ("constats-groupes", "findings", LARGE, "r"),
    ("constats-accepter", "findings", SMALL, "x"),
    ("preuves", "evidence", SMALL, ""),
    ("preuves-joindre", "evidence", SMALL, "n"),
    ("sondes", "probes", SMALL, ""),
    ("sondes-annuaire", "probes", SMALL, "d"),
    ("journal", "journal", SMALL, ""),
]


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every event bears the same moment, the first one too."""
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    sealed = Record.sealed
    monkeypatch.setattr(Record, "sealed", lambda record: sealed(replace(record, at=at.isoformat())))


@pytest.fixture
def used(one_moment: None, dossier: Dossier, tmp_path: Path) -> Dossier:
    """Two answers, a mark and a piece."""
    dossier.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.ANSWERED, 3))
    dossier.append(AnswerGiven("socle", 1, "CK-EXP-02", AnswerState.ANSWERED, 3))
    dossier.append(ReviewMarked("CK-GOV-02", True))
    file = tmp_path / "pssi.txt"
    file.write_text("Politique signée.\nRelue chaque année.", encoding="utf-8")
    add_evidence(dossier, file, ["CK-GOV-01"], date(2026, 3, 31), "PSSI")
    return dossier


async def shown(app: CareApp, pilot: Pilot[None], place: str, key: str) -> None:
    show_finding(app, *FOUND)
    if place == "findings":
        await until(pilot, lambda: "3 constats" in screen_lines(app)[1])
    if key:
        await pilot.press(key)
    await pilot.pause(0.3)


@pytest.mark.parametrize(("name", "place", "size", "key"), SCREENS, ids=[one[0] for one in SCREENS])
async def test_the_screen_is_as_it_was_read(
    used: Dossier, name: str, place: str, size: tuple[int, int], key: str
) -> None:
    app = app_on(used, place=place)
    async with running(app, size) as pilot:
        await shown(app, pilot, place, key)
        assert_same(app, name)
