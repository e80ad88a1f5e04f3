"""The exposure readings in the workbook: counts over time, and the last two compared."""

from care_kit.exporters.material import Material
from care_kit.exporters.table import Sheet, columns
from care_kit.model.words.french import instant
from care_kit.model.words.vocabulary import Severity


def exposure_sheets(material: Material) -> tuple[Sheet, ...]:
    """Two sheets, none without an exposure reading."""
    if not material.progress.history:
        return ()
    return _readings(material), _changes(material)


def _readings(material: Material) -> Sheet:
    rows = tuple(
        (
            instant(one.ended),
            one.target,
            one.view or "non précisée",
            "complet" if one.complete else "incomplet",
            *(one.failures[severity] for severity in Severity),
            sum(one.untested.values()),
        )
        for one in material.progress.history
    )
    counts = ((severity.label.capitalize(), 12) for severity in Severity)
    headings = columns(
        ("Relevé", 22), ("Cible", 30), ("Vue", 12), ("État", 12), *counts, ("Non testés", 12)
    )
    return Sheet("Exposition", headings, rows)


def _changes(material: Material) -> Sheet:
    rows = tuple(
        (
            one.change.label,
            one.check,
            material.checks[one.check].title if one.check in material.checks else one.check,
            one.target,
            one.port or None,
            one.severity.label if one.severity else "",
            one.before.label if one.before else "absent",
            one.after.label if one.after else "absent",
            instant(each.before_ended),
            instant(each.after_ended),
        )
        for each in material.progress.comparisons
        for one in each.differences
    )
    headings = columns(
        ("Suite", 30),
        ("Contrôle", 18),
        ("Intitulé", 40),
        ("Cible", 30),
        ("Port", 8),
        ("Gravité", 12),
        ("Avant", 14),
        ("Après", 14),
        ("Relevé précédent", 22),
        ("Dernier relevé", 22),
    )
    return Sheet("Relevés comparés", headings, rows)
