"""The report: one HTML page that says everything the package proves, for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from care_kit.assessment.plan.suggestions import TARGET
from care_kit.assessment.programme.calendar import deadlines
from care_kit.assessment.readings.reported import reconcile
from care_kit.exporters import charts, directory_views, timeline, views
from care_kit.exporters.charts import FULL, Axis
from care_kit.exporters.history_chart import history_chart
from care_kit.exporters.html import page
from care_kit.exporters.material import Material
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.content.questionnaire import TOP_LEVEL
from care_kit.model.results.calendar import Deadline
from care_kit.model.results.comparison import Change, ReadingCounts
from care_kit.model.words.vocabulary import Confidence, Severity

SHOWN_OBJECTS = 20


@dataclass(frozen=True)
class Evolution:
    """Readings of one target over time, and their figure."""

    target: str
    rows: tuple[ReadingCounts, ...]
    figure: Markup


@dataclass(frozen=True)
class Schedule:
    """Every deadline as of a day, and the figure of those still ahead (None without any)."""

    today: date
    rows: tuple[Deadline, ...]
    figure: Markup | None


def _radar(axes: Sequence[Axis]) -> Markup | None:
    """Domains against the level an action plan aims at; None when there are too few of them."""
    title = "Indice par domaine, en radar"
    return charts.radar(axes, title, FULL * TARGET / TOP_LEVEL) if len(axes) >= 3 else None


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
        radar=_radar(axes),
        target=TARGET,
        bars=charts.bars(axes, "Indice par domaine, en barres") if axes else None,
        evolutions=evolution(material.progress.history),
        progress=material.progress,
        changes=tuple(Change),
        reported=reconcile(material.state.reported.values(), material.findings),
        severities=tuple(Severity),
        confidences=tuple(Confidence),
        probes=views.findings(material),
        forests=directory_views.forests(material),
        other_tools=directory_views.other_tools(material),
        bloodhound=directory_views.bloodhound(material),
        programmes=views.objectives(material),
        deadlines=_deadlines(material),
        pieces=views.pieces(material.state),
        readings=views.readings(material),
        symbols=views.SYMBOLS,
        shown_objects=SHOWN_OBJECTS,
    )


def _deadlines(material: Material) -> Schedule:
    """What expires and what is due, drawn when something is still ahead."""
    today = material.made_at.date()
    rows = deadlines(
        material.state, material.programmes, material.questionnaire, material.statements
    )
    drawn = timeline.shown(rows, today)
    title = "Échéances, par date de fin"
    return Schedule(today, rows, timeline.timeline(drawn, today, title) if drawn else None)


def evolution(history: Sequence[ReadingCounts]) -> tuple[Evolution, ...]:
    """One figure per target read at least twice: two targets do not compare."""
    targets = dict.fromkeys(one.target for one in history)
    groups = [(target, [one for one in history if one.target == target]) for target in targets]
    title = "Échecs par gravité, relevé après relevé"
    return tuple(
        Evolution(target, tuple(rows), history_chart(rows, title, f"evolution{rank}"))
        for rank, (target, rows) in enumerate(groups)
        if len(rows) > 1
    )
