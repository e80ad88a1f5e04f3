"""UDP: an answer fails, the address's own refusal passes, silence is not tested."""

import pytest

from care_kit.model.facts.exposure import DatagramFact, Outcome
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.datagrams import ANSWERED, BOTH
from tests.rules.exposure.builders import (
    ADDRESS,
    CLOSED,
    OPEN,
    datagram,
    facts,
    judge,
    only,
    port,
    ports,
)

EXPECTED = [
    (Outcome.ACCEPTED, Verdict.FAIL),
    (Outcome.REFUSED, Verdict.PASS),
    (Outcome.UNKNOWN, Verdict.NOT_TESTED),
]


@pytest.mark.parametrize("check", ANSWERED)
@pytest.mark.parametrize(("outcome", "verdict"), EXPECTED)
def test_one_packet(check: str, outcome: Outcome, verdict: Verdict) -> None:
    finding = only(check, datagram(ANSWERED[check][0], outcome))
    assert (finding.verdict, finding.port) == (verdict, 161)


@pytest.mark.parametrize("check", ANSWERED)
def test_an_address_that_got_no_packet_is_not_tested(check: str) -> None:
    finding = only(check, ports(port(80, CLOSED)))
    assert (finding.target, finding.verdict) == (ADDRESS, Verdict.NOT_TESTED)


@pytest.mark.parametrize("check", BOTH)
def test_tcp_and_udp_both_count(check: str) -> None:
    numbers, service, _reason = BOTH[check]
    closed = tuple(port(number, CLOSED) for number in numbers)
    heard = (DatagramFact(ADDRESS, 1, service, Outcome.ACCEPTED),)
    refused = (DatagramFact(ADDRESS, 1, service, Outcome.REFUSED),)

    def verdicts(**known: object) -> set[Verdict]:
        return {one.verdict for one in judge(check, facts(**known))}

    assert verdicts(ports=closed, datagrams=heard) == {Verdict.PASS, Verdict.FAIL}
    assert verdicts(ports=closed, datagrams=refused) == {Verdict.PASS}
    opened = tuple(port(number, OPEN) for number in numbers)
    assert Verdict.FAIL in verdicts(ports=opened, datagrams=refused)


def test_one_port_over_tcp_and_udp_gives_one_finding() -> None:
    udp = DatagramFact(ADDRESS, 11211, "memcached", Outcome.UNKNOWN)
    finding = only("EXP-MEMCACHED", ports(port(11211, OPEN), datagrams=(udp,)))
    assert (finding.verdict, finding.port) == (Verdict.FAIL, 11211)
