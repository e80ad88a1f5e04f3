"""A copy taken on site comes back: looked at, then merged whole or not at all."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry import merging
from care_kit.dossier.entry.adding import add_evidence
from care_kit.dossier.journal.events import Commented, Event, SpendingRecorded
from care_kit.model.dossier.establishment import Establishment
from care_kit.model.words.errors import CareError, DossierError, InputError
from tests.dossier.folding.test_disputes import CONTRARY, spent
from tests.dossier.journal.samples import answer


@pytest.fixture
def pair(tmp_path: Path, hospital: Establishment) -> tuple[Path, Path]:
    """A dossier and its copy, each of which then went its way."""
    mine, copy = tmp_path / "hopital.care", tmp_path / "copie.care"
    with Dossier.create(mine, hospital, "Camille") as made:
        made.append(answer("Q0", 2))
        made.append(spent("devis", 1000))
    shutil.copy(mine, copy)
    document = tmp_path / "compte rendu.txt"
    document.write_text("Exercice de crise du 3 mars 2026, compte rendu.")
    with Dossier.open(mine, "Camille") as made:
        made.append_all([answer("Q1", 1), answer("Q3", 3)])
    with Dossier.open(copy, "Denis") as made:
        made.append_all([answer("Q1", 4), answer("Q2", 2), Commented("Q2", "vu sur site")])
        add_evidence(made, document, ["Q2"], None)
    return mine, copy


def merged(mine: Path, copy: Path) -> merging.Coming:
    with Dossier.open(mine, "Camille") as opened, merging.opened_copy(copy) as other:
        coming = merging.look(opened, other)
        assert merging.merge(opened, other, coming) == coming.state
    return coming


def test_what_would_come_is_told_and_nothing_is_written(pair: tuple[Path, Path]) -> None:
    mine, copy = pair
    before = mine.read_bytes()
    with Dossier.open(mine, "Camille") as opened, merging.opened_copy(copy) as other:
        coming = merging.look(opened, other)
    assert [(one.kind, one.number, one.authors) for one in coming.kinds] == [
        ("réponse donnée", 2, ("Denis",)),
        ("commentaire", 1, ("Denis",)),
        ("preuve jointe", 1, ("Denis",)),
    ]
    assert [one.title for one in coming.conflicts] == ["réponse Q1"]
    assert (coming.ahead, len(coming.blobs)) == (2, 1)
    assert mine.read_bytes() == before


def test_everything_comes_with_its_bytes_and_both_ways_give_one_dossier(
    pair: tuple[Path, Path],
) -> None:
    mine, copy = pair
    merged(mine, copy)
    merged(copy, mine)
    with Dossier.open(mine, "C") as one, Dossier.open(copy, "D") as other:
        assert one.journal() == other.journal() and one.state == other.state
        assert set(one.state.answers) == {"Q0", "Q1", "Q2", "Q3"}
        (piece,) = one.state.evidence.values()
        assert b"compte rendu" in one.blob(piece.sha512)
        assert len(one.state.heads) == 2
        assert len(one.append(Commented("Q1", "suite")).heads) == 1
    again = merged(copy, mine)
    assert len(again.records) == 1 and not merged(copy, mine).records


def test_a_merge_is_seen_by_a_window_already_open(pair: tuple[Path, Path]) -> None:
    mine, copy = pair
    with Dossier.open(mine, "fenêtre") as window:
        merged(mine, copy)
        state = window.refresh()
        assert state.disputes and set(state.answers) == {"Q0", "Q1", "Q2", "Q3"}
        assert len(window.append(Commented("Q1", "ici")).heads) == 1
        with Dossier.open(mine, "C") as other:
            assert other.state == window.state


def test_a_state_sealed_before_a_merge_keeps_its_own_journal(pair: tuple[Path, Path]) -> None:
    mine, copy = pair
    with Dossier.open(mine, "Camille") as opened:
        sealed, lines = opened.state, opened.journal()
        merged(mine, copy)
        opened.refresh()
        assert opened.journal(sealed) == lines != opened.journal()


def test_another_dossier_is_refused(pair: tuple[Path, Path], hospital: Establishment) -> None:
    mine, _ = pair
    other = mine.with_name("autre.care")
    Dossier.create(other, hospital, "A").close()
    with pytest.raises(InputError, match="autre dossier"):
        merged(mine, other)
    with pytest.raises(InputError, match="lui-même"):
        merging.refuse_itself(mine, mine.parent / "." / mine.name)


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM blob WHERE sha512 IN (SELECT sha512 FROM blob ORDER BY rowid DESC LIMIT 1)",
        "UPDATE blob SET bytes = X'00'",
        "UPDATE event SET payload = replace(payload, '\"level\":4', '\"level\":3')",
        "UPDATE event SET author = 'Faux' WHERE author = 'Denis'",
        "DELETE FROM event WHERE kind = 'Commented'",
        "UPDATE event SET also = hash",
    ],
)
def test_a_copy_that_does_not_hold_brings_nothing(pair: tuple[Path, Path], harm: str) -> None:
    mine, copy = pair
    raw = sqlite3.connect(copy)
    raw.execute(harm)
    raw.commit()
    raw.close()
    with pytest.raises(DossierError):
        merged(mine, copy)
    with Dossier.open(mine, "C") as opened:
        assert opened.state.events == 5 and not opened.kept()


@pytest.mark.parametrize(
    "change",
    [
        {"author": "Faux"},
        {"previous": "0" * 64},
        {"previous": "ab" * 32},
        {"seq": 99},
        {"payload": {"indicator": "Q1"}},
        {"kind": "FundsGranted"},
        {"at": "hier"},
    ],
)
@pytest.mark.parametrize("resealed", [False, True])
def test_records_that_do_not_hold_are_refused_before_a_line_is_written(
    pair: tuple[Path, Path], change: dict[str, Any], resealed: bool
) -> None:
    """What comes from elsewhere without a dossier around it: `Dossier.take` trusts nothing."""
    mine, copy = pair
    with merging.opened_copy(copy) as other:
        given = list(other.records)
    forged = replace(given[-1], **change)
    if resealed and "author" not in change:  # an author may say what they like under their name
        forged = replace(forged, salts={}).sealed()
    given[-1] = forged
    before = mine.read_bytes()
    with Dossier.open(mine, "A") as opened:
        with pytest.raises(DossierError):
            opened.take(given)
        assert opened.refresh().events == 5
    assert mine.read_bytes() == before


def test_a_conflict_is_ended_by_whoever_chooses(pair: tuple[Path, Path]) -> None:
    mine, copy = pair
    merged(mine, copy)
    with Dossier.open(mine, "Rachida") as opened:
        assert opened.state.answers["Q1"].level == 1, "the lowest counts meanwhile"
        (dispute,) = opened.state.disputes
        four = next(one for one in dispute.candidates if one.author == "Denis")
        found = merging.find(opened.state, four.record[:8])
        state = opened.append_all(merging.ending(opened, *found))
        assert not state.disputes
        assert (state.answers["Q1"].level, state.answers["Q1"].author) == (4, "Rachida")
        with pytest.raises(InputError, match="ne désigne"):
            merging.find(state, four.record[:8])


@pytest.mark.parametrize("kept", [0, 1])
@pytest.mark.parametrize("family, one, other", CONTRARY, ids=[one[0] for one in CONTRARY])
def test_every_kind_of_conflict_ends_by_choosing_either_word(
    tmp_path: Path, hospital: Establishment, family: str, one: Event, other: Event, kept: int
) -> None:
    mine, copy = tmp_path / "a.care", tmp_path / "b.care"
    with Dossier.create(mine, hospital, "A") as made:
        made.append(spent("devis", 1000))
    shutil.copy(mine, copy)
    for path, event in ((mine, one), (copy, other)):
        with Dossier.open(path, path.stem) as opened:
            opened.append(event)
    merged(mine, copy)
    with Dossier.open(mine, "C") as opened:
        (dispute,) = opened.state.disputes
        chosen = next(each for each in dispute.candidates if each.author == "ab"[kept])
        if family == "migration":
            with pytest.raises(InputError, match="ne se choisissent pas"):
                merging.ending(opened, dispute, chosen)
            return
        state = opened.append_all(merging.ending(opened, dispute, chosen))
        assert not state.disputes
        said = (one, other)[kept]
        if isinstance(said, SpendingRecorded):
            assert said.spending_id in {each.id for each in state.spending}
        lines = [each for each in (one, other) if isinstance(each, SpendingRecorded)]
        if len(lines) == 2:
            assert len([each for each in state.spending if each.id in "AB"]) == 1


MERGE = """
import sys
from pathlib import Path
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry import merging
with Dossier.open(Path(sys.argv[1]), "A") as mine, merging.opened_copy(Path(sys.argv[2])) as copy:
    coming = merging.look(mine, copy)
    print("prêt", flush=True)
    sys.stdin.readline()
    merging.merge(mine, copy, coming)
    print("fait", flush=True)
"""


@pytest.mark.parametrize("delay_ms", [0, 0.5, 1, 1.5, 2, 3, 4, 6, 9, 15])
def test_a_merge_killed_leaves_the_dossier_before_or_after(
    pair: tuple[Path, Path], delay_ms: float
) -> None:
    mine, copy = pair
    process = subprocess.Popen(
        [sys.executable, "-c", MERGE, str(mine), str(copy)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin and process.stdout
    process.stdout.readline()
    process.stdin.write(b"\n")
    process.stdin.flush()
    time.sleep(delay_ms / 1000)
    os.kill(process.pid, signal.SIGKILL)
    told = process.stdout.read().decode()
    process.wait()
    with Dossier.open(mine, "B") as opened:
        assert (opened.state.events, len(opened.kept())) in {(5, 0), (9, 1)}
        assert "fait" not in told or opened.state.events == 9
        for piece in opened.state.evidence.values():
            assert opened.blob(piece.sha512)
    assert merged(mine, copy).state.events == 9


def test_a_full_disk_or_a_refusal_in_the_middle_writes_nothing(pair: tuple[Path, Path]) -> None:
    mine, copy = pair
    raw = sqlite3.connect(mine)
    raw.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON event WHEN NEW.kind = 'EvidenceAdded' "
        "BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    raw.commit()
    raw.close()
    with Dossier.open(mine, "A") as opened, merging.opened_copy(copy) as other:
        coming = merging.look(opened, other)
        with pytest.raises(CareError):
            merging.merge(opened, other, coming)
        assert opened.refresh().events == 5 and not opened.kept()
