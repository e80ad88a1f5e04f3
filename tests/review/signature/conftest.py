"""An authority and a package of its own for each test: companions are written beside it."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Care, care
from tests.review.signature.authority import PASSPHRASE, Authority

__all__ = ["Care", "care"]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.made(tmp_path_factory.mktemp("autorite"))


@pytest.fixture
def package(redacted_package: Path, tmp_path: Path) -> Path:
    (tmp_path / "remise").mkdir()
    return Path(shutil.copy(redacted_package, tmp_path / "remise"))


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_SIGN_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("CARE_SIGN_PIN", "1234")
