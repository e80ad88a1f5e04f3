"""`care reported`: typed, followed, set beside the measure, and kept in the journal."""

import re
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.model.dossier.reported import ReportedStatus
from care_kit.model.facts.exposure import PortState
from tests.assessment.readings.samples import store
from tests.cli.conftest import Care

ADD = (
    *("reported", "add", "--source", "SILENE", "--date", "2026-10-01"),
    *("--title", "Bureau à distance publié", "--reference", "S-12", "--severity", "high"),
    *("--check", "exp-rdp"),
)


def test_a_finding_is_typed_then_followed(started: Care, tmp_path: Path) -> None:
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        store(opened, 0, PortState.OPEN)
    added = started(*ADD)
    assert added.code == 0, added.err
    found = re.search(r"Constat (\w+) noté", added.out)
    assert found is not None
    followed = started("reported", "follow", found.group(1), "--status", "fixed")
    assert followed.code == 0, followed.err
    shown = " ".join(started("reported", "list").out.split())
    assert "[!]" in shown
    assert "SILENE S-12 (01/10/2026, élevée) - Bureau à distance publié" in shown
    assert "Dit corrigé, mais la sonde voit un échec." in shown


def test_both_events_stay_in_the_journal(started: Care, tmp_path: Path) -> None:
    started(*ADD)
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        (one,) = opened.state.reported.values()
    started("reported", "follow", one.id, "--status", "unseen")
    out = started("journal").out
    assert "constat d'un rapport reçu" in out
    assert "suite d'un constat reçu" in out
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        (later,) = opened.state.reported.values()
    assert (later.status, later.title) == (ReportedStatus.UNSEEN, one.title)


def test_an_empty_list_says_what_to_do(started: Care) -> None:
    assert "care reported add" in started("reported", "list").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*ADD, "--check", "EXP-RIEN"), "n'existe pas"),
        ((*ADD, "--severity", "grave"), "gravité"),
        ((*ADD, "--status", "parti"), "suite possible"),
        ((*ADD, "--date", "2999-01-01"), "futur"),
        ((*ADD, "--title", " "), "--title"),
        (("reported", "follow", "zz", "--status", "fixed"), "Aucun constat"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_noted(
    started: Care, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = started(*arguments)
    assert result.refused_clearly, result
    assert said in result.err
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        assert not opened.state.reported
