"""What became of each id between two states of a content."""

from pathlib import Path

import pytest

from care_kit.catalog.authoring.diff import Became, Change, compare
from care_kit.model.words.errors import InputError
from tests.catalog.authoring.conftest import objective
from tests.catalog.conftest import shipped

GOV = "questionnaires/maturin_h_securite/gov.toml"


def became(folder: Path, old: str, new: str) -> dict[str, Change]:
    (folder / "old.toml").write_text(old, encoding="utf-8")
    (folder / "new.toml").write_text(new, encoding="utf-8")
    return {one.id: one for one in compare(folder / "old.toml", folder / "new.toml")}


def changed(folder: Path, old: str, new: str) -> Change:
    """The fate of CK-GOV-01 when the first `old` of its file becomes `new`."""
    text = shipped(GOV)
    assert old in text
    return became(folder, text, text.replace(old, new, 1))["CK-GOV-01"]


def test_the_same_text_is_carried(tmp_path: Path) -> None:
    found = became(tmp_path, shipped(GOV), "# relu\n" + shipped(GOV))
    assert {one.became for one in found.values()} == {Became.CARRIED}


def test_another_question_is_to_be_reviewed(tmp_path: Path) -> None:
    found = changed(tmp_path, "Qui répond de la sécurité", "Qui est chargé de la sécurité")
    assert (found.became, found.fields) == (Became.REWORDED, ("question",))


def test_another_level_sentence_changes_the_scale(tmp_path: Path) -> None:
    found = changed(tmp_path, "Personne n'est désigné", "Nul n'est désigné")
    assert (found.became, found.fields) == (Became.SCALE, ("levels",))


def test_another_source_leaves_the_answers_valid_but_is_told(tmp_path: Path) -> None:
    found = changed(tmp_path, "source_date = 2026-11-21", "source_date = 2026-11-22")
    assert (found.became, found.fields) == (Became.CARRIED, ("source_date",))


def test_another_target_changes_the_scale_of_an_objective(tmp_path: Path) -> None:
    found = became(tmp_path, objective(), objective(target="Une autre cible."))
    assert found["ESSAI-1"].became is Became.SCALE


def test_ids_of_one_side_only_are_new_or_gone(tmp_path: Path) -> None:
    found = became(tmp_path, objective(), objective().replace("ESSAI-1", "ESSAI-2"))
    assert found["ESSAI-1"].became is Became.GONE
    assert found["ESSAI-2"].became is Became.NEW


def test_two_folders_are_compared_whole(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / name / "a.toml").write_text(objective(), encoding="utf-8")
    (tmp_path / "new" / "deep" / "gov.toml").write_text(shipped(GOV), encoding="utf-8")
    found = {one.id: one.became for one in compare(tmp_path / "old", tmp_path / "new")}
    assert found["ESSAI-1"] is Became.CARRIED
    assert found["CK-GOV-01"] is Became.NEW


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a = 1\n", "n'est pas un fichier de contenu"),
        ("a = [\n", "n'est pas un TOML valide"),
        (objective().replace("version = 1", "version = 1.5"), "à « version »"),
        (shipped("exports/complet.toml"), "ni indicateur, ni objectif"),
    ],
)
def test_what_cannot_be_compared_is_told(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        became(tmp_path, text, text)


def test_one_id_declared_twice_is_told(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(objective(), encoding="utf-8")
    with pytest.raises(InputError, match="déclaré deux fois"):
        compare(tmp_path, tmp_path)
