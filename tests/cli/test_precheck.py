"""The pre-check and the calendar as of a day, from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.conftest import Care
from tests.dossier.papers import pdf

OVERLAY = """
id = "essai"
version = 1
title = "Programme d'essai"
text = "Texte"
counter = "Guichet"
notice = "Essai."
provenance = "secondary"
source = "essai"
file_types = ["application/pdf"]
file_bytes = 5000000

[[objectives]]
id = "E.1"
title = "Objectif d'essai"
target = "Une politique à jour."
who = "Tous"
provenance = "secondary"
source = "essai"

[[objectives.pieces]]
id = "E.1-POLITIQUE"
title = "Politique"
mandatory = true
validity_months = 12
signed = true
provenance = "secondary"
source = "essai"
"""


@pytest.fixture
def applying(started: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Care:
    """A dossier that follows a small programme, every question of its run answered at level 2."""
    from care_kit.catalog.content import load

    folder = tmp_path / "own" / "questionnaires" / "programmes"
    folder.mkdir(parents=True)
    (folder / "essai.toml").write_text(OVERLAY, encoding="utf-8")
    monkeypatch.setenv("CARE_KIT_OVERLAY", str(tmp_path / "own"))
    load.cache_clear()
    assert started("programme", "follow", "essai").code == 0
    asked = load().questionnaires["socle"].indicators
    answers = "".join(f'[[answers]]\nindicator = "{one.id}"\nsaid = "2"\n' for one in asked)
    (tmp_path / "r.toml").write_text(answers, encoding="utf-8")
    assert started("answer", "--from", "r.toml").code == 0
    (tmp_path / "pssi.pdf").write_bytes(pdf("Politique"))
    return started


@pytest.fixture(autouse=True)
def fresh_content() -> Iterator[None]:
    """Content read with an overlay must not outlive the test."""
    from care_kit.catalog.content import load

    yield
    load.cache_clear()


def attach(care: Care, *more: str) -> None:
    result = care("evidence", "add", "pssi.pdf", "--for", "E.1-POLITIQUE", *more)
    assert result.code == 0, result.err


def test_a_piece_that_expires_the_day_before_the_deposit_makes_the_file_not_ready(
    applying: Care,
) -> None:
    attach(applying, "--date", "2025-03-30", "--signed-by", "La directrice")
    ready = applying("precheck", "--on", "2026-03-30")
    assert (ready.code, ready.out.splitlines()[-1]) == (
        0,
        "0\u00a0point bloquant, 0 à revoir, 0 à prévoir : prêt.",
    )
    late = applying("precheck", "--on", "2026-03-31")
    assert late.code == 1
    assert "30/03/2026" in late.out
    assert late.out.splitlines()[-1].endswith(": pas prêt.")


def test_without_the_piece_or_its_signature_the_file_is_not_ready(applying: Care) -> None:
    assert applying("precheck").code == 1
    attach(applying, "--date", "2026-01-01")
    unsigned = applying("precheck", "--on", "2026-03-31")
    assert unsigned.code == 1
    assert "représentant légal" in " ".join(unsigned.out.split())


def test_a_withdrawn_piece_no_longer_counts(applying: Care) -> None:
    attach(applying, "--date", "2026-01-01", "--signed-by", "La directrice")
    assert applying("precheck", "--on", "2026-03-31").code == 0
    listed = applying("evidence", "list").out
    assert "La directrice" in listed
    short_id = listed.splitlines()[2].split()[0]
    assert applying("evidence", "withdraw", short_id, "--reason", "Erreur").code == 0
    assert applying("precheck", "--on", "2026-03-31").code == 1


def test_without_a_programme_the_file_is_never_ready(applying: Care) -> None:
    applying("programme", "leave", "essai")
    result = applying("precheck")
    assert result.code == 1
    assert result.out.splitlines()[-1].endswith(": pas prêt.")


@pytest.mark.parametrize("name", ["liste.html", "liste.pdf"])
def test_the_checklist_is_written(applying: Care, tmp_path: Path, name: str) -> None:
    result = applying("precheck", "--checklist", name)
    assert name in result.err
    assert (tmp_path / name).read_bytes()[:5] in (b"%PDF-", b"<!DOC")


def test_the_calendar_tells_what_ends_and_when(applying: Care, tmp_path: Path) -> None:
    attach(applying, "--date", "2025-03-30", "--signed-by", "La directrice")
    ahead = applying("calendar", "--on", "2026-03-30").out
    assert "en cours" in ahead
    assert "30/03/2026" in ahead
    (row,) = json.loads(applying("calendar", "--on", "2026-03-31", "--json").out)
    assert (row["state"], row["ends"], row["subject"]) == ("overdue", "2026-03-30", "E.1-POLITIQUE")
    assert applying("calendar", "--ics", "a.ics").code == 0
    (event,) = Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert "cesse d'être valable" in str(event["summary"])


def test_a_calendar_with_nothing_in_it_says_so(started: Care) -> None:
    assert "Aucune échéance" in started("calendar").out


def test_a_calendar_that_cannot_be_written_is_told(applying: Care) -> None:
    assert applying("calendar", "--ics", "absent/a.ics").refused_clearly
