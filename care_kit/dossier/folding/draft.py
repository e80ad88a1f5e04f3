"""The state while it is being folded: changed in place, so that n events cost n steps."""

from copy import copy
from dataclasses import dataclass, field

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
from care_kit.model.dossier.state import (
    DEFAULT_QUESTIONNAIRE,
    Answer,
    Comment,
    Dispute,
    DossierState,
    Evidence,
    Explanation,
    ReadingRecord,
    ReviewMark,
)
from care_kit.model.dossier.third_party import ThirdPartyRecord
from care_kit.model.facts.scope import ScopeSignature
from care_kit.model.words.vocabulary import PeriodKind


@dataclass
class Draft:
    """The fields of `DossierState`, by the key of what they hold; oldest word first."""

    dossier_id: str
    establishment: Establishment
    legal_representative: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    readings: list[ReadingRecord] = field(default_factory=list)
    chosen_readings: dict[str, None] = field(default_factory=dict)
    explanations: dict[str, Explanation] = field(default_factory=dict)
    signatures: dict[str, ScopeSignature] = field(default_factory=dict)
    spending: dict[str, Spending] = field(default_factory=dict)
    ceilings: dict[tuple[str, str], Ceiling] = field(default_factory=dict)
    periods: dict[tuple[str, PeriodKind], Period] = field(default_factory=dict)
    shares: dict[str, ActivityShare] = field(default_factory=dict)
    headcounts: dict[tuple[str, int], Headcount] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    third_party: list[ThirdPartyRecord] = field(default_factory=list)
    programmes: dict[str, None] = field(default_factory=dict)
    questionnaire: str = DEFAULT_QUESTIONNAIRE
    migration: MigrationRecord | None = None
    acceptances: dict[str, RiskAcceptance] = field(default_factory=dict)
    reported: dict[str, ReportedFinding] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    marks: dict[str, ReviewMark] = field(default_factory=dict)

    def copy(self) -> "Draft":
        """Another draft, that may be changed without changing this one."""
        return Draft(**{key: copy(value) for key, value in vars(self).items()})

    def done(self, head: str, events: int, disputes: tuple[Dispute, ...] = ()) -> DossierState:
        """What is folded so far, which later events no longer change."""
        return DossierState(
            dossier_id=self.dossier_id,
            establishment=self.establishment,
            legal_representative=self.legal_representative,
            head=head,
            events=events,
            answers=dict(self.answers),
            evidence=dict(self.evidence),
            readings=tuple(self.readings),
            chosen_readings=tuple(self.chosen_readings),
            explanations=dict(self.explanations),
            signatures=dict(self.signatures),
            spending=tuple(self.spending.values()),
            ceilings=tuple(self.ceilings.values()),
            periods=tuple(self.periods.values()),
            shares=dict(self.shares),
            headcounts=dict(self.headcounts),
            actions=dict(self.actions),
            third_party=tuple(self.third_party),
            programmes=tuple(self.programmes),
            questionnaire=self.questionnaire,
            migration=self.migration,
            acceptances=tuple(self.acceptances.values()),
            reported=dict(self.reported),
            comments=tuple(self.comments),
            marks=dict(self.marks),
            disputes=disputes,
        )
