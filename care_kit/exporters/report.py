"""The report: one HTML page that says everything the package proves, for people."""

from collections.abc import Sequence

from markupsafe import Markup

from care_kit.exporters import charts, views
from care_kit.exporters.charts import Axis
from care_kit.exporters.history_chart import history_chart
from care_kit.exporters.html import page
from care_kit.exporters.material import Material
from care_kit.model.comparison import ReadingCounts
from care_kit.model.export_profile import ExportProfile
from care_kit.model.vocabulary import Confidence, Severity

SHOWN_OBJECTS = 20


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
        evolution=_evolution(material.history),
        severities=tuple(Severity),
        confidences=tuple(Confidence),
        probes=views.findings(material),
        programmes=views.objectives(material),
        pieces=views.pieces(material.state),
        readings=views.readings(material),
        symbols=views.SYMBOLS,
        shown_objects=SHOWN_OBJECTS,
    )


def _evolution(history: Sequence[ReadingCounts]) -> Markup | None:
    if len(history) < 2:
        return None
    return history_chart(history, "Échecs par gravité, relevé après relevé")
