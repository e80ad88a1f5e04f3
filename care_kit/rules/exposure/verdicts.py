"""Findings, shortly written, and how several on one target become one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol, TypeVar

from care_kit.model.content.check import Check
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Severity, Verdict

_ORDER = (Verdict.ERROR, Verdict.FAIL, Verdict.NOT_TESTED, Verdict.INFO, Verdict.PASS)
_GRAVITY = tuple(Severity)


class Service(Protocol):
    """What TLS and HTTP facts share."""

    @property
    def host(self) -> str:
        """Name asked."""
        ...

    @property
    def address(self) -> str:
        """Address asked."""
        ...

    @property
    def port(self) -> int:
        """Port asked."""
        ...


Seen = TypeVar("Seen", bound=Service)


def fail(
    check: Check,
    target: str,
    reason: str,
    *,
    port: int = 0,
    objects: tuple[str, ...] = (),
    severity: Severity | None = None,
) -> Finding:
    """A weakness; its gravity is the check's own unless the rule measured another one."""
    return Finding(
        check.id, target, Verdict.FAIL, reason, port, objects, severity=severity or check.severity
    )


def told(
    verdict: Verdict,
    check: Check,
    target: str,
    reason: str,
    *,
    port: int = 0,
    objects: tuple[str, ...] = (),
) -> Finding:
    """Any verdict but a failure."""
    return Finding(check.id, target, verdict, reason, port, objects)


def per_service(facts: Iterable[Seen], decide: Callable[[Seen], Finding]) -> Iterator[Finding]:
    """One finding per name and port: the worst of those of its addresses."""
    yield from merged(decide(one) for one in facts)


def merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding per target and port: the worst of those given."""
    groups: dict[tuple[str, int], list[Finding]] = {}
    for one in findings:
        groups.setdefault((one.target, one.port), []).append(one)
    yield from map(worst, groups.values())


def worst(findings: list[Finding]) -> Finding:
    """The gravest finding, with the objects of all that share its verdict."""
    first = min(findings, key=_rank)
    objects = {
        name: None for one in findings if one.verdict is first.verdict for name in one.objects
    }
    return replace(first, objects=tuple(objects))


def _rank(finding: Finding) -> tuple[int, int]:
    gravity = _GRAVITY.index(finding.severity) if finding.severity else len(_GRAVITY)
    return _ORDER.index(finding.verdict), gravity
