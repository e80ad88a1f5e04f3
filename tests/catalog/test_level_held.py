"""A hospital may work under another hypothesis, in its own folder."""

from pathlib import Path

import pytest

from care_kit import resources
from care_kit.catalog.level_held import load_threshold
from care_kit.model.words.errors import ContentError

SHIPPED = resources.data("checks").joinpath("level_held.toml").read_text("utf-8")


def own(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_KIT_OVERLAY", str(folder))
    (folder / "checks").mkdir()
    (folder / "checks" / "level_held.toml").write_text(text, encoding="utf-8")


def test_the_overlay_file_replaces_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(tmp_path, SHIPPED + "max_high = 5\n", monkeypatch)
    assert load_threshold().max_high == 5


def test_a_malformed_threshold_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(tmp_path, SHIPPED + 'max_medium = "peu"\n', monkeypatch)
    with pytest.raises(ContentError, match="max_medium"):
        load_threshold()
