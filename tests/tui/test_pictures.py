"""The page of the terminal shows pictures that exist, open, and fetch nothing from elsewhere."""

import re
from xml.etree import ElementTree

import pytest

from tests.tui.pictures import FOLDER, PICTURES

PAGE = FOLDER.parent / "terminal.md"
SVG = "{http://www.w3.org/2000/svg}"


def test_the_page_shows_every_picture_and_no_other() -> None:
    shown = re.findall(r"!\[[^]]{20,}\]\(images/(\w+)\.svg\)", PAGE.read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(PICTURES)
    assert sorted(one.stem for one in FOLDER.iterdir()) == sorted(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_opens_and_shows_its_words(name: str) -> None:
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    drawn = " ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))
    assert PICTURES[name].words in drawn.replace("\u00a0", " ")
    assert "url(http" not in text
    assert "@import" not in text
