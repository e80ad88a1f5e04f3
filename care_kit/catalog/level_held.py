"""The threshold of the « level held » statement: shipped, or the user's own."""

from care_kit import resources
from care_kit.catalog import toml_file
from care_kit.model.level_held import HeldThreshold

_FILE = "level_held.toml"


def load_threshold() -> HeldThreshold:
    """The hypothesis in force; ContentError when the file of the overlay is malformed."""
    own = resources.overlay("checks")
    if own is not None and (own / _FILE).is_file():
        return toml_file.read(own / _FILE, HeldThreshold)
    return toml_file.read(resources.data("checks").joinpath(_FILE), HeldThreshold)
