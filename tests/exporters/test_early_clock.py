"""A station whose battery is dead wakes up before 1980, which a zip cannot tell."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from care_kit.exporters import office
from care_kit.exporters.package import build_package
from care_kit.model.words.errors import PackageError
from tests.exporters import sample


@pytest.fixture
def in_1975(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock the zip library reads; the station's own cannot be changed here."""
    then = datetime(1975, 3, 1, 8, tzinfo=UTC).timestamp()
    local = time.localtime
    monkeypatch.setattr(time, "time", lambda: then)
    monkeypatch.setattr(time, "localtime", lambda at=None: local(then if at is None else at))


def test_a_package_is_built_all_the_same(
    in_1975: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = build_package(sample.sample(), sample.COMPLETE, tmp_path / "a.zip").read_bytes()
    monkeypatch.undo()
    assert build_package(sample.sample(), sample.COMPLETE, tmp_path / "b.zip").read_bytes() == early


def test_a_word_document_says_to_set_the_clock(in_1975: None) -> None:
    with pytest.raises(PackageError, match="indique 1975"):
        office.refuse_early_clock()
