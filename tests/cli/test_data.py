"""`care data`: the age of the catalogue is always shown, an update is whole or nothing."""

import json
from pathlib import Path

import pytest

from care_kit.catalog import kev
from care_kit.cli.terminal import options
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_reading
from care_kit.model.facts.exposure import ExposureFacts, HttpFact, Outcome
from care_kit.model.formats import codec
from tests.assessment.readings.samples import HOST, statement
from tests.catalog.test_kev import TODAY, document, raw
from tests.cli.conftest import Care


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "today", lambda: TODAY)


def test_the_shipped_edition_shows_that_it_no_longer_serves(care: Care) -> None:
    result = care("data", "show")
    assert result.code == 0, result.err
    for words in ("2025.08.25", "25/08/2025", "453", "1\u202f404", "ne sert plus"):
        assert words in result.out


def test_a_recent_edition_replaces_it_without_warning(care: Care, tmp_path: Path) -> None:
    (tmp_path / "kev.json").write_bytes(raw())
    result = care("data", "import", "kev.json")
    assert result.code == 0, result.err
    assert "SHA-512" in result.out
    shown = care("data", "show").out
    assert "2026.11.10, importé" in shown
    assert "[!]" not in shown + result.out
    assert "[?]" not in shown


def test_an_edition_over_a_month_old_warns(care: Care, tmp_path: Path) -> None:
    old = document(catalogVersion="2026.10.01", dateReleased="2026-10-01T10:00:00Z")
    (tmp_path / "kev.json").write_text(json.dumps(old), encoding="utf-8")
    assert "plus de 30 jours" in care("data", "import", "kev.json").out


def test_a_refused_edition_leaves_the_one_in_place(care: Care, tmp_path: Path) -> None:
    (tmp_path / "kev.json").write_bytes(raw())
    care("data", "import", "kev.json")
    before = kev.own_file().read_bytes()
    (tmp_path / "vieux.json").write_bytes(raw(catalogVersion="2026.11.09"))
    result = care("data", "import", "vieux.json")
    assert result.refused_clearly
    assert "plus ancien" in result.err
    assert kev.own_file().read_bytes() == before


def test_a_file_that_is_not_there_is_told(care: Care) -> None:
    assert care("data", "import", "rien.json").refused_clearly


def test_a_damaged_edition_is_mended_by_importing_it_again(care: Care, tmp_path: Path) -> None:
    (tmp_path / "kev.json").write_bytes(raw())
    care("data", "import", "kev.json")
    kev.own_file().write_bytes(b"\x1f\x8b not gzip")
    assert "care data import" in care("data", "show").err
    assert care("data", "import", "kev.json").code == 0
    assert "2026.11.10" in care("data", "show").out


def test_the_tables_show_their_date_and_source(care: Care) -> None:
    out = care("data", "show").out
    assert out.count("table au 21/11/2026") == 2
    assert "endoflife.date" in out


def test_an_imported_edition_makes_the_checks_decide(started: Care, tmp_path: Path) -> None:
    """The reading itself does not change: only what is known on the day it is judged."""
    said = statement(0)
    page = HttpFact(
        "www.ch.example", HOST, 443, True, Outcome.ACCEPTED, 200, (("Server", "nginx"),)
    )
    facts = codec.compress(
        codec.canonical(ExposureFacts(said.started, "externe", "", http=(page,)))
    )
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        add_reading(opened, facts, said)
    before = started("findings", "--check", "KEV-WEB").out
    assert "non testé" in before
    assert "453 jours" in " ".join(before.replace("\xa0", " ").split())
    (tmp_path / "kev.json").write_bytes(raw())
    started("data", "import", "kev.json")
    after = started("findings", "--check", "KEV-WEB").out
    assert "conforme" in after
    assert "2026.11.10" in after
