"""A risk accepted by a named person, for a reason, until a date."""

from dataclasses import dataclass
from datetime import date, datetime

from care_kit.model.words.french import counted


@dataclass(frozen=True)
class RiskAcceptance:
    """Acceptance of a whole check, or of one object of it when `object_digest` is not empty.

    The object is known by its keyed digest: the journal holds no account and no host name.
    """

    id: str
    check: str
    object_digest: str
    reason: str
    until: date
    author: str
    at: datetime


@dataclass(frozen=True)
class Accepted:
    """What an acceptance covers of a finding: objects, and whether it still runs."""

    acceptance: RiskAcceptance
    objects: tuple[str, ...]
    current: bool

    @property
    def sentence(self) -> str:
        """How it is told, in French; it always says that the failure still counts."""
        one = self.acceptance
        state = "accepté" if self.current else "acceptation échue"
        covered = f" ({counted(len(self.objects), 'objet')})" if one.object_digest else ""
        reason = one.reason.rstrip(". ")
        return (
            f"Risque {state} jusqu'au {one.until:%d/%m/%Y} par {one.author}{covered} : {reason}. "
            "Il compte toujours comme un échec."
        )
