"""Where a dossier stands: its findings, its assessment and what an examiner would say.

The one place where stored readings meet the rules; everything below it is pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from care_kit.assessment.examiner import documents
from care_kit.assessment.examiner.precheck import precheck
from care_kit.assessment.programme.objectives import objectives, proofs, rates_given
from care_kit.assessment.scores.assess import grouped, results_of
from care_kit.assessment.standing.choosing import Judge, choose
from care_kit.catalog import choice as questionnaire_choice
from care_kit.catalog.content import Content
from care_kit.catalog.dated_tables import load_tables
from care_kit.dossier.folding.migration import Wordings, wordings
from care_kit.dossier.kept import Kept
from care_kit.model.content.check import Check
from care_kit.model.content.dated_tables import DatedTables
from care_kit.model.content.programme import Programme
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.dossier.state import DossierState, ReadingRecord
from care_kit.model.facts import directory_codec
from care_kit.model.facts.directory import DirectoryFacts
from care_kit.model.facts.exposure import ExposureFacts
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.reading import Statement
from care_kit.model.formats import codec
from care_kit.model.results.assessment import Assessment, IndicatorResult, ObjectiveResult, Remark
from care_kit.model.results.choices import Choice
from care_kit.model.words.errors import CareError, DossierError
from care_kit.model.words.vocabulary import ProbeKind
from care_kit.rules import directory, exposure


@dataclass(frozen=True)
class Situation:
    """A dossier seen through the content, as of `today`.

    `statements` are by reading id; `results` hold every indicator of the content, `assessment` only
    those of the questionnaire; `unreadable` tells, by id, why a document would not open; `wordings`
    are those of the content, which an answer does not change. `choices` tell which reading of each
    target is judged, `damaged` why a reading could not be read again, by id.
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
    today: date
    unreadable: Mapping[str, str]
    wordings: Wordings
    choices: tuple[Choice, ...] = ()
    damaged: Mapping[str, str] = field(default_factory=dict)

    @property
    def followed(self) -> Mapping[str, Programme]:
        """Programmes the establishment applies to, by id."""
        return followed(self.state, self.content)


def situation(dossier: Kept, content: Content, today: date, *, thorough: bool = False) -> Situation:
    """Recompute everything from the dossier; `choosing` tells which readings are judged.

    `thorough` opens every document of the followed programmes, not only of mandatory pieces.
    """
    state = dossier.state
    questionnaire = questionnaire_choice.find(content, state.questionnaire)
    damaged: dict[str, str] = {}
    statements = {one.id: _statement(dossier, one, damaged) for one in state.readings}
    findings, choices = chosen(dossier, content, statements, today, damaged)
    unreadable = documents.faults(dossier, followed(state, content), thorough=thorough)
    known = wordings(content.questionnaires)
    now = assessed(state, content, questionnaire, statements, findings, today, unreadable, known)
    return replace(now, choices=choices, damaged=damaged)


def reassess(
    now: Situation,
    *,
    state: DossierState | None = None,
    findings: tuple[Finding, ...] | None = None,
    unreadable: Mapping[str, str] | None = None,
) -> Situation:
    """`now` on another state, other findings or other documents that would not open.

    What is not given stays, the day included: nothing is read or judged again.
    """
    again = assessed(
        now.state if state is None else state,
        now.content,
        now.questionnaire,
        now.statements,
        now.findings if findings is None else findings,
        now.today,
        now.unreadable if unreadable is None else unreadable,
        now.wordings,
    )
    return replace(again, choices=now.choices, damaged=now.damaged)


def assessed(
    state: DossierState,
    content: Content,
    questionnaire: Questionnaire,
    statements: Mapping[str, Statement],
    findings: tuple[Finding, ...],
    today: date,
    unreadable: Mapping[str, str],
    asked: Wordings,
) -> Situation:
    """The situation these parts make: nothing is read, findings are taken as given."""
    results, levels = results_of(content.indicators, state, findings, content.points, today)
    result = grouped(questionnaire, results, levels)
    counted = proofs(state.readings, statements)
    rates = rates_given(content.indicators, state.answers)
    reached = {
        programme.id: objectives(programme, state, results, counted, today, rates)
        for programme in content.programmes.values()
    }
    known = {key: one.values() for key, one in asked.items()}
    remarks = precheck(
        state, questionnaire, result, followed(state, content), reached, today, known, unreadable
    )
    return Situation(
        state,
        content,
        questionnaire,
        statements,
        findings,
        result,
        reached,
        remarks,
        results,
        today,
        unreadable,
        asked,
    )


def followed(state: DossierState, content: Content) -> Mapping[str, Programme]:
    """Programmes the establishment applies to that the content holds, by id."""
    return {one: content.programmes[one] for one in state.programmes if one in content.programmes}


def judged(
    dossier: Kept, content: Content, statements: Mapping[str, Statement], today: date
) -> tuple[Finding, ...]:
    """Findings of the readings chosen, one of each probe and subject, with that day's tables."""
    return chosen(dossier, content, statements, today, {})[0]


def chosen(
    dossier: Kept,
    content: Content,
    statements: Mapping[str, Statement],
    today: date,
    damaged: dict[str, str],
) -> tuple[tuple[Finding, ...], tuple[Choice, ...]]:
    """Findings of the reading chosen for each subject, and the choices.

    A reading that cannot be read again is set aside, and `damaged` says why; those it already
    names are not looked at.
    """
    tables = tables_for(dossier.state.readings, today)
    found: dict[str, tuple[Finding, ...]] = {}
    subjects: dict[tuple[ProbeKind, str, str], list[ReadingRecord]] = {}
    for one in sorted(dossier.state.readings, key=lambda record: record.ended):
        if one.id not in damaged:
            try:
                subject = _subject(dossier, one, statements[one.id])
            except CareError as error:
                damaged[one.id] = error.sentence
            else:
                subjects.setdefault((one.probe, *subject), []).append(one)

    choices: list[Choice] = []
    together: dict[tuple[ProbeKind, str], list[ReadingRecord]] = {}
    by_hand = dossier.state.chosen_readings
    for (probe, group, about), mine in subjects.items():
        beside = [
            others[-1]
            for (kind, forest, domain), others in subjects.items()
            if (kind, forest) == (probe, group) and domain != about
        ]
        judge = _judge(dossier, content.checks, tables, beside, found)
        choice = _choice(about or group, mine, judge, by_hand, today, damaged)
        if choice is not None:
            choices.append(choice)
            together.setdefault((probe, group), []).append(choice.judged)
    findings = tuple(
        finding
        for readings in together.values()
        for finding in _findings(dossier, readings, content.checks, tables, found)
    )
    return findings, tuple(choices)


def _judge(
    dossier: Kept,
    checks: Mapping[str, Check],
    tables: DatedTables | None,
    beside: Sequence[ReadingRecord],
    found: dict[str, tuple[Finding, ...]],
) -> Judge:
    """Findings of one reading by itself, the other domains of its forest known; once each."""

    def judge(one: ReadingRecord) -> tuple[Finding, ...]:
        if one.id not in found:
            found[one.id] = (
                directory.evaluate_within(
                    directory_facts(dossier, one),
                    [directory_facts(dossier, other) for other in beside],
                    checks,
                )
                if beside
                else findings_of(dossier, one, checks, tables)
            )
        return found[one.id]

    return judge


def _findings(
    dossier: Kept,
    readings: Sequence[ReadingRecord],
    checks: Mapping[str, Check],
    tables: DatedTables | None,
    found: Mapping[str, tuple[Finding, ...]],
) -> tuple[Finding, ...]:
    """What today's rules say of readings judged together: those of one forest, or a single one."""
    if len(readings) > 1:
        facts = [directory_facts(dossier, one) for one in readings]
        return directory.evaluate_forest(facts, checks)
    return found.get(readings[0].id) or findings_of(dossier, readings[0], checks, tables)


def _choice(
    target: str,
    readings: list[ReadingRecord],
    judge: Judge,
    by_hand: Sequence[str],
    today: date,
    damaged: dict[str, str],
) -> Choice | None:
    """The choice among those that can be read; None when none can."""
    left = list(readings)
    while left:
        tried: list[ReadingRecord] = []

        def watched(one: ReadingRecord, tried: list[ReadingRecord] = tried) -> Sequence[Finding]:
            tried.append(one)
            return judge(one)

        try:
            choice = choose(target, left, watched, by_hand, today)
            judge(choice.judged)
        except CareError as error:
            bad = tried[-1] if tried else left[-1]
            damaged[bad.id] = error.sentence
            left.remove(bad)
        else:
            return choice
    return None


def _subject(dossier: Kept, reading: ReadingRecord, statement: Statement) -> tuple[str, str]:
    """What a reading is judged with, and what it is about.

    A domain is the same whichever controller or file it came from; the domains of a forest are
    judged together.
    """
    if reading.probe is not ProbeKind.DIRECTORY:
        return statement.target, statement.target
    try:
        forest, domain = directory_codec.subject_of(dossier.blob(reading.facts_sha512))
    except (ValueError, KeyError) as cause:
        raise _unreadable(reading.probe) from cause
    return forest.casefold(), domain.casefold()


def _statement(dossier: Kept, reading: ReadingRecord, damaged: dict[str, str]) -> Statement:
    """How a reading was obtained, or what stands in its place when nobody can read it any more."""
    try:
        return statement_of(dossier, reading)
    except (CareError, ValueError, KeyError) as cause:
        why = (
            cause.sentence if isinstance(cause, CareError) else _unreadable(reading.probe).sentence
        )
        damaged[reading.id] = why
        return Statement(
            probe=reading.probe,
            tool="",
            target="",
            account="",
            started=reading.started,
            ended=reading.ended,
            facts_sha512=reading.facts_sha512,
            complete=reading.complete,
            limits=(f"Relevé mis de côté : {why}",),
            replayed=True,  # nothing may be counted from it
        )


def statement_of(dossier: Kept, reading: ReadingRecord) -> Statement:
    """How a stored reading was obtained."""
    return codec.decode(Statement, dossier.blob(reading.statement_sha512))


def tables_for(readings: Iterable[ReadingRecord], today: date) -> DatedTables | None:
    """The dated tables, read only when one of these readings is judged with them."""
    exposed = any(one.probe is ProbeKind.EXPOSURE for one in readings)
    return load_tables(today) if exposed else None


def findings_of(
    dossier: Kept,
    reading: ReadingRecord,
    checks: Mapping[str, Check],
    tables: DatedTables | None,
) -> tuple[Finding, ...]:
    """What today's rules say of the facts of a stored reading."""
    probe = reading.probe
    mine = {check_id: check for check_id, check in checks.items() if check.family is probe}
    if probe is ProbeKind.EXPOSURE:
        return exposure.evaluate(exposure_facts(dossier, reading), mine, tables)
    return directory.evaluate(directory_facts(dossier, reading), mine)


def directory_facts(dossier: Kept, reading: ReadingRecord) -> DirectoryFacts:
    """The facts of a stored directory reading; DossierError when they cannot be read again."""
    try:
        return directory_codec.decode(dossier.blob(reading.facts_sha512))
    except (ValueError, KeyError, OSError) as cause:
        raise _unreadable(reading.probe) from cause


def exposure_facts(dossier: Kept, reading: ReadingRecord) -> ExposureFacts:
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
