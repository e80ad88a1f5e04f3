"""The seeded flaws are found, all of them and nothing else; the healthy twin raises none."""

import pytest

from care_kit.model.vocabulary import Severity, Verdict
from tests.lab.exposure.conftest import Reading
from tests.lab.exposure.network import SCANNER, WEAK
from tests.lab.exposure.servers import SECOND_DOMAIN, WEAK_DOMAIN, WEAK_HOST

pytestmark = pytest.mark.lab

CRITICAL, HIGH, MEDIUM, LOW = (
    Severity.CRITICAL,
    Severity.HIGH,
    Severity.MEDIUM,
    Severity.LOW,
)
SEEDED = {
    ("CRT-CLE", WEAK_HOST, 443, HIGH),
    ("CRT-EXP", WEAK_HOST, 443, CRITICAL),
    ("CRT-NOM", WEAK_HOST, 443, HIGH),
    ("DNS-AXFR", WEAK_DOMAIN, 0, HIGH),
    ("DNS-AXFR", SECOND_DOMAIN, 0, HIGH),
    ("EXP-FTP", WEAK, 21, CRITICAL),
    ("EXP-LDAP", WEAK, 389, CRITICAL),
    ("EXP-RDP", WEAK, 3389, CRITICAL),
    ("EXP-REDIS", WEAK, 6379, CRITICAL),
    ("EXP-SMB", WEAK, 445, CRITICAL),
    ("EXP-SSH", WEAK, 22, CRITICAL),
    ("EXP-TELNET", WEAK, 23, CRITICAL),
    ("EXP-VNC", WEAK, 5900, CRITICAL),
    *(("EXP-INCONNU", WEAK, port, MEDIUM) for port in (21, 22, 23, 389, 445, 995)),
    *(("EXP-INCONNU", WEAK, port, MEDIUM) for port in (3389, 5900, 6379)),
    ("MEL-SPF-TOUT", WEAK_DOMAIN, 0, CRITICAL),
    ("MEL-SPF-ABS", SECOND_DOMAIN, 0, HIGH),
    ("MEL-DMARC-ABS", WEAK_DOMAIN, 0, HIGH),
    ("MEL-DMARC-POL", SECOND_DOMAIN, 0, MEDIUM),
    ("TLS-10-11", WEAK_HOST, 443, HIGH),
    ("TLS-10-11", WEAK_HOST, 4433, HIGH),
    ("TLS-13", WEAK_HOST, 443, LOW),
    ("TLS-13", WEAK_HOST, 995, LOW),
    ("TLS-13", WEAK_HOST, 4433, LOW),
    ("TLS-SSL3", WEAK_HOST, 995, CRITICAL),
    ("WEB-HTTP", WEAK_HOST, 80, HIGH),
    ("WEB-HSTS", WEAK_HOST, 443, MEDIUM),
}


def test_the_seeded_flaws_are_found_and_nothing_else(weak: Reading) -> None:
    failed = {
        (one.check, one.target, one.port, one.severity)
        for one in weak.findings
        if one.verdict is Verdict.FAIL
    }
    assert failed == SEEDED


def test_redis_is_said_open_without_a_password(weak: Reading) -> None:
    (finding,) = (one for one in weak.findings if one.check == "EXP-REDIS")
    assert finding.reason == "Redis répond sans mot de passe."


def test_the_certificate_of_a_tls_1_0_only_server_is_read(weak: Reading) -> None:
    (verdict,) = (
        one.verdict for one in weak.findings if one.check == "CRT-NOM" and one.port == 4433
    )
    assert verdict is Verdict.PASS


def test_the_healthy_twin_passes_everything(healthy: Reading) -> None:
    others = [one for one in healthy.findings if one.verdict is not Verdict.PASS]
    assert others == []


def test_no_rule_breaks_on_real_facts(weak: Reading) -> None:
    assert not [one for one in weak.findings if one.verdict is Verdict.ERROR]


def test_the_statement_tells_the_view_and_the_exact_commands(healthy: Reading) -> None:
    statement = healthy.statement
    assert (statement.view, statement.complete) == ("externe", True)
    assert healthy.facts.outgoing == SCANNER
    assert "--max-rate 50" in statement.commands[0]
    assert "-sV" not in " ".join(statement.commands)


def test_a_silent_firewall_proves_nothing(silent: Reading) -> None:
    assert {one.verdict for one in silent.findings} == {Verdict.NOT_TESTED}
    assert silent.statement.seconds < 60
