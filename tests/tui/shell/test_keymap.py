"""`touches.toml`: taken when it makes sense, refused in one sentence when it does not."""

from pathlib import Path

import pytest

from care_kit.model.words.errors import InputError
from care_kit.tui.shell import keymap, keys


def written(folder: Path, text: str) -> Path:
    file = folder / "touches.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_no_file_changes_nothing(tmp_path: Path) -> None:
    assert keymap.read(tmp_path / "touches.toml") == {}


def test_keys_are_taken_by_the_name_of_their_command(tmp_path: Path) -> None:
    file = written(tmp_path, 'sans_reponse = "ctrl+n"\nchercher = "ctrl+f, slash"\n')
    assert keymap.read(file) == {"sans_reponse": "ctrl+n", "chercher": "ctrl+f, slash"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('inconnue = "u"', "la commande « inconnue » n'existe pas"),
        ('chercher = "pouet"', "la touche « pouet » est inconnue"),
        ("chercher = 3", "« chercher » attend une touche entre guillemets"),
        ('chercher = ""', "« chercher » attend une touche entre guillemets"),
        ("chercher =", "ce n'est pas du TOML"),
        ('chercher = "u"', "la touche « u » sert à « sans_reponse » et « chercher »"),
        ('chercher = "f8"', "la touche « f8 » sert à « Plan » et « chercher »"),
        ('chercher = "q"', "la touche « q » sert à « chercher » et « quitter »"),
    ],
)
def test_one_sentence_tells_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError) as refusal:
        keymap.read(written(tmp_path, text))
    assert told in refusal.value.sentence


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "touches.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="ne peut pas être lu"):
        keymap.read(file)


def test_every_binding_has_a_french_name_of_its_own_and_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs/fr/terminal.md").read_text(encoding="utf-8")
    for bindings in (*keys.BY_PLACE.values(), keys.APPLICATION):
        names = [one.id for one in bindings]
        assert all(names)
        assert len(set(names)) == len(names)
        for one in bindings:
            assert f"| {one.description} | `{one.id}` |" in page


def test_no_place_gives_one_key_to_two_commands() -> None:
    for bindings in keys.BY_PLACE.values():
        taken = [key for one in (*bindings, *keys.APPLICATION) for key in one.key.split(",")]
        assert sorted(set(taken)) == sorted(taken)
