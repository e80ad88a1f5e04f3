"""`care export opssies` and `care verify-opssies`, as a user types them."""

from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.model.facts.exposure import PortState
from tests.assessment.readings.samples import store
from tests.cli.conftest import Care
from tests.review.opssies_sample import NAME, SOUND, altered, written

PROVIDER = ("--company", "AUDITPLUS", "--company-name", "Audit Plus", "--siret", "73282932000074")


@pytest.fixture
def measured(started: Care, tmp_path: Path) -> Care:
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        store(opened, 0, PortState.CLOSED)
        store(opened, 30, PortState.CLOSED, view="interne")
    return started


def test_a_file_is_prepared_then_accepted(measured: Care, tmp_path: Path) -> None:
    result = measured("export", "opssies", *PROVIDER, "--level", "1", "--to", "sortie")
    assert result.code == 0, result.err
    assert "Seul un prestataire embarqué" in " ".join(result.out.split())
    (path,) = (tmp_path / "sortie").iterdir()
    checked = measured("verify-opssies", str(path))
    assert checked.code == 0, checked.out
    assert "forme et fond" in checked.out


def test_the_level_is_never_made_up(measured: Care) -> None:
    result = measured("export", "opssies", *PROVIDER)
    assert result.refused_clearly
    assert "--level" in result.err


def test_a_view_from_the_inside_is_refused(measured: Care, tmp_path: Path) -> None:
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        inside = opened.state.readings[-1].id
    result = measured("export", "opssies", *PROVIDER, "--level", "1", "--reading", inside[:8])
    assert result.refused_clearly
    assert "ce qu'internet voit" in result.err


def test_data_flags_need_a_count(measured: Care) -> None:
    result = measured("export", "opssies", *PROVIDER, "--level", "1", "--health-data")
    assert "--users" in result.err


def test_without_a_reading_nothing_is_written(started: Care, tmp_path: Path) -> None:
    result = started("export", "opssies", *PROVIDER, "--level", "1")
    assert result.refused_clearly
    assert not list(tmp_path.glob("*.json"))


def test_each_problem_is_one_line_with_its_path(care: Care, tmp_path: Path) -> None:
    written(tmp_path, altered("events", "event", 0, "tlp", to="red"))
    result = care("verify-opssies", NAME)
    assert result.code == 1
    assert "[X] events.event[0].tlp : « red »" in result.out
    assert "1\u00a0problème" in result.out


def test_a_sound_file_says_what_was_not_checked(care: Care, tmp_path: Path) -> None:
    written(tmp_path, SOUND)
    assert "sa règle n'est pas publique" in care("verify-opssies", NAME).out


def test_a_file_that_is_not_there_is_told(care: Care) -> None:
    assert care("verify-opssies", "rien.json").refused_clearly
