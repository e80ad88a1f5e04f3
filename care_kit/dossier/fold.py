"""Events to state: the only way a dossier's state comes to be."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from care_kit.dossier import migration, money, remarks
from care_kit.dossier.chain import Record
from care_kit.dossier.events import (
    KINDS,
    ActionPlanned,
    ActionWithdrawn,
    ActivityShareRecorded,
    AnswerGiven,
    AnswerWithdrawn,
    CeilingNotified,
    Commented,
    ConflictExplained,
    DossierCreated,
    Event,
    EvidenceAdded,
    EvidenceWithdrawn,
    FindingReported,
    HeadcountRecorded,
    PeriodNotified,
    ProgrammeFollowed,
    QuestionnaireChosen,
    QuestionnaireMigrated,
    ReadingAdded,
    ReportedFindingFollowed,
    ReviewMarked,
    RiskAcceptanceWithdrawn,
    RiskAccepted,
    ScopeSigned,
    SpendingRecorded,
    SpendingWithdrawn,
    ThirdPartyResultAdded,
)
from care_kit.model.acceptance import RiskAcceptance
from care_kit.model.codec import canonical_plain, decode
from care_kit.model.dossier import (
    Answer,
    DossierState,
    Evidence,
    Explanation,
    ReadingRecord,
)
from care_kit.model.errors import DossierError
from care_kit.model.reported import ReportedFinding
from care_kit.model.scope import ScopeSignature
from care_kit.model.third_party import ThirdPartyRecord


def fold(records: Iterable[Record], state: DossierState | None = None) -> DossierState:
    """Apply records in order, onto `state` when some were already folded."""
    for record in records:
        state = _applied(state, record)
    if state is None:
        raise DossierError(
            "Le dossier ne contient aucun événement.", "Recréez-le avec « care init »."
        )
    return state


def event_of(record: Record) -> Event:
    """The typed event a record carries."""
    shape = KINDS.get(record.kind)
    if shape is None:
        raise DossierError(
            f"Le dossier contient un événement inconnu de cette version ({record.kind}).",
            "Mettez care-kit à jour : il a été écrit par une version plus récente.",
        )
    return decode(shape, canonical_plain(record.payload))


def _applied(state: DossierState | None, record: Record) -> DossierState:
    event = event_of(record)
    if isinstance(event, DossierCreated):
        return DossierState(event.dossier_id, event.establishment, record.hash, record.seq)
    if state is None:
        raise DossierError(
            "Le premier événement du dossier n'est pas sa création.",
            "Reprenez une copie intègre du fichier.",
        )
    return replace(_changed(state, event, record), head=record.hash, events=record.seq)


def _changed(state: DossierState, event: Event, record: Record) -> DossierState:
    by, at = record.author, datetime.fromisoformat(record.at)
    match event:
        case AnswerGiven():
            answer = Answer(
                event.indicator,
                event.state,
                by,
                at,
                event.level,
                event.reason,
                event.comment,
                event.typed,
                event.wording,
                event.entities,
                event.questionnaire,
                event.questionnaire_version,
            )
            return replace(state, answers={**state.answers, event.indicator: answer})
        case ConflictExplained():
            said = Explanation(event.indicator, event.text, by, at)
            return replace(state, explanations={**state.explanations, event.indicator: said})
        case EvidenceAdded():
            piece = _evidence(event, by, at)
            return replace(state, evidence={**state.evidence, piece.id: piece})
        case EvidenceWithdrawn():
            kept_pieces = {
                key: one for key, one in state.evidence.items() if key != event.evidence_id
            }
            return replace(state, evidence=kept_pieces)
        case ReadingAdded():
            return replace(state, readings=(*state.readings, _reading(event)))
        case ScopeSigned():
            signed = ScopeSignature(event.scope_sha256, event.name, event.role, event.signed_on)
            return replace(state, signatures={**state.signatures, event.scope_sha256: signed})
        case RiskAccepted():
            return replace(state, acceptances=(*state.acceptances, _risk(event, by, at)))
        case RiskAcceptanceWithdrawn():
            left = tuple(one for one in state.acceptances if one.id != event.acceptance_id)
            return replace(state, acceptances=left)
        case QuestionnaireChosen():
            return replace(state, questionnaire=event.questionnaire)
        case QuestionnaireMigrated():
            return migration.applied(state, event, by, at)
        case ProgrammeFollowed():
            others = tuple(one for one in state.programmes if one != event.programme)
            kept = (*others, event.programme) if event.followed else others
            return replace(state, programmes=kept)
        case (
            ActivityShareRecorded()
            | HeadcountRecorded()
            | PeriodNotified()
            | SpendingRecorded()
            | SpendingWithdrawn()
            | CeilingNotified()
            | ActionPlanned()
            | ActionWithdrawn()
        ):
            return money.changed(state, event, by, at)
        case AnswerWithdrawn() | Commented() | ReviewMarked():
            return remarks.changed(state, event, by, at)
        case ThirdPartyResultAdded():
            result = ThirdPartyRecord(
                event.result_id, event.tool, event.source_sha512, event.result_sha512, by, at
            )
            return replace(state, third_party=(*state.third_party, result))
        case FindingReported() | ReportedFindingFollowed():
            return replace(state, reported=_reported(state, event, by, at))
        case DossierCreated():
            return state


def _reading(event: ReadingAdded) -> ReadingRecord:
    return ReadingRecord(
        event.reading_id,
        event.probe,
        event.started,
        event.ended,
        event.complete,
        event.facts_sha512,
        event.statement_sha512,
    )


def _reported(
    state: DossierState,
    event: FindingReported | ReportedFindingFollowed,
    author: str,
    at: datetime,
) -> Mapping[str, ReportedFinding]:
    """The author is whoever had the last word; a word on an unknown finding changes nothing."""
    if isinstance(event, FindingReported):
        finding = ReportedFinding(
            event.finding_id,
            event.source,
            event.reported_on,
            event.title,
            event.reference,
            event.severity,
            event.check,
            event.status,
            event.seen_on,
            author,
            at,
        )
        return {**state.reported, finding.id: finding}
    known = state.reported.get(event.finding_id)
    if known is None:
        return state.reported
    followed = replace(known, status=event.status, seen_on=event.seen_on, author=author, at=at)
    return {**state.reported, followed.id: followed}


def _risk(event: RiskAccepted, author: str, at: datetime) -> RiskAcceptance:
    return RiskAcceptance(
        id=event.acceptance_id,
        check=event.check,
        object_digest=event.object_digest,
        reason=event.reason,
        until=event.until,
        author=author,
        at=at,
    )


def _evidence(event: EvidenceAdded, author: str, at: datetime) -> Evidence:
    return Evidence(
        id=event.evidence_id,
        name=event.name,
        title=event.title,
        media_type=event.media_type,
        size=event.size,
        sha512=event.sha512,
        effective=event.effective,
        subjects=event.subjects,
        author=author,
        at=at,
        entities=event.entities,
        signed_by=event.signed_by,
    )
