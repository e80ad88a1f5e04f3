"""What is asked: domains, indicators, their scale and how a probe may measure them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from care_kit.model.content.strict import Strict
from care_kit.model.words.vocabulary import Provenance

TOP_LEVEL = 4
DEFAULT_MONTHS = 12
"""How long a document attached to a question is worth when the question does not say."""


class Profile(StrEnum):
    """Who an indicator is asked to: everyone, or operators under reinforced obligations only."""

    ALL = "all"
    ESSENTIAL = "essential"


class Extent(StrEnum):
    """How far an indicator answers a measure of a referential."""

    FULL = "full"
    PARTIAL = "partial"


class AnswerKind(StrEnum):
    """What may be typed instead of a level."""

    YES_NO = "yes_no"
    RATE = "rate"
    RATE_AT_MOST = "rate_at_most"
    DATE = "date"
    COUNT = "count"
    CHOICE = "choice"
    TEXT = "text"


RATES = (AnswerKind.RATE, AnswerKind.RATE_AT_MOST)


@dataclass(frozen=True)
class AnswerOption(Strict):
    """One answer among several (CHOICE): `key` is the word typed, `level` what it is worth."""

    key: str
    label: str
    level: int


@dataclass(frozen=True)
class AnswerForm(Strict):
    """How a typed value becomes a level.

    `bounds` gives, per level, the least rate in percent (RATE), the greatest rate (RATE_AT_MOST:
    the less there is, the better), the greatest age in months (DATE) or the greatest count (COUNT)
    that reaches it; "oui" reaches `yes_level` (YES_NO).
    `numerator` and `denominator` word the two numbers of a rate; `label` words what is dated,
    counted or written (DATE, COUNT, TEXT); `options` are the answers to choose from (CHOICE).

    A text proves that somebody could write it, and no more: it is worth `text_level` when the
    scale has a sentence that naming the thing makes true, else no level at all (None). The
    question is then answered, at a level that stays unknown until a person gives one.
    """

    kind: AnswerKind
    numerator: str = ""
    denominator: str = ""
    bounds: Mapping[int, float] = field(default_factory=dict)
    yes_level: int = 0
    label: str = ""
    options: tuple[AnswerOption, ...] = ()
    text_level: int | None = None


@dataclass(frozen=True)
class Reference(Strict):
    """A link to a text: `official_id` only when a source was seen to use that identifier.

    `extent` says how far the indicator answers that measure, None when that was not judged.
    """

    referential: str
    official_id: str = ""
    note: str = ""
    extent: Extent | None = None


@dataclass(frozen=True)
class ExpectedEvidence(Strict):
    """A kind of document that supports an answer, valid `validity_months` from its own date.

    `months_by_level` gives another validity from a level on, when the sentence of that level
    speaks of a shorter or longer time: a proof may not outlive the claim.
    """

    title: str
    validity_months: int = 12
    months_by_level: Mapping[int, int] = field(default_factory=dict)

    @property
    def validity(self) -> str:
        """How long it is worth, in French: « 12 mois », « 12 mois, un mois dès le niveau 3 »."""
        others = (f"{months} mois dès le niveau {level}" for level, months in self._levels())
        return ", ".join((f"{self.validity_months} mois", *others))

    def _levels(self) -> list[tuple[int, int]]:
        return sorted(self.months_by_level.items())

    def months(self, level: int | None) -> int:
        """How long it supports that level, in months; the longest it can when none is given."""
        if level is None:
            return max(self.validity_months, *self.months_by_level.values(), 0)
        reached = [one for one in self.months_by_level if one <= level]
        return self.months_by_level[max(reached)] if reached else self.validity_months


@dataclass(frozen=True)
class MeasuredBy(Strict):
    """One check and the highest level that remains possible when it fails.

    `optional` when the check is only made on demand: its failure caps the level, and the sentences
    of the levels do not speak of what it would have seen when it was not asked for.
    """

    check: str
    fail_at_most: int
    optional: bool = False


@dataclass(frozen=True)
class Measured(Strict):
    """How findings bound the level of an indicator.

    Any failing check caps the level at its `fail_at_most`; when every check passes the level is at
    least `pass_at_least`. `directory_level` ties the indicator to the 1-5 directory level instead
    (level n of the directory is level n-1 of the indicator).
    """

    checks: tuple[MeasuredBy, ...] = ()
    pass_at_least: int = 0
    directory_level: bool = False


@dataclass(frozen=True)
class Indicator(Strict):
    """One question with one observable sentence per level (0 to 4).

    `related` are ids of indicators, of other questionnaires too, whose answers already say
    something of this one: they are shown beside the question and never answer it.
    """

    id: str
    domain: str
    title: str
    question: str
    why: str
    answered_by: str
    levels: Mapping[int, str]
    evidence: tuple[ExpectedEvidence, ...]
    references: tuple[Reference, ...]
    provenance: Provenance
    source: str
    source_date: date
    socle: bool = False
    weight: int = 1
    help: str = ""
    measured: Measured | None = None
    profiles: tuple[Profile, ...] = (Profile.ALL,)
    answer: AnswerForm | None = None
    related: tuple[str, ...] = ()

    def evidence_months(self, level: int | None) -> int:
        """How long the documents accepted support that level, in months from their own date."""
        return max((one.months(level) for one in self.evidence), default=DEFAULT_MONTHS)


@dataclass(frozen=True)
class Domain(Strict):
    """A group of indicators, one axis of the radar; `dimension` gathers several domains."""

    id: str
    title: str
    dimension: str = ""


@dataclass(frozen=True)
class QuestionnaireIdentity(Strict):
    """What every questionnaire says of itself: version, and notice about its standing."""

    id: str
    version: int
    title: str
    notice: str
    provenance: Provenance
    source: str


@dataclass(frozen=True)
class QuestionnaireHead(QuestionnaireIdentity):
    """The first file of a questionnaire kept in a folder; its indicators are in the others."""

    domains: tuple[Domain, ...]


@dataclass(frozen=True)
class QuestionnairePart(Strict):
    """One of the other files of that folder."""

    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Wording(Strict):
    """Other words for the same question, its scale unchanged; an empty text keeps the original.

    `levels` are by level, `evidence` titles by rank in the indicator's list, from 0; the last
    three are those of its answer form.
    """

    title: str = ""
    question: str = ""
    why: str = ""
    help: str = ""
    answered_by: str = ""
    levels: Mapping[int, str] = field(default_factory=dict)
    evidence: Mapping[int, str] = field(default_factory=dict)
    numerator: str = ""
    denominator: str = ""
    label: str = ""


@dataclass(frozen=True)
class Selection(QuestionnaireIdentity):
    """A shorter questionnaire: some indicators of its `bases`, named or by profile.

    With `indicators`, those; with `profiles`, those asked to one of these profiles. `wording`
    gives, by indicator, the words its readers use; `domain_titles`, by domain, the title.
    """

    bases: tuple[str, ...]
    indicators: tuple[str, ...] = ()
    profiles: tuple[Profile, ...] = ()
    wording: Mapping[str, Wording] = field(default_factory=dict)
    domain_titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Questionnaire(QuestionnaireHead):
    """A referential: its head and its indicators."""

    indicators: tuple[Indicator, ...]

    def indicator(self, indicator_id: str) -> Indicator | None:
        """The indicator with this id, whatever the letter case, or None."""
        wanted = indicator_id.upper()
        return next((one for one in self.indicators if one.id.upper() == wanted), None)
