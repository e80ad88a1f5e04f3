"""What the rules conclude from facts."""

from dataclasses import dataclass

from care_kit.model.words.vocabulary import Severity, Verdict


@dataclass(frozen=True)
class Finding:
    """One verdict of one check on one target.

    `target` is a forest, a host or a domain; `port` is 0 when it has no meaning. `objects` names
    every offending object (accounts, records, hosts) and nothing else does: `reason` holds counts
    and thresholds only, so that a redacted export can replace names without reading sentences.
    `level` is the lowest ANSSI level crossed by a failing directory point.
    """

    check: str
    target: str
    verdict: Verdict
    reason: str
    port: int = 0
    objects: tuple[str, ...] = ()
    level: int = 0
    severity: Severity | None = None
