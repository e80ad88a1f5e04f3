"""Texts others wrote are made safe without being otherwise changed."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from care_kit.model.words.text import printable


def test_what_could_deceive_or_break_is_gone_and_the_rest_stays() -> None:
    assert printable("a\x00b\x1b[2J\x9bc\u202ed\ufffe\ud800") == "ab[2Jcd"
    assert printable("« été »\r\n\tfin\r") == "« été »\n\tfin\n"


@given(st.text(alphabet=st.characters(exclude_characters="<&")))
def test_what_is_left_is_valid_xml(text: str) -> None:
    ElementTree.fromstring(f"<a>{printable(text)}</a>")
