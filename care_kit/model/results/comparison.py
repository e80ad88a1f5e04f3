"""Two readings of one probe side by side: what is new, fixed, persistent or no longer visible."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from care_kit.model.dossier.state import ReadingRecord
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.reading import Statement
from care_kit.model.words.vocabulary import ProbeKind, Severity, Verdict


class Change(StrEnum):
    """What became of a weakness; `UNSEEN` is never a correction."""

    NEW = "new"
    PERSISTENT = "persistent"
    UNSEEN = "unseen"
    FIXED = "fixed"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "new": "nouveau",
            "persistent": "persistant",
            "unseen": "plus visible (non prouvé corrigé)",
            "fixed": "corrigé",
        }[self.value]


@dataclass(frozen=True)
class JudgedReading:
    """A reading with its statement and the findings today's rules draw from it."""

    record: ReadingRecord
    statement: Statement
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Difference:
    """One check on one target and port, a failure in at least one of the two readings.

    `before` and `after` are the verdicts, None when that reading says nothing of it. Objects are
    split by name; `gone` objects are corrected only when `change` is FIXED or PERSISTENT (the
    second reading then looked at the same thing and did not see them).
    """

    change: Change
    check: str
    target: str
    port: int
    before: Verdict | None
    after: Verdict | None
    severity: Severity | None = None
    level: int = 0
    appeared: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Differences from the older reading to the newer one; `cautions` are French sentences."""

    probe: ProbeKind
    before: str
    after: str
    before_ended: datetime
    after_ended: datetime
    differences: tuple[Difference, ...]
    cautions: tuple[str, ...] = ()

    def of(self, change: Change) -> tuple[Difference, ...]:
        """The differences of one kind."""
        return tuple(one for one in self.differences if one.change is change)


@dataclass(frozen=True)
class ReadingCounts:
    """Failures of one exposure reading by severity, and what it could not test.

    `untested` counts the not-tested and erroneous findings by the severity their check declares.
    Apart from `target`, it names no host.
    """

    reading: str
    target: str
    ended: datetime
    complete: bool
    view: str
    replayed: bool
    failures: Mapping[Severity, int]
    untested: Mapping[Severity, int]
