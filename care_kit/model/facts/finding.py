"""What the rules conclude from facts."""

import hashlib
from dataclasses import dataclass

from care_kit.model.words.vocabulary import Severity, Verdict

LONGEST_NAME = 1_000
"""Characters of a name (of a directory, a path, a header): beyond, it is a forgery."""
_KEPT = 200


@dataclass(frozen=True)
class Finding:
    """One verdict of one check on one target.

    `target` is a forest, a host or a domain; `port` is 0 when it has no meaning. `objects` names
    every offending object (accounts, records, hosts) and nothing else does: `reason` holds counts
    and thresholds only, so that a redacted export can replace names without reading sentences.
    `level` is the lowest ANSSI level crossed by a failing directory point. A name without end is
    cut, with its length and the start of its hash, so that two of them stay apart: every document
    repeats it.
    """

    check: str
    target: str
    verdict: Verdict
    reason: str
    port: int = 0
    objects: tuple[str, ...] = ()
    level: int = 0
    severity: Severity | None = None

    def __post_init__(self) -> None:
        if len(self.target) > LONGEST_NAME or any(len(one) > LONGEST_NAME for one in self.objects):
            object.__setattr__(self, "target", _bounded(self.target))
            object.__setattr__(self, "objects", tuple(map(_bounded, self.objects)))


def _bounded(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{name[:_KEPT]}… ({len(name)} caractères, {digest})"
