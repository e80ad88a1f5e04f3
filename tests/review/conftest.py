"""Packages of a real dossier, as an examiner receives them."""

from pathlib import Path

import pytest

from tests.review import packages


@pytest.fixture(scope="session")
def redacted_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packages.built(tmp_path_factory.mktemp("examinateur"), "examinateur")


@pytest.fixture(scope="session")
def complete_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packages.built(tmp_path_factory.mktemp("complet"), "complet")
