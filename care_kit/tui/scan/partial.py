"""What the finished parts of an exposure run already show; the rest of the run may add to it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.scope import Scope
from care_kit.model.words.vocabulary import ProbeKind, Verdict
from care_kit.probes.exposure.pieces import Piece
from care_kit.rules import exposure


def failures(
    scope: Scope, pieces: Iterable[Piece], checks: Mapping[str, Check]
) -> tuple[Finding, ...]:
    """Checks that fail already; nothing else is concluded from a run that goes on."""
    read = tuple(pieces)
    facts = ExposureFacts(
        taken_at=datetime.now(UTC),
        view="",
        outgoing="",
        names={},
        domains=scope.domains,
        declared_ports=tuple(sorted({port for host in scope.hosts for port in host.ports})),
        ports=tuple(fact for one in read for fact in one.ports),
        tls=tuple(fact for one in read for fact in one.tls),
        dns=tuple(fact for one in read for fact in one.dns),
        transfers=tuple(fact for one in read for fact in one.transfers),
        http=tuple(fact for one in read for fact in one.http),
        datagrams=tuple(fact for one in read for fact in one.datagrams),
        selectors=scope.dkim_selectors,
        unreadable=(),
    )
    mine = {key: one for key, one in checks.items() if one.family is ProbeKind.EXPOSURE}
    return tuple(one for one in exposure.evaluate(facts, mine) if one.verdict is Verdict.FAIL)
