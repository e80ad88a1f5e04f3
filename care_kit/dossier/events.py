"""Everything that can happen to a dossier; each event's payload is the dataclass as JSON.

Payloads hold no host and no account name (those stay in the stored bytes), so the journal can
travel whole in a redacted package and its chain still be checked.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from care_kit.model.establishment import Establishment
from care_kit.model.reported import ReportedStatus
from care_kit.model.vocabulary import AnswerState, ProbeKind, Severity


@dataclass(frozen=True)
class DossierCreated:
    """The first event of every dossier."""

    dossier_id: str
    establishment: Establishment


@dataclass(frozen=True)
class AnswerGiven:
    """A person answered an indicator; the last answer stands.

    `typed` is the value given instead of a level, when there was one; `wording` the fingerprint of
    the question as it was asked (empty in the first dossiers).
    """

    questionnaire: str
    questionnaire_version: int
    indicator: str
    state: AnswerState
    level: int | None = None
    reason: str = ""
    comment: str = ""
    typed: str = ""
    wording: str = ""


@dataclass(frozen=True)
class ConflictExplained:
    """A person wrote why declared and measured differ."""

    indicator: str
    text: str


@dataclass(frozen=True)
class EvidenceAdded:
    """A document entered the dossier; its bytes are stored under `sha512`."""

    evidence_id: str
    name: str
    title: str
    media_type: str
    size: int
    sha512: str
    effective: date | None
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class ReadingAdded:
    """A probe ran; facts and statement are stored under their hashes."""

    reading_id: str
    probe: ProbeKind
    started: datetime
    ended: datetime
    complete: bool
    facts_sha512: str
    statement_sha512: str


@dataclass(frozen=True)
class ScopeSigned:
    """A named person allowed a scope file, identified by the hash of its bytes."""

    scope_sha256: str
    name: str
    role: str
    signed_on: date


@dataclass(frozen=True)
class RiskAccepted:
    """A person accepted a failing check, or one object of it, until a date."""

    acceptance_id: str
    check: str
    object_digest: str
    reason: str
    until: date


@dataclass(frozen=True)
class RiskAcceptanceWithdrawn:
    """An acceptance no longer stands."""

    acceptance_id: str


@dataclass(frozen=True)
class QuestionnaireChosen:
    """The establishment chose which questionnaire it answers; answers to others are kept."""

    questionnaire: str


@dataclass(frozen=True)
class ProgrammeFollowed:
    """The establishment said whether it applies to a programme; the last word stands."""

    programme: str
    followed: bool


@dataclass(frozen=True)
class SpendingRecorded:
    """A line of spending was typed; euros, tax included."""

    spending_id: str
    programme: str
    objective: str
    label: str
    amount: Decimal


@dataclass(frozen=True)
class CeilingNotified:
    """The ceiling notified for a programme was typed; euros."""

    programme: str
    amount: Decimal
    source: str


@dataclass(frozen=True)
class ThirdPartyResultAdded:
    """Another tool's report was given; its bytes and what was read in it are stored."""

    result_id: str
    tool: str
    source_sha512: str
    result_sha512: str


@dataclass(frozen=True)
class FindingReported:
    """A finding of a report received was typed, with what became of it."""

    finding_id: str
    source: str
    reported_on: date
    title: str
    reference: str
    severity: Severity | None
    check: str
    status: ReportedStatus
    seen_on: date


@dataclass(frozen=True)
class ReportedFindingFollowed:
    """What became of a reported finding, as of a day; the last word stands."""

    finding_id: str
    status: ReportedStatus
    seen_on: date


Event: TypeAlias = (
    DossierCreated
    | AnswerGiven
    | ConflictExplained
    | EvidenceAdded
    | ReadingAdded
    | ScopeSigned
    | RiskAccepted
    | RiskAcceptanceWithdrawn
    | QuestionnaireChosen
    | ProgrammeFollowed
    | SpendingRecorded
    | CeilingNotified
    | ThirdPartyResultAdded
    | FindingReported
    | ReportedFindingFollowed
)

KINDS: dict[str, type[Event]] = {
    shape.__name__: shape
    for shape in (
        DossierCreated,
        AnswerGiven,
        ConflictExplained,
        EvidenceAdded,
        ReadingAdded,
        ScopeSigned,
        RiskAccepted,
        RiskAcceptanceWithdrawn,
        QuestionnaireChosen,
        ProgrammeFollowed,
        SpendingRecorded,
        CeilingNotified,
        ThirdPartyResultAdded,
        FindingReported,
        ReportedFindingFollowed,
    )
}
