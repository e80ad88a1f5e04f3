"""What is checked: the declaration of one check, shared by its rule and by the reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from care_kit.model.content.strict import Strict
from care_kit.model.words.vocabulary import ProbeKind, Provenance, Severity, Work


@dataclass(frozen=True)
class Check(Strict):
    """One check: identity, wording, thresholds, levels (directory) or severity (exposure).

    `levels` are the ANSSI levels at which the point can fail (directory only);
    `thresholds` are named numbers whose unit is in their name (`max_age_days`, `min_bits`).
    `work` is what mending it asks for (directory only), proposed by care-kit whatever the
    provenance of the rest.
    """

    id: str
    family: ProbeKind
    title: str
    why: str
    remediation: str
    provenance: Provenance
    source: str
    source_date: date
    references: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    severity: Severity | None = None
    work: Work | None = None
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def threshold(self, name: str) -> float:
        """The declared number; KeyError when the TOML and the rule disagree."""
        return self.thresholds[name]


@dataclass(frozen=True)
class ControlPoint(Strict):
    """One of ANSSI's directory control points: id and the levels at which it can fail."""

    id: str
    levels: tuple[int, ...]
    title: str


@dataclass(frozen=True)
class ControlPoints(Strict):
    """The whole list of control points the directory level stands on, with its source."""

    source: str
    source_date: date
    provenance: Provenance
    points: tuple[ControlPoint, ...]


@dataclass(frozen=True)
class Excused(Strict):
    """A check that bounds no question, and why (French, one sentence)."""

    check: str
    reason: str


@dataclass(frozen=True)
class WithoutQuestion(Strict):
    """Every check that bounds no question although one would expect it to."""

    checks: tuple[Excused, ...]
