"""Findings of a report received (SILENE, CERT Santé, a provider), typed and followed by hand."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from care_kit.model.words.vocabulary import Severity


class ReportedStatus(StrEnum):
    """What a person says became of it; "not visible" is never "fixed"."""

    PERSISTENT = "persistent"
    FIXED = "fixed"
    UNSEEN = "unseen"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "persistent": "persistant",
            "fixed": "corrigé",
            "unseen": "non visible",
        }[self.value]


@dataclass(frozen=True)
class ReportedFinding:
    """One finding of a report dated `reported_on`, with its status as of `seen_on`.

    `source` names who wrote the report, `reference` its own number for the finding; `check` is
    one of our checks about the same thing, empty when there is none.
    """

    id: str
    source: str
    reported_on: date
    title: str
    reference: str
    severity: Severity | None
    check: str
    status: ReportedStatus
    seen_on: date
    author: str
    at: datetime
