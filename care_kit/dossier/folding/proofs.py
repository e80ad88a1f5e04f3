"""The part of the fold that is about what backs the answers: pieces, readings, accepted risks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from care_kit.dossier.journal.events import (
    EvidenceAdded,
    EvidenceWithdrawn,
    FindingReported,
    ReadingAdded,
    ReportedFindingFollowed,
    RiskAcceptanceWithdrawn,
    RiskAccepted,
    ScopeSigned,
    ThirdPartyResultAdded,
)
from care_kit.model.dossier.acceptance import RiskAcceptance
from care_kit.model.dossier.reported import ReportedFinding
from care_kit.model.dossier.state import DossierState, Evidence, ReadingRecord
from care_kit.model.dossier.third_party import ThirdPartyRecord
from care_kit.model.facts.scope import ScopeSignature

ProofEvent: TypeAlias = (
    EvidenceAdded
    | EvidenceWithdrawn
    | ReadingAdded
    | ScopeSigned
    | RiskAccepted
    | RiskAcceptanceWithdrawn
    | ThirdPartyResultAdded
    | FindingReported
    | ReportedFindingFollowed
)


def changed(state: DossierState, event: ProofEvent, by: str, at: datetime) -> DossierState:
    """The state after one of these events."""
    match event:
        case EvidenceAdded():
            piece = _evidence(event, by, at)
            return replace(state, evidence={**state.evidence, piece.id: piece})
        case EvidenceWithdrawn():
            pieces = {key: one for key, one in state.evidence.items() if key != event.evidence_id}
            return replace(state, evidence=pieces)
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
        case ThirdPartyResultAdded():
            result = ThirdPartyRecord(
                event.result_id, event.tool, event.source_sha512, event.result_sha512, by, at
            )
            return replace(state, third_party=(*state.third_party, result))
        case FindingReported() | ReportedFindingFollowed():
            return replace(state, reported=_reported(state, event, by, at))


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
