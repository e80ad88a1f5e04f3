"""The dossier as readers look at it: rows shared by the report, the workbook and the papers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from care_kit.assessment.risks.acceptance import accepted
from care_kit.exporters.material import Material
from care_kit.exporters.names import Numbered, safe
from care_kit.model.content.check import Check
from care_kit.model.content.programme import Objective, Programme
from care_kit.model.content.questionnaire import Domain, Indicator, Questionnaire
from care_kit.model.dossier.acceptance import Accepted
from care_kit.model.dossier.state import Answer, DossierState, Evidence, ReadingRecord
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.reading import Statement
from care_kit.model.formats.codec import canonical, sha512
from care_kit.model.results.assessment import IndicatorResult, ObjectiveResult, Score
from care_kit.model.results.wording import answered, interval
from care_kit.model.words.french import NBSP, level_label
from care_kit.model.words.vocabulary import ProbeKind, Severity, Verdict

SYMBOLS = {
    Verdict.FAIL: "✗",
    Verdict.PASS: "✓",
    Verdict.INFO: "ℹ",
    Verdict.NOT_TESTED: "○",
    Verdict.ERROR: "⚠",
}
_ORDER = list(SYMBOLS)
_NO_LEVEL_LAST = 9
_GRAVEST_FIRST = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator with what was said, measured and retained."""

    indicator: Indicator
    result: IndicatorResult
    answer: Answer | None
    pieces: tuple[Evidence, ...]

    @property
    def declared(self) -> str:
        """What a person said, in French words."""
        return answered(self.result)

    @property
    def wording(self) -> str:
        """The sentence of the declared level, then the reason given; empty when neither."""
        reason = self.answer.reason if self.answer else ""
        if self.result.declared is None:
            return reason
        sentence = self.indicator.levels.get(self.result.declared, "")
        return f"{sentence} Motif{NBSP}: {reason}" if reason else sentence

    @property
    def measured(self) -> str:
        """Level bounded by the probes."""
        return interval(self.result.measured, "non mesuré")

    @property
    def retained(self) -> str:
        """Level that enters the sums."""
        return interval(self.result.retained)

    @property
    def confidence(self) -> str:
        """How well the answer is supported."""
        return self.result.confidence.label if self.result.confidence is not None else "aucune"

    @property
    def conflict(self) -> str:
        """Agreement of declared and measured, in French words."""
        if self.result.conflict:
            return "contradiction expliquée" if self.result.explanation else "contradiction"
        both = self.result.declared is not None and self.result.measured is not None
        return "concordant" if both else "sans objet"


@dataclass(frozen=True)
class DomainRows:
    """One domain, its score and its indicators."""

    domain: Domain
    score: Score
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class FindingRow:
    """One finding, the declaration of its check (None when not shipped here), accepted risks."""

    finding: Finding
    check: Check | None
    risks: tuple[Accepted, ...] = ()

    @property
    def symbol(self) -> str:
        """Sign shown beside the verdict's word."""
        return SYMBOLS[self.finding.verdict]

    @property
    def title(self) -> str:
        """The check's title, its id when unknown."""
        return self.check.title if self.check else self.finding.check

    @property
    def place(self) -> str:
        """Target and port."""
        port = self.finding.port
        return f"{self.finding.target}:{port}" if port else self.finding.target

    @property
    def weight(self) -> str:
        """Severity, directory level or "observation" in French words; empty when none applies."""
        if self.finding.level:
            return level_label(self.finding.level)
        if self.check and self.check.family is ProbeKind.DIRECTORY and not self.check.levels:
            return level_label(0)
        severity = self.finding.severity
        return severity.label if severity else ""


@dataclass(frozen=True)
class ProbeFindings:
    """Findings of one probe: what was concluded, kept apart from what could not be."""

    probe: ProbeKind
    counts: tuple[tuple[Verdict, int], ...]
    concluded: tuple[FindingRow, ...]
    not_tested: tuple[FindingRow, ...]
    errors: tuple[FindingRow, ...]


@dataclass(frozen=True)
class ObjectiveRows:
    """One programme and the result of each of its objectives."""

    programme: Programme
    rows: tuple[tuple[Objective, ObjectiveResult], ...]


@dataclass(frozen=True)
class PieceRow:
    """One piece and where it stands in the package."""

    evidence: Evidence
    path: str


@dataclass(frozen=True)
class ReadingRow:
    """One reading, its statement, and the findings drawn from it."""

    record: ReadingRecord
    statement: Statement
    findings: tuple[Finding, ...]
    folder: str


def domains(material: Material) -> tuple[DomainRows, ...]:
    """Domains in the questionnaire's order."""
    return tuple(
        DomainRows(
            domain,
            material.assessment.domains[domain.id],
            tuple(
                _indicator(one, material)
                for one in material.questionnaire.indicators
                if one.domain == domain.id
            ),
        )
        for domain in material.questionnaire.domains
    )


def _indicator(indicator: Indicator, material: Material) -> IndicatorRow:
    return IndicatorRow(
        indicator,
        material.assessment.indicators[indicator.id],
        material.state.answers.get(indicator.id),
        material.state.evidence_for(indicator.id),
    )


def findings(material: Material) -> tuple[ProbeFindings, ...]:
    """Findings by probe, gravest first; probes that gave none are left out."""
    rows = sorted((_finding(one, material) for one in material.findings), key=_rank)
    groups = ((probe, [row for row in rows if _probe(row) is probe]) for probe in ProbeKind)
    return tuple(_group(probe, kept) for probe, kept in groups if kept)


def _finding(finding: Finding, material: Material) -> FindingRow:
    risks = accepted(
        material.state.acceptances, finding, material.digest_of, material.made_at.date()
    )
    return FindingRow(finding, material.checks.get(finding.check), risks)


def _probe(row: FindingRow) -> ProbeKind:
    return row.check.family if row.check else ProbeKind.EXPOSURE


def _rank(row: FindingRow) -> tuple[int, int, int, str, str, int]:
    one = row.finding
    gravity = _GRAVEST_FIRST[one.severity] if one.severity else len(_GRAVEST_FIRST)
    level = one.level or _NO_LEVEL_LAST
    return (_ORDER.index(one.verdict), gravity, level, one.check, one.target, one.port)


def _group(probe: ProbeKind, rows: Sequence[FindingRow]) -> ProbeFindings:
    met = Counter(row.finding.verdict for row in rows)
    apart = (Verdict.NOT_TESTED, Verdict.ERROR)
    return ProbeFindings(
        probe,
        tuple((verdict, met[verdict]) for verdict in _ORDER if met[verdict]),
        tuple(row for row in rows if row.finding.verdict not in apart),
        tuple(row for row in rows if row.finding.verdict is Verdict.NOT_TESTED),
        tuple(row for row in rows if row.finding.verdict is Verdict.ERROR),
    )


def objectives(material: Material) -> tuple[ObjectiveRows, ...]:
    """Objectives of every programme the dossier is measured against."""
    return tuple(
        ObjectiveRows(
            programme,
            tuple((one, material.objectives[programme.id][one.id]) for one in programme.objectives),
        )
        for programme in material.programmes.values()
    )


def pieces(state: DossierState) -> tuple[PieceRow, ...]:
    """Every piece with its place in the package, filed once, under its first subject."""
    numbered = Numbered()
    rows = []
    for one in sorted(state.evidence.values(), key=lambda piece: (piece.at, piece.id)):
        subject = one.subjects[0] if one.subjects else ""
        rows.append(PieceRow(one, f"data/preuves/{numbered.path(subject, one.name)}"))
    return tuple(rows)


def readings(material: Material) -> tuple[ReadingRow, ...]:
    """Every reading, oldest first, with the findings drawn from it.

    Findings come from the reading judged for each probe and target; a finding whose target no
    reading bears (one run covers many hosts) goes to the latest judged reading of its probe.
    """
    records = sorted(material.state.readings, key=lambda one: (one.ended, one.id))
    latest: dict[tuple[ProbeKind, str], str] = {}
    judged = set(material.judged_readings) or {record.id for record in records}
    for record in (one for one in records if one.id in judged):
        latest[record.probe, material.statements[record.id].target] = record.id
        latest[record.probe, ""] = record.id
    drawn: dict[str, list[Finding]] = {record.id: [] for record in records}
    for finding in material.findings:
        probe = _probe(FindingRow(finding, material.checks.get(finding.check)))
        source = latest.get((probe, finding.target)) or latest.get((probe, ""))
        if source is not None:
            drawn[source].append(finding)
    return tuple(
        ReadingRow(
            record,
            material.statements[record.id],
            tuple(drawn[record.id]),
            f"data/releves/{safe(record.id)}",
        )
        for record in records
    )


def fingerprint(questionnaire: Questionnaire) -> str:
    """SHA-512 of the questionnaire's canonical JSON: which wording was answered."""
    return sha512(canonical(questionnaire))
