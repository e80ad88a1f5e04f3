"""The part of the fold that is about what backs the answers: pieces, readings, accepted risks."""

from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from care_kit.dossier.folding.draft import Draft
from care_kit.dossier.journal.events import (
    EvidenceAdded,
    EvidenceWithdrawn,
    FindingReported,
    ReadingAdded,
    ReadingChosen,
    ReadingWithdrawn,
    ReportedFindingFollowed,
    RiskAcceptanceWithdrawn,
    RiskAccepted,
    ScopeSigned,
    ThirdPartyResultAdded,
)
from care_kit.model.dossier.acceptance import RiskAcceptance
from care_kit.model.dossier.reported import ReportedFinding
from care_kit.model.dossier.state import Evidence, ReadingRecord
from care_kit.model.dossier.third_party import ThirdPartyRecord
from care_kit.model.facts.scope import ScopeSignature

ProofEvent: TypeAlias = (
    EvidenceAdded
    | EvidenceWithdrawn
    | ReadingAdded
    | ReadingWithdrawn
    | ReadingChosen
    | ScopeSigned
    | RiskAccepted
    | RiskAcceptanceWithdrawn
    | ThirdPartyResultAdded
    | FindingReported
    | ReportedFindingFollowed
)


def changed(draft: Draft, event: ProofEvent, by: str, at: datetime) -> None:
    """Apply one of these events."""
    match event:
        case EvidenceAdded():
            draft.evidence[event.evidence_id] = _evidence(event, by, at)
        case EvidenceWithdrawn():
            draft.evidence.pop(event.evidence_id, None)
        case ReadingAdded():
            draft.readings.append(_reading(event))
        case ReadingWithdrawn():
            draft.readings[:] = [one for one in draft.readings if one.id != event.reading_id]
            draft.chosen_readings.pop(event.reading_id, None)
        case ReadingChosen():
            draft.chosen_readings.pop(event.reading_id, None)
            if event.chosen:
                draft.chosen_readings[event.reading_id] = None
        case ScopeSigned():
            signed = ScopeSignature(event.scope_sha256, event.name, event.role, event.signed_on)
            draft.signatures[event.scope_sha256] = signed
        case RiskAccepted():
            draft.acceptances[event.acceptance_id] = _risk(event, by, at)
        case RiskAcceptanceWithdrawn():
            draft.acceptances.pop(event.acceptance_id, None)
        case ThirdPartyResultAdded():
            draft.third_party.append(
                ThirdPartyRecord(
                    event.result_id, event.tool, event.source_sha512, event.result_sha512, by, at
                )
            )
        case FindingReported():
            draft.reported[event.finding_id] = _reported(event, by, at)
        case ReportedFindingFollowed():
            _follow(draft, event, by, at)


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


def _reported(event: FindingReported, author: str, at: datetime) -> ReportedFinding:
    return ReportedFinding(
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


def _follow(draft: Draft, event: ReportedFindingFollowed, author: str, at: datetime) -> None:
    """The author is whoever had the last word; a word on an unknown finding changes nothing."""
    known = draft.reported.get(event.finding_id)
    if known is not None:
        draft.reported[event.finding_id] = replace(
            known, status=event.status, seen_on=event.seen_on, author=author, at=at
        )


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
