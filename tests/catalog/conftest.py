"""The shipped files read one by one, and an overlay folder to break them in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from care_kit import resources
from care_kit.catalog import content, toml_file
from care_kit.model.content.programme import Programme
from care_kit.model.content.questionnaire import Indicator, Questionnaire


@pytest.fixture(scope="session")
def every() -> content.Content:
    """All shipped content, without the overlay of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(resources.OVERLAY_VARIABLE, "no-such-folder")
        return content.read()


@pytest.fixture(scope="session")
def indicators(every: content.Content) -> list[Indicator]:
    """Every indicator shipped, once."""
    return list(every.indicators)


@pytest.fixture(scope="session")
def socle(every: content.Content) -> Questionnaire:
    return every.questionnaires["socle"]


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
        """Write one file, such as `exports/examinateur.toml`; the content is to be read again."""
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
    """Text of a shipped file, such as `questionnaires/programmes/care_d1.toml`."""
    kind, *rest = name.split("/")
    return resources.data(kind).joinpath(*rest).read_text("utf-8")
