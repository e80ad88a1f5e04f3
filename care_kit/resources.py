"""Finds shipped content in a wheel, a checkout, or the user's overlay folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

OVERLAY_VARIABLE = "CARE_KIT_OVERLAY"
_SET: ContextVar[Path | None] = ContextVar("overlay", default=None)


def data(kind: str) -> Traversable:
    """Folder of shipped content (`checks`, `questionnaires`, `templates`, `exports`)."""
    packaged = files("care_kit").joinpath("_data", kind)
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").is_file():
        return checkout / kind
    raise FileNotFoundError(kind)


def overlay_path(kind: str) -> Path:
    """Where the user's own content of that kind is kept; the folder may not exist yet."""
    root = _SET.get() or os.environ.get(OVERLAY_VARIABLE)
    if root is None:
        from platformdirs import user_data_dir

        root = user_data_dir("care-kit", appauthor=False)
    return Path(root) / kind


def overlay(kind: str) -> Path | None:
    """The user's own folder for that kind of content, or None when there is none."""
    folder = overlay_path(kind)
    return folder if folder.is_dir() else None


@contextmanager
def overlaid(root: Path) -> Iterator[None]:
    """Within the block, `root` is the overlay, for this thread alone."""
    before = _SET.set(root)
    try:
        yield
    finally:
        _SET.reset(before)
