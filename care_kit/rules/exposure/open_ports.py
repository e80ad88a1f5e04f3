"""What port states prove: an open port, or that every port of a service is closed.

Only a refusal (RST) proves that nothing listens. A silent port may be hidden from here and open
to somebody else, so it is "not tested".
"""

from collections.abc import Callable, Iterable, Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, PortFact, PortState
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.verdicts import told

Decide = Callable[[PortFact], Finding]


def by_address(facts: ExposureFacts) -> dict[str, list[PortFact]]:
    """Ports asked, by address."""
    groups: dict[str, list[PortFact]] = {}
    for one in facts.ports:
        groups.setdefault(one.address, []).append(one)
    return groups


def judged(
    facts: ExposureFacts, check: Check, ports: frozenset[int], decide: Decide
) -> Iterator[Finding]:
    """`decide` on each open port of a service; then what the others of that address prove."""
    for address, group in by_address(facts).items():
        asked = [one for one in group if one.port in ports]
        opened = [one for one in asked if one.state is PortState.OPEN]
        yield from (decide(one) for one in opened)
        left = len(ports) - len(opened)
        if left:
            yield from _others(check, address, asked, len(ports), bool(opened), _shown(ports))


def _others(
    check: Check, address: str, asked: list[PortFact], total: int, opened: bool, port: int
) -> Iterator[Finding]:
    """The ports that are not open: closed proves, silent or not asked does not."""
    unproved = total - sum(one.state in (PortState.OPEN, PortState.CLOSED) for one in asked)
    if unproved:
        reason = (
            f"Sans réponse ou hors du balayage : {counted(unproved, 'port')} sur {total} ; "
            "l'absence de service n'est pas prouvée."
        )
        yield told(Verdict.NOT_TESTED, check, address, reason, port=port)
    elif not opened:
        reason = f"{counted(total, 'port fermé', 'ports fermés')} sur {total}."
        yield told(Verdict.PASS, check, address, reason, port=port)


def silent(states: Iterable[PortFact]) -> int:
    """How many ports gave neither an opening nor a refusal."""
    return sum(one.state not in (PortState.OPEN, PortState.CLOSED) for one in states)


def _shown(ports: frozenset[int]) -> int:
    """The port a finding is about, 0 when it is about several."""
    return next(iter(ports)) if len(ports) == 1 else 0
