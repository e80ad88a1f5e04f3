"""EXP-*: an open port is a proof, a closed one too, a silent one is neither."""

import pytest

from care_kit.model.facts.exposure import PortFact
from care_kit.model.words.vocabulary import Severity, Verdict
from tests.rules.exposure.builders import CLOSED, FILTERED, OPEN, judge, only, port, ports

ALL_PORTS = {
    "EXP-RDP": (3389,),
    "EXP-SMB": (139, 445),
    "EXP-TELNET": (23, 2323),
    "EXP-FTP": (21, 2121),
    "EXP-REDIS": (6379,),
    "EXP-SSH": (22, 2222),
    "EXP-VNC": (5900, 5901),
    "EXP-LDAP": (389, 636, 3268, 3269),
}


@pytest.mark.parametrize("check", ALL_PORTS)
def test_every_port_closed_passes(check: str) -> None:
    finding = only(check, ports(*(port(number, CLOSED) for number in ALL_PORTS[check])))
    assert finding.verdict is Verdict.PASS


@pytest.mark.parametrize("check", ALL_PORTS)
def test_one_silent_port_is_enough_not_to_pass(check: str) -> None:
    first, *others = ALL_PORTS[check]
    seen = ports(port(first, FILTERED), *(port(number, CLOSED) for number in others))
    assert only(check, seen).verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize("check", ALL_PORTS)
def test_a_port_excluded_from_the_scope_is_not_tested(check: str) -> None:
    assert only(check, ports(port(1, CLOSED))).verdict is Verdict.NOT_TESTED


GREETED = [
    ("EXP-RDP", port(3389, OPEN), Severity.CRITICAL),
    ("EXP-SMB", port(445, OPEN), Severity.CRITICAL),
    ("EXP-LDAP", port(389, OPEN), Severity.CRITICAL),
    ("EXP-REDIS", port(6379, OPEN), Severity.CRITICAL),
    ("EXP-TELNET", port(23, OPEN, greeting="\\xff\\xfd\\x18"), Severity.CRITICAL),
    ("EXP-TELNET", port(2323, OPEN, greeting="switch login: "), Severity.CRITICAL),
    ("EXP-VNC", port(5900, OPEN, greeting="RFB 003.008"), Severity.CRITICAL),
    ("EXP-SSH", port(22, OPEN, greeting="SSH-2.0-OpenSSH_9.2"), Severity.LOW),
    ("EXP-SSH", port(22, OPEN, greeting="SSH-1.99-Cisco"), Severity.CRITICAL),
    (
        "EXP-SSH",
        port(22, OPEN, greeting="SSH-2.0-x", ssh2_enum_algos="kex: (1)\n3des-cbc"),
        Severity.MEDIUM,
    ),
    (
        "EXP-FTP",
        port(21, OPEN, greeting="220 x", ftp_auth_tls="502 Command not implemented."),
        Severity.HIGH,
    ),
    (
        "EXP-FTP",
        port(21, OPEN, greeting="220 x", ftp_anon="Anonymous FTP login allowed (FTP code 230)"),
        Severity.CRITICAL,
    ),
]


@pytest.mark.parametrize(("check", "seen", "severity"), GREETED)
def test_a_recognised_service_fails(check: str, seen: PortFact, severity: Severity) -> None:
    others = (port(number, CLOSED) for number in ALL_PORTS[check] if number != seen.port)
    finding = only(check, ports(seen, *others))
    assert (finding.verdict, finding.severity) == (Verdict.FAIL, severity)
    assert finding.port == seen.port


@pytest.mark.parametrize("check", ["EXP-TELNET", "EXP-FTP", "EXP-SSH", "EXP-VNC"])
def test_an_open_port_whose_service_is_not_recognised_is_not_tested(check: str) -> None:
    first, *others = ALL_PORTS[check]
    seen = ports(port(first, OPEN), *(port(number, CLOSED) for number in others))
    assert only(check, seen).verdict is Verdict.NOT_TESTED


def test_ftp_with_tls_is_not_a_pass_while_anonymous_access_is_unknown() -> None:
    seen = port(21, OPEN, greeting="220 x", ftp_auth_tls="234 Proceed with negotiation.")
    assert only("EXP-FTP", ports(seen, port(2121, CLOSED))).verdict is Verdict.NOT_TESTED


def test_redis_without_a_password_is_told_apart() -> None:
    finding = only("EXP-REDIS", ports(port(6379, OPEN, redis_info="Version: 7.0.15")))
    assert finding.reason == "Redis répond sans mot de passe."


def test_an_open_port_and_a_silent_one_give_two_findings() -> None:
    findings = judge("EXP-SMB", ports(port(445, OPEN), port(139, FILTERED)))
    assert [(one.port, one.verdict) for one in findings] == [
        (0, Verdict.NOT_TESTED),
        (445, Verdict.FAIL),
    ]


def test_an_undeclared_open_port_fails() -> None:
    seen = ports(port(443, OPEN), port(8080, OPEN), port(22, CLOSED), declared_ports=(443,))
    finding = only("EXP-INCONNU", seen)
    assert (finding.verdict, finding.port) == (Verdict.FAIL, 8080)


def test_only_declared_ports_open_passes() -> None:
    seen = ports(port(443, OPEN), port(22, CLOSED), declared_ports=(443,))
    assert only("EXP-INCONNU", seen).verdict is Verdict.PASS


def test_a_silent_port_leaves_the_inventory_unproved() -> None:
    seen = ports(port(443, OPEN), port(22, FILTERED), declared_ports=(443,))
    assert only("EXP-INCONNU", seen).verdict is Verdict.NOT_TESTED


def test_without_an_inventory_nothing_can_be_compared() -> None:
    assert only("EXP-INCONNU", ports(port(443, OPEN))).verdict is Verdict.NOT_TESTED
