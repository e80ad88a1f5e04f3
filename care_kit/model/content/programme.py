"""What is funded: objectives, pieces to provide, time rules, windows and what is not known."""

from dataclasses import dataclass
from datetime import date

from care_kit.model.content.strict import Strict
from care_kit.model.words.vocabulary import PeriodKind, ProbeKind, Provenance


@dataclass(frozen=True)
class ReadingRule(Strict):
    """`count` complete readings of `probe`, two of them `min_days` to `max_days` apart.

    Readings made in between take nothing away; 0 days means no window.
    """

    probe: ProbeKind
    count: int = 1
    min_days: int = 0
    max_days: int = 0


@dataclass(frozen=True)
class Piece(Strict):
    """A document to provide with the application.

    Its own date must be `not_before` or later (None: any date), and it is worth `validity_months`
    from that date (0: no end). `within` is the period, notified to the establishment, that date
    must fall in; `signed` says that a source wants it signed or validated by the legal
    representative; `per_entity` that the entities it covers count in the share of the activity.
    """

    id: str
    title: str
    mandatory: bool
    provenance: Provenance
    source: str
    not_before: date | None = None
    validity_months: int = 0
    within: PeriodKind | None = None
    signed: bool = False
    per_entity: bool = False


@dataclass(frozen=True)
class Objective(Strict):
    """One objective: `official_id` is empty when no source shows it; `gap` says what is unknown.

    `activity_share` is the least share of the combined activity, in percent, that the entities of
    a GHT (or the sites of an applicant outside one) covered by it must weigh; `least_rate` the
    least rate, in percent, its target asks for; 0 when there is none. `year` is the year it
    belongs to in a programme that has yearly objectives, 0 elsewhere.
    """

    id: str
    title: str
    target: str
    who: str
    provenance: Provenance
    source: str
    official_id: str = ""
    gap: str = ""
    ght_only: bool = False
    pieces: tuple[Piece, ...] = ()
    readings: tuple[ReadingRule, ...] = ()
    indicators: tuple[str, ...] = ()
    activity_share: int = 0
    least_rate: int = 0
    year: int = 0


@dataclass(frozen=True)
class Milestone(Strict):
    """A dated step of the programme.

    `month` ("2026-11") is all that is known of a step whose day no source gives; `call` says that
    the counter takes files from `opens` to `closes`.
    """

    title: str
    provenance: Provenance
    source: str
    opens: date | None = None
    closes: date | None = None
    month: str = ""
    call: bool = False


@dataclass(frozen=True)
class Programme(Strict):
    """A funding programme: text, counter, objectives, milestones.

    `headcount_years` are the years of the yearly hospital statistics (SAE) a head count is taken
    from, the preferred one first, when the funding rests on it: for each legal entity the sum over
    its sites, employees and self-employed, of the first year filled in, 0 when none is.
    `file_types` are the media types its counter takes and `file_bytes` the size of the largest
    file, empty and 0 when no source tells. `has_call` is false when nothing is asked for money: a
    preparation, an obligation without a counter, a programme that ended. `counter_form` is the
    referential whose identifiers its counter asks to fill in, answered by its objectives'
    indicators.
    """

    id: str
    version: int
    title: str
    text: str
    counter: str
    notice: str
    provenance: Provenance
    source: str
    objectives: tuple[Objective, ...]
    milestones: tuple[Milestone, ...] = ()
    headcount_years: tuple[int, ...] = ()
    file_types: tuple[str, ...] = ()
    file_bytes: int = 0
    has_call: bool = True
    counter_form: str = ""
