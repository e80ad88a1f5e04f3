"""Nothing from the network can drive a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from care_kit.probes.exposure.text import clean, clean_lines, escaped


def test_terminal_sequences_disappear() -> None:
    assert clean("\x1b[31mrouge\x1b[0m \x1b]0;titre\x07fin") == "rouge fin"


def test_direction_overrides_disappear() -> None:
    assert clean("ab\u202ecd") == "ab cd"


def test_line_breaks_survive_only_where_asked() -> None:
    assert clean("a\nb") == "a b"
    assert clean_lines("a\r\n\x07b") == "a\nb"


def test_a_binary_banner_is_shown_as_ascii() -> None:
    assert escaped(b"\xff\xfdlogin:\x1b") == "\\xff\\xfdlogin:\\x1b"


@given(st.binary() | st.text())
def test_the_result_is_always_printable_and_bounded(value: bytes | str) -> None:
    assert clean(value).isprintable()
    assert len(clean(value, 50)) <= 50
