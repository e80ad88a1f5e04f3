"""Numbers that mean something: intervals, coverage, confidence, conflicts, remarks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from care_kit.model.results.activity import ActivityCoverage
from care_kit.model.words.vocabulary import AnswerState, Confidence, Effort


@dataclass(frozen=True, order=True)
class Interval:
    """A closed interval; `low` counts every unknown as nothing, `high` as full."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """True when nothing is left unknown."""
        return self.low == self.high


@dataclass(frozen=True)
class IndicatorResult:
    """What is known of one indicator: declared, measured, retained, and how they agree.

    `declared` is the level a person gave (None when there is none), as of today; `typed` the value
    they typed instead of it, and `aged_from` the level it was worth that day when it has lost some
    since. `measured` bounds the level from findings (None when no finding concludes); `retained`
    is the interval that enters the sums, None when the indicator is not applicable. `conflict` is
    true when nothing of what was declared lies in the measured interval; `explanation` is what a
    person wrote about it. `disputed` is true while merged copies answer differently: `retained`
    then holds everything they leave possible.
    """

    indicator: str
    state: AnswerState | None
    declared: int | None
    measured: Interval | None
    retained: Interval | None
    confidence: Confidence | None
    conflict: bool = False
    explanation: str = ""
    typed: str = ""
    aged_from: int | None = None
    disputed: bool = False


@dataclass(frozen=True)
class Score:
    """Level (gated), index, coverage and confidence: always shown together, never one alone.

    `level` 0-4 is the lowest blocking item (socle); `index` is 0-100; `coverage` and
    `not_applicable` are shares 0-1 of the weight; `confidence` counts indicators by confidence.
    `level` is None when the group has no applicable socle; `index` when nothing is applicable.
    """

    level: Interval | None
    index: Interval | None
    coverage: float
    not_applicable: float
    confidence: Mapping[Confidence, int]
    unknown: int = 0


@dataclass(frozen=True)
class PointLeft:
    """One point between a forest and its next level; `objects` counts what its finding names.

    `decided` is false when the point has no verdict: it must be looked at, not mended.
    """

    point: str
    objects: int
    decided: bool = True


@dataclass(frozen=True)
class DirectoryAction:
    """One point to mend in a forest: the level it holds back, how many objects, how much work."""

    forest: str
    point: str
    level: int
    objects: int
    effort: Effort


@dataclass(frozen=True)
class DirectoryLevel:
    """The 1-5 directory level as an interval, per forest; never ANSSI's own result.

    `decided` of `total` points carry a verdict; `blocking` are the failing points at the lowest
    failing level, `undecided` the points without a verdict. `left` is the shortest route to
    `next_level`: every point that holds it back, the quickest to mend first; `next_level` is None
    at the best level.
    """

    forest: str
    level: Interval
    decided: int
    total: int
    blocking: tuple[str, ...]
    undecided: tuple[str, ...]
    next_level: int | None = None
    left: tuple[PointLeft, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """The whole result, recomputed from the dossier each time."""

    questionnaire: str
    overall: Score
    domains: Mapping[str, Score]
    indicators: Mapping[str, IndicatorResult]
    directory: tuple[DirectoryLevel, ...] = ()

    @property
    def conflicts(self) -> tuple[IndicatorResult, ...]:
        """Indicators whose declared answer contradicts the measure, explained or not."""
        return tuple(one for one in self.indicators.values() if one.conflict)


class Gravity(StrEnum):
    """Whether an examiner would refuse the file for it, or only ask.

    FORESEEN is what no text read makes mandatory today: care-kit's own advice, or the demand of a
    counter that is not open.
    """

    BLOCKING = "blocking"
    WARNING = "warning"
    FORESEEN = "foreseen"

    @property
    def label(self) -> str:
        """French word shown to the user."""
        return {"blocking": "bloquant", "warning": "à revoir", "foreseen": "à prévoir"}[self.value]


@dataclass(frozen=True)
class Remark:
    """One thing an examiner would say: about what, why, and what to do."""

    gravity: Gravity
    subject: str
    sentence: str
    next_step: str


class ObjectiveState(StrEnum):
    """How far an objective of a programme is shown by the dossier."""

    SHOWN = "shown"
    MISSING = "missing"
    UNDETERMINED = "undetermined"
    NOT_DUE = "not_due"
    NOT_CONCERNED = "not_concerned"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "shown": "éléments réunis",
            "missing": "éléments manquants",
            "undetermined": "à compléter (exigence officielle non lue par care-kit)",
            "not_due": "pas encore dû",
            "not_concerned": "sans objet",
        }[self.value]


@dataclass(frozen=True)
class ObjectiveResult:
    """State of one objective, in French sentences.

    `missing` is what the hospital must add, as an official or secondary source makes mandatory;
    `foreseen`, what care-kit expects although no source read makes it mandatory; `unknown`, what
    it must type or what no source tells;
    `computed`, the shares and rates that are reached. `activity` is the share of the combined
    activity its entities weigh, None when none is asked for or there is nothing to share.
    """

    objective: str
    state: ObjectiveState
    missing: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    computed: tuple[str, ...] = ()
    activity: ActivityCoverage | None = None
    foreseen: tuple[str, ...] = ()


class MeasureState(StrEnum):
    """How far the answers given speak of a measure; it says nothing of the level reached."""

    FULL = "full"
    PARTIAL = "partial"
    UNANSWERED = "unanswered"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "full": "renseignée",
            "partial": "renseignée en partie",
            "unanswered": "sans réponse",
            "not_asked": "aucune question ne la couvre",
        }[self.value]


@dataclass(frozen=True)
class MeasureCoverage:
    """One measure seen through the answers.

    `indicators` answer it, `missing` are those without answer nor measure, `lowest_level` (0-4) is
    the floor of the weakest known one, None when none is known or applicable.
    """

    measure: str
    state: MeasureState
    indicators: tuple[str, ...]
    missing: tuple[str, ...]
    lowest_level: float | None
