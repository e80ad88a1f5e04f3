"""How facts were obtained: the statement that goes with every reading."""

from dataclasses import dataclass
from datetime import datetime

from care_kit.model.words.vocabulary import ProbeKind


@dataclass(frozen=True)
class Statement:
    """Tool, scope, account, moments (UTC), commands and limits of one run of a probe.

    `complete` is false when the run was cut short or part of the target stayed unreadable;
    `limits` says what in French sentences. `view` is "interne", "externe" or "" (directory).
    """

    probe: ProbeKind
    tool: str
    target: str
    account: str
    started: datetime
    ended: datetime
    facts_sha512: str
    complete: bool
    commands: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    scope_sha256: str = ""
    view: str = ""
    replayed: bool = False

    @property
    def seconds(self) -> float:
        """Duration of the run in seconds."""
        return (self.ended - self.started).total_seconds()
