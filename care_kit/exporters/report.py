"""The report: one HTML page that says everything the package proves, for people."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from care_kit.assessment.reported import reconcile
from care_kit.exporters import charts, views
from care_kit.exporters.charts import Axis
from care_kit.exporters.history_chart import history_chart
from care_kit.exporters.html import page
from care_kit.exporters.material import Material
from care_kit.model.comparison import ReadingCounts
from care_kit.model.export_profile import ExportProfile
from care_kit.model.vocabulary import Confidence, Severity

SHOWN_OBJECTS = 20


@dataclass(frozen=True)
class Evolution:
    """Readings of one target over time, and their figure."""

    target: str
    rows: tuple[ReadingCounts, ...]
    figure: Markup


def report(material: Material, profile: ExportProfile) -> bytes:
    """`rapport.html` of a material (already redacted when the profile asks for it)."""
    domains = views.domains(material)
    axes = [
        Axis(one.domain.title, one.score.index) for one in domains if one.score.index is not None
    ]
    return page(
        "rapport.html.j2",
        m=material,
        profile=profile,
        domains=domains,
        fingerprint=views.fingerprint(material.questionnaire),
        radar=charts.radar(axes, "Indice par domaine, en radar") if len(axes) >= 3 else None,
        bars=charts.bars(axes, "Indice par domaine, en barres") if axes else None,
        evolutions=_evolution(material.history),
        reported=reconcile(material.state.reported.values(), material.findings),
        severities=tuple(Severity),
        confidences=tuple(Confidence),
        probes=views.findings(material),
        programmes=views.objectives(material),
        pieces=views.pieces(material.state),
        readings=views.readings(material),
        symbols=views.SYMBOLS,
        shown_objects=SHOWN_OBJECTS,
    )


def _evolution(history: Sequence[ReadingCounts]) -> tuple[Evolution, ...]:
    """One figure per target read at least twice: two targets do not compare."""
    targets = dict.fromkeys(one.target for one in history)
    groups = [(target, [one for one in history if one.target == target]) for target in targets]
    title = "Échecs par gravité, relevé après relevé"
    return tuple(
        Evolution(target, tuple(rows), history_chart(rows, title, f"evolution{rank}"))
        for rank, (target, rows) in enumerate(groups)
        if len(rows) > 1
    )
