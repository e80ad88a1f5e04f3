"""What a dossier holds once its events are folded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from care_kit.model.acceptance import RiskAcceptance
from care_kit.model.establishment import Establishment
from care_kit.model.reported import ReportedFinding
from care_kit.model.scope import ScopeSignature
from care_kit.model.third_party import ThirdPartyRecord
from care_kit.model.vocabulary import AnswerState, ProbeKind

DEFAULT_QUESTIONNAIRE = "socle"
"""The short run: what a new dossier is asked first."""


@dataclass(frozen=True)
class Answer:
    """What a person said about an indicator; `level` only when the state bears one.

    `typed` is the value given instead of a level, `level` the one it was worth that day; `wording`
    is the fingerprint of the question as it was asked.
    """

    indicator: str
    state: AnswerState
    author: str
    at: datetime
    level: int | None = None
    reason: str = ""
    comment: str = ""
    typed: str = ""
    wording: str = ""


@dataclass(frozen=True)
class Evidence:
    """A document kept in the dossier; `subjects` are indicator, objective or piece ids.

    `effective` is the date the document itself bears, never the day it was added; `size` is in
    bytes; `sha512` names the bytes in the store.
    """

    id: str
    name: str
    title: str
    media_type: str
    size: int
    sha512: str
    effective: date | None
    subjects: tuple[str, ...]
    author: str
    at: datetime


@dataclass(frozen=True)
class ReadingRecord:
    """A reading kept in the dossier; both hashes name bytes in the store.

    The target is told by the statement only: the journal holds no host and no account name.
    """

    id: str
    probe: ProbeKind
    started: datetime
    ended: datetime
    complete: bool
    facts_sha512: str
    statement_sha512: str


@dataclass(frozen=True)
class Explanation:
    """What a person wrote about a conflict between declared and measured."""

    indicator: str
    text: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Spending:
    """A line of spending typed by the user; `amount` in euros, tax included."""

    id: str
    programme: str
    objective: str
    label: str
    amount: Decimal
    author: str
    at: datetime


@dataclass(frozen=True)
class Ceiling:
    """The ceiling notified to the establishment for a programme, with where it was read."""

    programme: str
    amount: Decimal
    source: str
    author: str
    at: datetime


@dataclass(frozen=True)
class DossierState:
    """The fold of every event: the only state there is.

    `head` is the hash of the last event, `events` how many there are; `programmes` are the ids of
    those the establishment applies to, `questionnaire` the id of the one it answers.
    """

    dossier_id: str
    establishment: Establishment
    head: str
    events: int
    answers: Mapping[str, Answer] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    readings: tuple[ReadingRecord, ...] = ()
    explanations: Mapping[str, Explanation] = field(default_factory=dict)
    signatures: Mapping[str, ScopeSignature] = field(default_factory=dict)
    spending: tuple[Spending, ...] = ()
    ceilings: Mapping[str, Ceiling] = field(default_factory=dict)
    third_party: tuple[ThirdPartyRecord, ...] = ()
    programmes: tuple[str, ...] = ()
    questionnaire: str = DEFAULT_QUESTIONNAIRE
    acceptances: tuple[RiskAcceptance, ...] = ()
    reported: Mapping[str, ReportedFinding] = field(default_factory=dict)

    def evidence_for(self, subject: str) -> tuple[Evidence, ...]:
        """Pieces attached to an indicator, objective or piece id, oldest first."""
        return tuple(one for one in self.evidence.values() if subject in one.subjects)
