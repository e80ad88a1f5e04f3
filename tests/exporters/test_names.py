"""File names are safe everywhere, whatever the name they come from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.exporters.names import Numbered, safe


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Politique de sécurité.pdf", "Politique_de_securite.pdf"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\Windows\\x.exe", "C_Windows_x.exe"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("", "sans_nom"),
        ("...", "sans_nom"),
        ("日本", "sans_nom"),
        ("a" * 300 + ".pdf", "a" * 56 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_stays_recognisable(name: str, expected: str) -> None:
    assert safe(name) == expected


@given(st.text(max_size=400))
def test_any_text_gives_a_short_ascii_name(text: str) -> None:
    name = safe(text)
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,60}", name)
    assert not name.endswith((".", " "))


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=30))
def test_paths_never_collide_even_without_regard_to_case(pairs: list[tuple[str, str]]) -> None:
    numbered = Numbered()
    paths = [numbered.path(folder, name).lower() for folder, name in pairs]
    assert len(set(paths)) == len(paths)
