"""What other texts ask for, measure by measure: the lists indicators refer to."""

from dataclasses import dataclass
from datetime import date

from care_kit.model.content.questionnaire import Profile
from care_kit.model.content.strict import Strict
from care_kit.model.words.vocabulary import Provenance


@dataclass(frozen=True)
class Group(Strict):
    """A chapter of the referential: objective, theme."""

    id: str
    title: str


@dataclass(frozen=True)
class Tier(Strict):
    """A degree of demand of the referential, and the operators it is meant for."""

    id: str
    title: str
    profile: Profile = Profile.ALL


@dataclass(frozen=True)
class Measure(Strict):
    """One measure: `id` as the referential writes it, `subject` in our own words.

    `group` and `tier` are ids of the referential's groups and tiers; `threshold` words the figure
    the measure sets, empty when it sets none.
    """

    id: str
    group: str
    tier: str
    subject: str
    threshold: str = ""


@dataclass(frozen=True)
class Referential(Strict):
    """A published list of measures; `title` is the name the references of indicators cite.

    `provenance` and `source` are about ids, groups, tiers and thresholds; the subjects are ours.
    """

    id: str
    version: int
    title: str
    source: str
    source_date: date
    provenance: Provenance
    notice: str
    groups: tuple[Group, ...]
    tiers: tuple[Tier, ...]
    measures: tuple[Measure, ...]

    def measure(self, measure_id: str) -> Measure | None:
        """The measure with this id, written as in the referential, or None."""
        return next((one for one in self.measures if one.id == measure_id), None)
