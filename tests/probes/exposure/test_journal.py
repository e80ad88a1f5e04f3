"""Finished parts on disk: what a crash leaves is gone on with, what is not ours is refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from care_kit.model.facts.exposure import PortFact, PortState
from care_kit.model.words.errors import InputError, ProbeError
from care_kit.probes.exposure import journal
from care_kit.probes.exposure.journal import Journal
from care_kit.probes.exposure.pieces import Kind, Piece

SCOPE, TOOL = "a" * 64, "care-kit 1, nmap 7.93"


def piece(address: str) -> Piece:
    return Piece(Kind.ADDRESS, address, ports=(PortFact(address, 22, PortState.OPEN),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return journal.beside(tmp_path / "ch.care")


@pytest.fixture
def interrupted(path: Path) -> Path:
    """Two finished addresses, then a crash: the file is never closed properly."""
    one = Journal.begin(path, SCOPE, TOOL)
    one.keep(piece("192.0.2.1"))
    one.keep(piece("192.0.2.2"))
    return path


def test_finished_parts_come_back_as_they_were(interrupted: Path) -> None:
    again = Journal.resume(interrupted, SCOPE, TOOL)
    assert list(again.pieces.values()) == [piece("192.0.2.1"), piece("192.0.2.2")]


def test_each_sitting_is_timed(interrupted: Path) -> None:
    again = Journal.resume(interrupted, SCOPE, TOOL)
    again.keep(piece("192.0.2.3"))
    first, second = again.sittings
    assert first.started <= first.last <= second.started <= second.last


@pytest.mark.parametrize("lost", [1, 40])
def test_a_line_cut_by_a_crash_loses_only_its_part(interrupted: Path, lost: int) -> None:
    interrupted.write_bytes(interrupted.read_bytes()[:-lost])
    again = Journal.resume(interrupted, SCOPE, TOOL)
    assert [key for _kind, key in again.pieces] == ["192.0.2.1"]
    again.keep(piece("192.0.2.9"))
    again.close(remove=False)
    last = Journal.resume(interrupted, SCOPE, TOOL)
    assert [key for _kind, key in last.pieces] == ["192.0.2.1", "192.0.2.9"]


def test_a_changed_line_and_what_follows_it_are_read_again(interrupted: Path) -> None:
    interrupted.write_bytes(interrupted.read_bytes().replace(b'"192.0.2.1"', b'"192.0.2.7"'))
    assert Journal.resume(interrupted, SCOPE, TOOL).pieces == {}


@pytest.mark.parametrize(
    ("scope", "tool", "sentence"),
    [
        ("b" * 64, TOOL, "avec un autre périmètre"),
        (SCOPE, "care-kit 1, connexions TCP simples", "avec d'autres moyens"),
    ],
)
def test_another_scope_or_other_means_are_refused(
    interrupted: Path, scope: str, tool: str, sentence: str
) -> None:
    with pytest.raises(ProbeError, match=sentence):
        Journal.resume(interrupted, scope, tool)


def test_a_stale_run_is_refused(interrupted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock cannot be moved here: the age allowed is."""
    monkeypatch.setattr(journal, "MOST_AGE", timedelta(0))
    with pytest.raises(ProbeError, match="trop ancien"):
        Journal.resume(interrupted, SCOPE, TOOL)


@pytest.mark.parametrize("content", [b"", b"bonjour\n", b"\xff" * 300])
def test_a_file_that_is_not_one_of_ours_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ProbeError, match="abîmé"):
        Journal.resume(path, SCOPE, TOOL)


def test_without_a_file_there_is_nothing_to_resume(path: Path) -> None:
    with pytest.raises(ProbeError, match="Aucun relevé interrompu"):
        Journal.resume(path, SCOPE, TOOL)


def opened(dossier: Path, *, resume: bool = False, restart: bool = False) -> Journal:
    return journal.open_beside(dossier, SCOPE, TOOL, resume=resume, restart=restart)


def test_an_interrupted_run_is_proposed_never_thrown_away_in_silence(interrupted: Path) -> None:
    dossier = interrupted.with_name("ch.care")
    with pytest.raises(InputError) as caught:
        opened(dossier)
    assert "--resume" in caught.value.next_step
    assert "--restart" in caught.value.next_step
    assert len(opened(dossier, resume=True).pieces) == 2
    assert opened(dossier, restart=True).pieces == {}


def test_the_file_is_for_its_owner_and_goes_once_its_reading_is_kept(path: Path) -> None:
    one = Journal.begin(path, SCOPE, TOOL)
    assert path.stat().st_mode & 0o077 == 0
    one.close(remove=True)
    assert not path.exists()


def test_moments_are_in_universal_time(path: Path) -> None:
    (sitting,) = Journal.begin(path, SCOPE, TOOL).sittings
    assert abs(sitting.started - datetime.now(UTC)) < timedelta(minutes=1)
