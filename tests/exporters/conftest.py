"""Packages built once per test session from the sample GHT."""

import zipfile
from pathlib import Path

import pytest

from care_kit.exporters.package import build_package
from tests.exporters import sample


@pytest.fixture(scope="session")
def redacted_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_package(sample.sample(), sample.REDACTED, tmp_path_factory.mktemp("examinateur"))


@pytest.fixture(scope="session")
def complete_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_package(sample.sample(), sample.COMPLETE, tmp_path_factory.mktemp("complet"))


def extracted(package: Path, into: Path) -> Path:
    """The top folder of a package, as a reader gets it."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(into)
    return into / package.stem
