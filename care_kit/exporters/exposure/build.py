"""From a material, redacted or not, to the exposure report."""

from collections import Counter
from collections.abc import Iterator, Sequence

from care_kit.assessment.readings.progress import latest
from care_kit.assessment.readings.reported import Reconciled, reconcile
from care_kit.exporters import views
from care_kit.exporters.exposure import sheets, words
from care_kit.exporters.exposure.content import (
    ExposureReport,
    Perimeter,
    ReadingLine,
    Received,
)
from care_kit.exporters.material import Material
from care_kit.exporters.views import FindingRow
from care_kit.model.content.dated_tables import DatedTables
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.results.comparison import Comparison, ReadingCounts
from care_kit.model.words.errors import InputError
from care_kit.model.words.french import instant, seconds
from care_kit.model.words.vocabulary import ProbeKind, Severity, Verdict


def build(material: Material, profile: ExportProfile, tables: DatedTables) -> ExposureReport:
    """The report on the latest reading of each target; InputError when there is none."""
    progress = material.progress
    last = latest(progress.history)
    if not last:
        raise InputError(
            "Le dossier ne contient aucun relevé d'exposition.",
            "Lancez « care probe exposure », puis recommencez.",
        )
    rows = _rows(material)
    received = reconcile(material.state.reported.values(), material.findings)
    found = sheets.sheets(rows, progress.comparisons, received)
    counts = _counts(rows)
    establishment = material.state.establishment
    return ExposureReport(
        establishment=establishment.name,
        finess=establishment.lead.finess_ej,
        tlp=profile.tlp.value,
        made_at=instant(material.made_at),
        tool=f"care-kit {material.version}",
        notices=tuple(_notices(profile, last)),
        sentences=words.sentences(last, rows, counts, progress, found),
        counts=tuple((one.label, counts[one]) for one in Severity),
        severities=tuple(one.label for one in Severity),
        readings=tuple(map(_line, progress.history)),
        held=words.held_lines(progress),
        perimeters=tuple(_perimeters(material, last)),
        cautions=tuple(
            dict.fromkeys(one for each in progress.comparisons for one in each.cautions)
        ),
        sheets=found,
        gone=sheets.gone(progress.comparisons, material.checks),
        untested=sheets.untested(rows),
        received=tuple(map(_received, received)),
        method=words.method(tables, [material.statements[one.reading].tool for one in last]),
    )


def _rows(material: Material) -> tuple[FindingRow, ...]:
    """Every exposure finding, gravest first."""
    groups = (one for one in views.findings(material) if one.probe is ProbeKind.EXPOSURE)
    return tuple(row for one in groups for row in (*one.concluded, *one.not_tested, *one.errors))


def _counts(rows: Sequence[FindingRow]) -> Counter[Severity]:
    return Counter(sheets.gravity(row) for row in rows if row.finding.verdict is Verdict.FAIL)


def _cautions(comparisons: Sequence[Comparison]) -> tuple[str, ...]:
    """Why two readings may not be comparable, each said once."""
    return tuple(dict.fromkeys(one for each in comparisons for one in each.cautions))


def _notices(profile: ExportProfile, last: Sequence[ReadingCounts]) -> Iterator[str]:
    if profile.redacted:
        yield (
            "Les noms de machines et de domaines sont remplacés par des pseudonymes stables ; la "
            "clé reste à l'établissement."
        )
    if any(one.view != "externe" for one in last):
        yield "Un relevé est vu de l'intérieur : il ne dit pas ce qu'internet voit."
    if not all(one.complete for one in last):
        yield "Un relevé est incomplet : une absence n'y prouve rien."
    if any(one.replayed for one in last):
        yield "Un relevé est rejoué : il ne mesure pas l'établissement."


def _line(one: ReadingCounts) -> ReadingLine:
    state = "complet" if one.complete else "incomplet"
    return ReadingLine(
        instant(one.ended),
        one.target,
        one.view or "non précisée",
        f"{state} (rejoué)" if one.replayed else state,
        tuple(one.failures[severity] for severity in Severity),
        sum(one.untested.values()),
    )


def _perimeters(material: Material, last: Sequence[ReadingCounts]) -> Iterator[Perimeter]:
    for one in last:
        said = material.statements[one.reading]
        rows = (
            ("Cible", said.target),
            ("Vue", said.view or "non précisée"),
            ("Outil", said.tool),
            ("Relevé", f"du {instant(said.started)} au {instant(said.ended)}"),
            ("Durée", seconds(said.seconds)),
            ("Périmètre signé (SHA-256)", said.scope_sha256 or "sans périmètre signé"),
            *(("Limite", limit) for limit in said.limits),
        )
        yield Perimeter(f"Relevé {one.reading[:8]}", rows)


def _received(one: Reconciled) -> Received:
    finding = one.finding
    reference = f" ({finding.reference})" if finding.reference else ""
    return Received(
        f"{finding.source}{reference}, {finding.reported_on:%d/%m/%Y}",
        finding.title,
        finding.severity.label if finding.severity else "non dite",
        f"{finding.status.label} au {finding.seen_on:%d/%m/%Y}",
        one.sentence,
        one.contradicted,
    )
