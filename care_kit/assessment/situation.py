"""Where a dossier stands: its findings, its assessment and what an examiner would say.

The one place where stored readings meet the rules; everything below it is pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from care_kit.assessment.assess import grouped, results_of
from care_kit.assessment.objectives import objectives, proofs
from care_kit.assessment.precheck import precheck
from care_kit.catalog import choice
from care_kit.catalog.content import Content
from care_kit.dossier.dossier import Dossier
from care_kit.model import codec, directory_codec
from care_kit.model.assessment import Assessment, IndicatorResult, ObjectiveResult, Remark
from care_kit.model.check import Check
from care_kit.model.dossier import DossierState, ReadingRecord
from care_kit.model.errors import DossierError
from care_kit.model.exposure_facts import ExposureFacts
from care_kit.model.finding import Finding
from care_kit.model.questionnaire import Questionnaire
from care_kit.model.reading import Statement
from care_kit.model.vocabulary import ProbeKind
from care_kit.rules import directory, exposure


@dataclass(frozen=True)
class Situation:
    """A dossier seen through the content, as of one day.

    `statements` are by reading id; `results` hold every indicator of the content, `assessment` only
    those of the questionnaire.
    """

    state: DossierState
    content: Content
    questionnaire: Questionnaire
    statements: Mapping[str, Statement]
    findings: tuple[Finding, ...]
    assessment: Assessment
    objectives: Mapping[str, Mapping[str, ObjectiveResult]]
    remarks: tuple[Remark, ...]
    results: Mapping[str, IndicatorResult]


def situation(dossier: Dossier, content: Content, today: date) -> Situation:
    """Recompute everything from the dossier; the latest reading of each target is judged."""
    state = dossier.state
    questionnaire = choice.find(content, state.questionnaire)
    statements = {one.id: statement_of(dossier, one) for one in state.readings}
    findings = judged(dossier, content, statements)
    return reassess(state, content, questionnaire, statements, findings, today)


def reassess(
    state: DossierState,
    content: Content,
    questionnaire: Questionnaire,
    statements: Mapping[str, Statement],
    findings: tuple[Finding, ...],
    today: date,
) -> Situation:
    """The situation after a new answer: findings are those already judged."""
    results, levels = results_of(content.indicators, state, findings, content.points, today)
    result = grouped(questionnaire, results, levels)
    counted = proofs(state.readings, statements)
    reached = {
        programme.id: objectives(programme, state, results, counted, today)
        for programme in content.programmes.values()
    }
    followed = {one: content.programmes[one] for one in state.programmes if one in reached}
    remarks = precheck(state, questionnaire, result, followed, reached, today)
    return Situation(
        state, content, questionnaire, statements, findings, result, reached, remarks, results
    )


def judged(
    dossier: Dossier, content: Content, statements: Mapping[str, Statement]
) -> tuple[Finding, ...]:
    """Findings of the latest reading of each probe and subject."""
    latest = {
        (one.probe, _subject(dossier, one, statements[one.id])): one
        for one in sorted(dossier.state.readings, key=lambda one: one.ended)
    }
    return tuple(
        finding
        for reading in latest.values()
        for finding in findings_of(dossier, reading, content.checks)
    )


def _subject(dossier: Dossier, reading: ReadingRecord, statement: Statement) -> str:
    """What a reading is about: a domain is the same whichever controller or file it came from."""
    if reading.probe is not ProbeKind.DIRECTORY:
        return statement.target
    try:
        return directory_codec.domain_of(dossier.blob(reading.facts_sha512)).casefold()
    except (ValueError, KeyError) as cause:
        raise _unreadable(reading.probe) from cause


def statement_of(dossier: Dossier, reading: ReadingRecord) -> Statement:
    """How a stored reading was obtained."""
    return codec.decode(Statement, dossier.blob(reading.statement_sha512))


def findings_of(
    dossier: Dossier, reading: ReadingRecord, checks: Mapping[str, Check]
) -> tuple[Finding, ...]:
    """What today's rules say of the facts of a stored reading."""
    probe = reading.probe
    mine = {check_id: check for check_id, check in checks.items() if check.family is probe}
    if probe is ProbeKind.EXPOSURE:
        return exposure.evaluate(exposure_facts(dossier, reading), mine)
    try:
        return directory.evaluate(directory_codec.decode(dossier.blob(reading.facts_sha512)), mine)
    except (ValueError, KeyError, OSError) as cause:
        raise _unreadable(probe) from cause


def exposure_facts(dossier: Dossier, reading: ReadingRecord) -> ExposureFacts:
    """The facts of a stored exposure reading; DossierError when they cannot be read again."""
    try:
        return codec.decode(ExposureFacts, codec.decompress(dossier.blob(reading.facts_sha512)))
    except (ValueError, KeyError, OSError) as cause:
        raise _unreadable(reading.probe) from cause


def _unreadable(probe: ProbeKind) -> DossierError:
    return DossierError(
        f"Un relevé « {probe.label} » du dossier ne peut pas être relu.",
        "Relancez la sonde ; l'ancien relevé reste dans le journal.",
    )
