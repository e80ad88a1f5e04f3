"""A file that is not what it should be gives one French sentence with the file and the place."""

from pathlib import Path

import pytest

from care_kit.catalog import toml_file
from care_kit.model.content.questionnaire import QuestionnairePart
from care_kit.model.words.errors import ContentError
from tests.catalog.conftest import shipped

PART = "questionnaires/maturin_h_securite/gov.toml"


def refusal(file: Path) -> ContentError:
    """The error that reading `file` as a questionnaire gives; its sentence names the file."""
    with pytest.raises(ContentError) as caught:
        toml_file.read(file, QuestionnairePart)
    assert f"« {file} »" in caught.value.sentence
    assert caught.value.next_step.endswith(".")
    return caught.value


def changed(folder: Path, old: str, new: str) -> Path:
    """A copy of the shipped questionnaire where the first `old` became `new`."""
    text = shipped(PART)
    assert old in text
    file = folder / "gov.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "place", "mend"),
    [
        ('title = "Responsable', 'titre = "Responsable', "CK-GOV-01].title", "obligatoire absent"),
        ("weight = 2", "weight = 2\npoids = 2", "CK-GOV-01].poids", "champ inconnu"),
        ("weight = 2", 'weight = "deux"', "CK-GOV-01].weight", "nombre entier"),
        ("weight = 2", "weight = 1.5", "CK-GOV-01].weight", "nombre entier"),
        ("socle = true", "socle = [1]", "CK-GOV-01].socle", "true ou false"),
        ("2026-11-21", '"21/11/2026"', "CK-GOV-01].source_date", "AAAA-MM-JJ"),
        ("2026-11-21", "2026-11-21T08:00:00", "CK-GOV-01].source_date", "sans heure"),
        ('"Direction"', "12", "CK-GOV-01].answered_by", "texte entre guillemets"),
        ("levels.4", "levels.haut", "CK-GOV-01].levels.haut", "nombre entier"),
        ('domain = "GOV"', "", "CK-GOV-01].domain", "obligatoire absent"),
    ],
)
def test_a_wrong_field_is_told_with_its_place_and_its_mend(
    tmp_path: Path, old: str, new: str, place: str, mend: str
) -> None:
    sentence = refusal(changed(tmp_path, old, new)).sentence
    assert f"{place} »" in sentence
    assert mend in sentence


def test_a_number_of_thousands_of_digits_is_refused(tmp_path: Path) -> None:
    file = changed(tmp_path, "weight = 2", f"weight = {'9' * 5000}")
    assert "nombre démesuré" in refusal(file).sentence


def test_a_word_outside_a_list_is_told_with_the_list(tmp_path: Path) -> None:
    file = changed(tmp_path, 'provenance = "proposed"', 'provenance = "officiel"')
    assert "('official', 'secondary', 'proposed')" in refusal(file).sentence


def test_a_list_item_without_an_id_is_told_by_its_rank(tmp_path: Path) -> None:
    file = changed(tmp_path, "validity_months = 12", "mois = 12")
    assert "« indicators[CK-GOV-01].evidence[0].mois »" in refusal(file).sentence


def test_invalid_toml_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "cassé.toml"
    file.write_text('id = "a"\ntitle = "sans fin\n', encoding="utf-8")
    error = refusal(file)
    assert "(ligne 2, colonne" in error.sentence
    assert error.next_step == "Corrigez la ligne indiquée."


def test_another_encoding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes('title = "Sécurité"'.encode("latin-1"))
    assert "pas encodé en UTF-8 (octet 10)" in refusal(file).sentence


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "bloc-notes.toml"
    file.write_bytes(b"\xef\xbb\xbf" + shipped(PART).encode())
    assert toml_file.read(file, QuestionnairePart).indicators[0].id == "CK-GOV-01"


def test_a_ten_megabyte_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "gros.toml"
    file.write_bytes(b"#" * 10_000_000)
    assert "dépasse 4 Mo" in refusal(file).sentence


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a" + ".a" * 100_000 + " = 1"])
def test_bottomless_nesting_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "profond.toml"
    file.write_text(text, encoding="utf-8")
    assert "emboîte trop" in refusal(file).sentence


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "ne peut pas être lu" in refusal(tmp_path / "absent.toml").sentence
    assert "ne peut pas être lu" in refusal(tmp_path).sentence
