"""The shipped files read one by one, and an overlay folder to break them in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from care_kit import resources
from care_kit.catalog import content, toml_file
from care_kit.model.programme import Programme
from care_kit.model.questionnaire import Questionnaire


@pytest.fixture
def socle() -> Questionnaire:
    return toml_file.read(resources.data("questionnaires").joinpath("socle.toml"), Questionnaire)


@pytest.fixture
def d1() -> Programme:
    return toml_file.read(
        resources.data("questionnaires").joinpath("programmes", "care_d1.toml"), Programme
    )


class Overlay:
    """The user's own content folder; what is written in it replaces or joins the shipped files."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str) -> Path:
        """Write one file, such as `questionnaires/socle.toml`; the content is to be read again."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        content.load.cache_clear()
        return file


@pytest.fixture
def overlay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Overlay]:
    """An empty overlay: not the one of whoever runs the tests."""
    monkeypatch.setenv(resources.OVERLAY_VARIABLE, str(tmp_path))
    content.load.cache_clear()
    yield Overlay(tmp_path)
    content.load.cache_clear()


def shipped(name: str) -> str:
    """Text of a shipped file, such as `questionnaires/socle.toml`."""
    kind, *rest = name.split("/")
    return resources.data(kind).joinpath(*rest).read_text("utf-8")
