"""French typography of the texts shipped in the questionnaire and the programme."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli

from care_kit import resources

ROOT = resources.data("questionnaires")
FILES = [str(file.relative_to(ROOT)) for file in Path(str(ROOT)).rglob("*.toml")]
BREAKABLE = re.compile(r" [?!;:»%]|« |[^\s\u00a0(][?!;»](?!\w)|\w:(?!//)")
ANGLICISMS = re.compile(
    r"\b(mail|email|backup|reporting|phishing|hacker|firewall|patch|scan|monitoring|process"
    r"|checklist|deadline|implémenter|supporté|digital)s?\b",
    re.IGNORECASE,
)


def content(name: str) -> object:
    return tomli.loads(Path(str(ROOT), name).read_text("utf-8"))


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


@pytest.mark.parametrize("name", FILES)
def test_double_punctuation_never_starts_a_line(name: str) -> None:
    found = [text for text in texts(content(name)) if BREAKABLE.search(text)]
    assert found == []


@pytest.mark.parametrize("name", FILES)
def test_french_words_are_used_where_french_has_them(name: str) -> None:
    prose = (re.sub(r"https://\S+", "", text) for text in texts(content(name)))
    assert [text for text in prose if ANGLICISMS.search(text)] == []


@pytest.mark.parametrize(
    "wrong", ["Qui décide ?", "Une part de 10 %", "« oui »", "Qui décide?", "Trois points: un"]
)
def test_a_slip_would_be_seen(wrong: str) -> None:
    assert BREAKABLE.search(wrong)
