import json
import sqlite3
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven, Commented, ConflictExplained
from care_kit.model.dossier.establishment import Establishment
from care_kit.model.words.errors import DossierError, InputError
from care_kit.model.words.vocabulary import AnswerState


def answer(level: int, indicator: str = "CK-GOV-01") -> AnswerGiven:
    return AnswerGiven("socle", 1, indicator, AnswerState.ANSWERED, level)


def test_the_last_answer_stands_and_the_journal_keeps_both(dossier: Dossier) -> None:
    dossier.append(answer(1))
    dossier.append(answer(3))
    assert dossier.state.answers["CK-GOV-01"].level == 3
    kinds = [json.loads(line)["kind"] for line in dossier.journal()]
    assert kinds == ["DossierCreated", "AnswerGiven", "AnswerGiven"]


def test_a_reopened_dossier_has_the_same_state(tmp_path: Path, hospital: Establishment) -> None:
    path = tmp_path / "a.care"
    with Dossier.create(path, hospital, "A") as first:
        first.append(answer(2))
        before = first.state
    with Dossier.open(path, "B") as second:
        assert second.state == before
        assert second.state.answers["CK-GOV-01"].author == "A"


def test_two_windows_on_one_dossier_lose_nothing(tmp_path: Path, hospital: Establishment) -> None:
    path = tmp_path / "a.care"
    with Dossier.create(path, hospital, "A") as one, Dossier.open(path, "B") as two:
        one.append(answer(1, "CK-GOV-01"))
        two.append(answer(2, "CK-GOV-02"))
        one.append(ConflictExplained("CK-GOV-02", "vu"))
        assert set(one.state.answers) == {"CK-GOV-01", "CK-GOV-02"}
        assert one.state.events == 4
    with Dossier.open(path, "C") as three:
        assert three.state.events == 4


def test_an_existing_file_is_never_overwritten(tmp_path: Path, hospital: Establishment) -> None:
    path = tmp_path / "a.care"
    path.write_text("précieux")
    with pytest.raises(InputError, match="existe déjà"):
        Dossier.create(path, hospital, "A")
    assert path.read_text() == "précieux"


def test_an_altered_event_breaks_the_chain_and_is_named(
    tmp_path: Path, hospital: Establishment
) -> None:
    path = tmp_path / "a.care"
    with Dossier.create(path, hospital, "A") as opened:
        opened.append(answer(1))
        opened.append(answer(2))
    raw = sqlite3.connect(path)
    raw.execute("UPDATE event SET payload = replace(payload, '\"level\":1', '\"level\":4')")
    raw.commit()
    raw.close()
    with pytest.raises(DossierError, match="n° 2"):
        Dossier.open(path, "A")


def test_a_removed_event_breaks_the_chain(tmp_path: Path, hospital: Establishment) -> None:
    path = tmp_path / "a.care"
    with Dossier.create(path, hospital, "A") as opened:
        opened.append(answer(1))
        opened.append(answer(2))
    raw = sqlite3.connect(path)
    raw.execute("DELETE FROM event WHERE seq = 2")
    raw.commit()
    raw.close()
    with pytest.raises(DossierError, match="rompue"):
        Dossier.open(path, "A")


def test_a_newer_dossier_is_refused_untouched(tmp_path: Path, hospital: Establishment) -> None:
    path = tmp_path / "a.care"
    Dossier.create(path, hospital, "A").close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    raw.commit()
    raw.close()
    before = path.read_bytes()
    with pytest.raises(DossierError, match="version plus récente"):
        Dossier.open(path, "A")
    assert path.read_bytes() == before


@pytest.mark.parametrize("share", [0.99, 0.5, 0.1, 0.0])
def test_a_truncated_file_is_refused(tmp_path: Path, hospital: Establishment, share: float) -> None:
    path = tmp_path / "a.care"
    Dossier.create(path, hospital, "A").close()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DossierError) as caught:
        Dossier.open(path, "A")
    assert str(path) in caught.value.sentence
    assert caught.value.next_step


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04" + b"x" * 500, b"\x00" * 4096, "é".encode() * 200]
)
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.care"
    path.write_bytes(content)
    with pytest.raises(DossierError, match="n'est pas un dossier"):
        Dossier.open(path, "A")


def test_a_database_that_is_not_a_dossier_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.care"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE client (id)")
    raw.commit()
    raw.close()
    with pytest.raises(DossierError, match="n'est pas un dossier"):
        Dossier.open(path, "A")


def test_a_missing_file_says_how_to_create_one(tmp_path: Path) -> None:
    with pytest.raises(DossierError) as caught:
        Dossier.open(tmp_path / "rien.care", "A")
    assert "care init" in caught.value.next_step


def test_the_closed_dossier_is_one_file(tmp_path: Path, hospital: Establishment) -> None:
    with Dossier.create(tmp_path / "a.care", hospital, "A") as opened:
        opened.append(answer(1))
    assert [path.name for path in tmp_path.iterdir()] == ["a.care"]


def test_a_text_without_end_is_refused_and_nothing_is_written(dossier: Dossier) -> None:
    before = dossier.state.events
    with pytest.raises(InputError, match="3000000 caractères"):
        dossier.append(Commented("CK-GOV-01", "x" * 3_000_000))
    assert dossier.refresh().events == before


def test_a_text_that_is_not_utf_8_is_refused_in_one_sentence(
    dossier: Dossier, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="pas en UTF-8"):
        dossier.append(Commented("CK-GOV-01", "proc\udce8s"))
    with (
        Dossier.open(dossier.path, "H\udce9l\udce8ne") as other,
        pytest.raises(InputError, match="pas en UTF-8"),
    ):
        other.append(Commented("CK-GOV-01", "x"))
