"""What another tool concluded about a directory: shown beside our level, never merged with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class ThirdPartyResult:
    """One report of another tool, as it says it.

    `forest` is empty when the tool does not tell it apart from `domain`. `level` is the tool's
    own, 1 (worst) to 5, None when it gives none; `scores` go from a French label to points (100
    is the worst for PingCastle). `failed` are ANSSI's points that the failed rules of the tool
    speak of, `rules` the rules that speak of each point, `other_rules` the failed rules that speak
    of none. `cautions` are French sentences that name no one; `generated` is when the tool says
    it ran.
    """

    tool: str
    version: str
    forest: str
    domain: str
    generated: datetime | None
    level: int | None
    scores: Mapping[str, int] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    other_rules: tuple[str, ...] = ()
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThirdPartyRecord:
    """A report kept in the dossier; both hashes name bytes in the store.

    The forest is told by the result only: the journal holds no such name.
    """

    id: str
    tool: str
    source_sha512: str
    result_sha512: str
    author: str
    at: datetime
