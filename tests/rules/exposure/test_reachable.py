"""Services judged on their port alone: open fails, all closed passes, silence does neither."""

import pytest

from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.reachable import PORTS
from tests.rules.exposure.builders import CHECKS, CLOSED, FILTERED, OPEN, judge, only, port, ports


@pytest.mark.parametrize("check", PORTS)
def test_each_open_port_fails_at_the_gravity_declared(check: str) -> None:
    numbers = PORTS[check][0]
    findings = judge(check, ports(*(port(number, OPEN) for number in numbers)))
    assert {one.port for one in findings} == numbers
    assert {(one.verdict, one.severity) for one in findings} == {
        (Verdict.FAIL, CHECKS[check].severity)
    }


@pytest.mark.parametrize("check", PORTS)
def test_every_port_closed_passes(check: str) -> None:
    seen = ports(*(port(number, CLOSED) for number in PORTS[check][0]))
    assert only(check, seen).verdict is Verdict.PASS


@pytest.mark.parametrize("check", PORTS)
def test_one_silent_port_is_enough_not_to_pass(check: str) -> None:
    first, *others = sorted(PORTS[check][0])
    seen = ports(port(first, FILTERED), *(port(number, CLOSED) for number in others))
    assert only(check, seen).verdict is Verdict.NOT_TESTED


def test_silent_devices_are_said_not_to_have_been_spoken_to() -> None:
    for check, number in (("EXP-HL7", 2575), ("EXP-MODBUS", 502)):
        assert only(check, ports(port(number, OPEN))).reason.endswith("rien n'y a été envoyé.")
