"""Finds shipped content in a wheel, a checkout, or the user's overlay folder."""

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

OVERLAY_VARIABLE = "CARE_KIT_OVERLAY"


def data(kind: str) -> Traversable:
    """Folder of shipped content (`checks`, `questionnaires`, `templates`, `exports`)."""
    packaged = files("care_kit").joinpath("_data", kind)
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").is_file():
        return checkout / kind
    raise FileNotFoundError(kind)


def overlay(kind: str) -> Path | None:
    """The user's own folder for that kind of content, or None when there is none."""
    root = os.environ.get(OVERLAY_VARIABLE)
    if root is None:
        from platformdirs import user_data_dir

        root = user_data_dir("care-kit", appauthor=False)
    folder = Path(root) / kind
    return folder if folder.is_dir() else None
