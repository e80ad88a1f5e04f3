"""What a dossier holds once its events are folded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from care_kit.model.dossier.acceptance import RiskAcceptance
from care_kit.model.dossier.establishment import Establishment
from care_kit.model.dossier.migration import MigrationRecord
from care_kit.model.dossier.money import (
    Action,
    ActivityShare,
    Ceiling,
    Headcount,
    Period,
    Spending,
)
from care_kit.model.dossier.reported import ReportedFinding
from care_kit.model.dossier.third_party import ThirdPartyRecord
from care_kit.model.facts.scope import ScopeSignature
from care_kit.model.words.vocabulary import AnswerState, PeriodKind, ProbeKind

COLLECTION = "application/vnd.care-kit.collection"
"""Media type of what another tool collected about a directory."""
DEFAULT_QUESTIONNAIRE = "socle"
"""The short run: what a new dossier is asked first."""


@dataclass(frozen=True)
class Answer:
    """What a person said about an indicator; `level` only when the state bears one.

    `typed` is the value given instead of a level, `level` the one it was worth that day; `wording`
    is the fingerprint of the question as it was asked, by that version of `questionnaire`;
    `entities` the FINESS numbers it holds for, none when it holds for the whole establishment.
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
    entities: tuple[str, ...] = ()
    questionnaire: str = ""
    questionnaire_version: int = 0


@dataclass(frozen=True)
class Evidence:
    """A document kept in the dossier; `subjects` are indicator, objective or piece ids.

    `effective` is the date the document itself bears, never the day it was added; `size` is in
    bytes; `sha512` names the bytes in the store; `entities` are the FINESS numbers it covers, none
    when it covers the whole establishment; `signed_by` is who signed it.
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
    entities: tuple[str, ...] = ()
    signed_by: str = ""

    @property
    def collection(self) -> bool:
        """True for what another tool collected: it names every account, so it never leaves as is.

        Those joined before they had a type of their own are told by the title they were given.
        """
        return self.media_type == COLLECTION or self.title.startswith("Collecte BloodHound")


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
class Comment:
    """A remark left on an indicator; it answers nothing."""

    indicator: str
    text: str
    author: str
    at: datetime


@dataclass(frozen=True)
class ReviewMark:
    """Somebody asked that an indicator be looked at again."""

    indicator: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Explanation:
    """What a person wrote about a conflict between declared and measured."""

    indicator: str
    text: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Candidate:
    """One of several last words: `record` is its hash, `told` what it says, in French.

    `answer` is what it answers to a question; None when it is about something else, or takes the
    answer back.
    """

    record: str
    author: str
    at: datetime
    told: str
    answer: Answer | None = None


_FAMILIES = {
    "action": "action du plan",
    "answer": "réponse",
    "ceiling": "plafond notifié",
    "establishment": "description de l'établissement",
    "explanation": "explication de l'écart",
    "headcount": "effectif",
    "invoice": "facture saisie deux fois",
    "mark": "marque « à revoir »",
    "migration": "passage à une nouvelle version des questions",
    "period": "période du programme",
    "programme": "suivi du programme",
    "questionnaire": "choix du questionnaire",
    "reported": "suite du constat reçu",
    "reading": "relevé jugé",
    "scope": "autorisation du périmètre",
    "share": "part d'activité",
    "spending": "ligne de dépense",
}


@dataclass(frozen=True)
class Dispute:
    """Last words said side by side on merged copies: none wins until a new event ends it.

    `about` are the ids of the thing they are about (indicator, FINESS number…); `standing` is the
    hash of the word that counts meanwhile, the one that helps the least.
    """

    family: str
    about: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    standing: str

    @property
    def title(self) -> str:
        """What it is about, in French."""
        return " ".join((_FAMILIES[self.family], *self.about)).rstrip()


@dataclass(frozen=True)
class DossierState:
    """The fold of every event: the only state there is.

    `head` is the hash of the last event (hashes separated by spaces while branches of merged
    copies stand side by side), `events` how many there are; `programmes` are the ids of
    those the establishment applies to, `questionnaire` the id of the one it answers; `shares` are
    by FINESS number, `headcounts` by site and year, `actions` by id; `chosen_readings` are
    the ids of the readings a person wants judged, oldest choice first; `disputes` are the last
    words said side by side on merged copies, of which the one that helps the least counts
    meanwhile.
    """

    dossier_id: str
    establishment: Establishment
    head: str
    events: int
    answers: Mapping[str, Answer] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    readings: tuple[ReadingRecord, ...] = ()
    chosen_readings: tuple[str, ...] = ()
    explanations: Mapping[str, Explanation] = field(default_factory=dict)
    signatures: Mapping[str, ScopeSignature] = field(default_factory=dict)
    spending: tuple[Spending, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    periods: tuple[Period, ...] = ()
    shares: Mapping[str, ActivityShare] = field(default_factory=dict)
    headcounts: Mapping[tuple[str, int], Headcount] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    third_party: tuple[ThirdPartyRecord, ...] = ()
    programmes: tuple[str, ...] = ()
    questionnaire: str = DEFAULT_QUESTIONNAIRE
    migration: MigrationRecord | None = None
    acceptances: tuple[RiskAcceptance, ...] = ()
    reported: Mapping[str, ReportedFinding] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    marks: Mapping[str, ReviewMark] = field(default_factory=dict)
    legal_representative: str = ""
    disputes: tuple[Dispute, ...] = ()

    def dispute(self, family: str, *about: str) -> Dispute | None:
        """The conflict on that thing, None when there is none."""
        found = (one for one in self.disputes if (one.family, one.about) == (family, about))
        return next(found, None)

    @property
    def heads(self) -> tuple[str, ...]:
        """Hashes of the events that nothing follows yet; only one unless copies were merged."""
        return tuple(self.head.split())

    def evidence_for(self, subject: str) -> tuple[Evidence, ...]:
        """Pieces attached to an indicator, objective or piece id, oldest first."""
        return tuple(one for one in self.evidence.values() if subject in one.subjects)

    def ceiling(self, programme: str, entity: str = "") -> Ceiling | None:
        """The ceiling notified to the whole or to one entity; None when unknown."""
        found = (one for one in self.ceilings if (one.programme, one.entity) == (programme, entity))
        return next(found, None)

    def period(self, programme: str, kind: PeriodKind) -> Period | None:
        """A period notified for a programme; None when unknown."""
        found = (one for one in self.periods if (one.programme, one.kind) == (programme, kind))
        return next(found, None)
