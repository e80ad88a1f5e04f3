"""The mapping from another tool's rules to ANSSI's points: shipped, or the user's own."""

from care_kit.catalog import folders, toml_file
from care_kit.catalog.content import load
from care_kit.model.content.rule_mapping import RuleMapping
from care_kit.model.words.errors import ContentError

_PINGCASTLE = "mappings/pingcastle.toml"


def pingcastle() -> RuleMapping:
    """PingCastle's mapping; ContentError when it is malformed or names an unknown point."""
    file = folders.winner("checks", _PINGCASTLE)
    mapping = toml_file.read(file, RuleMapping)
    known = {point.id for point in load().points.points}
    for rule, points in mapping.rules.items():
        for point in points:
            if point not in known:
                raise ContentError(
                    f"Dans « {file} », à « rules.{rule} » : point {point} inconnu.",
                    "Reprenez un identifiant de anssi_points.toml.",
                )
    return mapping
