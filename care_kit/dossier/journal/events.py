"""Everything that can happen to a dossier; each event's payload is the dataclass as JSON.

Payloads hold no host and no account name (those stay in the stored bytes), so the journal can
travel whole in a redacted package and its chain still be checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias, get_args

from care_kit.model.dossier.establishment import Establishment
from care_kit.model.dossier.money import ActionState, SpendingKind
from care_kit.model.dossier.reported import ReportedStatus
from care_kit.model.words.vocabulary import AnswerState, PeriodKind, ProbeKind, Severity


@dataclass(frozen=True)
class DossierCreated:
    """The first event of every dossier."""

    dossier_id: str
    establishment: Establishment


@dataclass(frozen=True)
class EstablishmentCorrected:
    """Who the dossier is about was corrected; the last word stands.

    `legal_representative` is the name and quality of who signs for it, empty when not known.
    """

    establishment: Establishment
    legal_representative: str = ""


@dataclass(frozen=True)
class AnswerGiven:
    """A person answered an indicator; the last answer stands.

    `typed` is the value given instead of a level, when there was one; `wording` the fingerprint of
    the question as it was asked (empty in the first dossiers); `entities` the FINESS numbers it
    holds for, none when it holds for the whole establishment.
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
    entities: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerWithdrawn:
    """The answer to an indicator no longer stands: it is unanswered again."""

    indicator: str


@dataclass(frozen=True)
class Commented:
    """A person left a remark on an indicator; remarks add up."""

    indicator: str
    text: str


@dataclass(frozen=True)
class ReviewMarked:
    """A person asked that an indicator be looked at again, or (`marked` false) that it was."""

    indicator: str
    marked: bool


@dataclass(frozen=True)
class ConflictExplained:
    """A person wrote why declared and measured differ."""

    indicator: str
    text: str


@dataclass(frozen=True)
class EvidenceAdded:
    """A document entered the dossier; its bytes are stored under `sha512`.

    `entities` are the FINESS numbers it covers, none when it covers the whole establishment;
    `signed_by` is who signed it, empty when nobody did.
    """

    evidence_id: str
    name: str
    title: str
    media_type: str
    size: int
    sha512: str
    effective: date | None
    subjects: tuple[str, ...]
    entities: tuple[str, ...] = ()
    signed_by: str = ""


@dataclass(frozen=True)
class EvidenceWithdrawn:
    """A document no longer counts; its bytes stay in the store, as the journal names them."""

    evidence_id: str
    reason: str


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
class ReadingWithdrawn:
    """A reading no longer counts; its bytes stay in the store, as the journal names them."""

    reading_id: str
    reason: str


@dataclass(frozen=True)
class ReadingChosen:
    """A person wants that reading judged for its target, or (`chosen` false) no longer does."""

    reading_id: str
    chosen: bool = True


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
class QuestionnaireMigrated:
    """A person went over the answers given to older versions of the questions.

    `versions` are those in force, by questionnaire id; `carried` answers now count as given to
    the questionnaire named; `to_review` gives the fingerprint of the question they must be read
    against; `gone` answers are kept although no question asks for them.
    """

    versions: Mapping[str, int]
    carried: Mapping[str, str]
    to_review: Mapping[str, str]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class ProgrammeFollowed:
    """The establishment said whether it applies to a programme; the last word stands."""

    programme: str
    followed: bool


@dataclass(frozen=True)
class ActivityShareRecorded:
    """Share of the combined activity a legal entity or a site weighs, in percent.

    The last word on a FINESS number stands.
    """

    finess: str
    share: Decimal
    source: str


@dataclass(frozen=True)
class HeadcountRecorded:
    """People of a site in a year of the yearly hospital statistics (SAE)."""

    finess_eg: str
    year: int
    employees: int
    self_employed: int
    source: str


@dataclass(frozen=True)
class PeriodNotified:
    """First and last day of a period of a programme, with where it was read."""

    programme: str
    kind: PeriodKind
    starts: date
    ends: date
    source: str


@dataclass(frozen=True)
class SpendingRecorded:
    """A line of spending was typed; `amount` in euros, tax included.

    `excluding_tax` is None when it was not given; `entity` the FINESS number of the legal entity
    that pays, empty for the one that carries the file; `evidence_id` the quote or the invoice;
    `replaces` the line it takes the place of, as an invoice does of its quote.
    """

    spending_id: str
    programme: str
    objective: str
    label: str
    amount: Decimal
    excluding_tax: Decimal | None = None
    vat_recoverable: bool = False
    kind: SpendingKind = SpendingKind.ESTIMATE
    number: str = ""
    supplier: str = ""
    dated: date | None = None
    entity: str = ""
    evidence_id: str = ""
    replaces: str = ""


@dataclass(frozen=True)
class SpendingWithdrawn:
    """A line of spending no longer counts."""

    spending_id: str
    reason: str


@dataclass(frozen=True)
class CeilingNotified:
    """The ceiling notified for a programme was typed; euros.

    `entity` is the FINESS number it was notified to, empty for the whole establishment.
    """

    programme: str
    amount: Decimal
    source: str
    entity: str = ""


@dataclass(frozen=True)
class ActionPlanned:
    """An action of the plan was written or changed; the last word on its id stands.

    `levels` are (indicator, level it should bring), `checks` those whose failures it ends;
    `purchase` and `service` in euros, tax included; None as long as nobody costed them.
    """

    action_id: str
    title: str
    levels: tuple[tuple[str, int], ...] = ()
    checks: tuple[str, ...] = ()
    owner: str = ""
    due: date | None = None
    purchase: Decimal | None = None
    service: Decimal | None = None
    person_days: Decimal | None = None
    state: ActionState = ActionState.TO_DO


@dataclass(frozen=True)
class ActionWithdrawn:
    """An action left the plan."""

    action_id: str
    reason: str


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
    | EstablishmentCorrected
    | AnswerGiven
    | AnswerWithdrawn
    | Commented
    | ReviewMarked
    | ConflictExplained
    | EvidenceAdded
    | EvidenceWithdrawn
    | ReadingAdded
    | ReadingWithdrawn
    | ReadingChosen
    | ScopeSigned
    | RiskAccepted
    | RiskAcceptanceWithdrawn
    | QuestionnaireChosen
    | QuestionnaireMigrated
    | ProgrammeFollowed
    | ActivityShareRecorded
    | HeadcountRecorded
    | PeriodNotified
    | SpendingRecorded
    | SpendingWithdrawn
    | CeilingNotified
    | ActionPlanned
    | ActionWithdrawn
    | ThirdPartyResultAdded
    | FindingReported
    | ReportedFindingFollowed
)

KINDS: dict[str, type[Event]] = {shape.__name__: shape for shape in get_args(Event)}
