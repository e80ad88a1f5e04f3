"""The threshold of the « level held » statement: shipped, or the user's own."""

from care_kit.catalog import toml_file
from care_kit.catalog.folders import winner
from care_kit.model.results.level_held import HeldThreshold


def load_threshold() -> HeldThreshold:
    """The hypothesis in force; ContentError when the file of the overlay is malformed."""
    return toml_file.read(winner("checks", "level_held.toml"), HeldThreshold)
