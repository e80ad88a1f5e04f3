"""YAML made to harm is refused before it costs anything."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care_kit.catalog.authoring import yaml_file
from care_kit.model.words.errors import InputError

LAUGHS = "a0: &a0 [lol, lol]\n" + "".join(
    f"a{rank}: &a{rank} [{', '.join([f'*a{rank - 1}'] * 9)}]\n" for rank in range(1, 10)
)


def refusal(folder: Path, text: str | bytes) -> str:
    file = folder / "a.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as caught:
        yaml_file.read(file)
    assert f"« {file} »" in caught.value.sentence
    return caught.value.sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (LAUGHS, "grossir sans mesure"),
        ("a: &a [*a]\n", "grossir sans mesure"),
        ("a: &a x\nb: [" + ", ".join(["*a"] * 1_001) + "]\n", "trop d'éléments"),
        ("[" * 100, "trop de niveaux"),
        ("a: " + "[" * 100_000, "trop de niveaux"),
        ("- 1\n" * 700_000, "trop d'éléments"),
        ("a: " + "9" * 5_000, "nombre démesuré"),
        ("a: " + ":".join(["1"] * 50_000), "nombre démesuré"),
        ("a: !!python/object/apply:os.system [ls]\n", "pas un fichier YAML lisible"),
        ("a: [1\n", "(ligne 2, colonne 1)"),
        ("a: 1\n--- \nb: 2\n", "pas un fichier YAML lisible"),
        ("- 1\n", "ne contient pas de bibliothèque"),
        ("", "ne contient pas de bibliothèque"),
        (b"\xff\xfe\x00", "pas un fichier YAML lisible"),
        (b"a: \xe9\n", "pas un fichier YAML lisible"),
        ("#" * 4_100_000, "dépasse 4 Mo"),
    ],
)
def test_it_is_refused(tmp_path: Path, text: str | bytes, sentence: str) -> None:
    assert sentence in refusal(tmp_path, text)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ne peut pas être lu"):
        yaml_file.read(tmp_path / "absent.yaml")


def test_an_honest_alias_is_followed(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: &a [1, 2]\nb: *a\n", encoding="utf-8")
    assert yaml_file.read(file) == {"a": [1, 2], "b": [1, 2]}


@settings(max_examples=300)
@given(
    st.one_of(st.binary(max_size=200), st.text(alphabet="-:[]{}&*!?|>'\"#a1 \n\t<=", max_size=80))
)
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: object
) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    file.write_bytes(raw if isinstance(raw, bytes) else str(raw).encode())
    try:
        assert isinstance(yaml_file.read(file), dict)
    except InputError as error:
        assert error.sentence.endswith(".")
