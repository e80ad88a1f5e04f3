"""TLS-*: a version is refused only on the server's word."""

from dataclasses import replace

import pytest

from care_kit.model.facts.exposure import Outcome, TlsAttempt
from care_kit.model.words.vocabulary import Severity, Verdict
from tests.rules.exposure.builders import facts, only, tls


@pytest.mark.parametrize(
    ("check", "outcomes", "verdict"),
    [
        ("TLS-SSL3", "+++++", Verdict.FAIL),
        ("TLS-SSL3", "-++++", Verdict.PASS),
        ("TLS-SSL3", "?++++", Verdict.NOT_TESTED),
        ("TLS-10-11", "-+-++", Verdict.FAIL),
        ("TLS-10-11", "--+++", Verdict.FAIL),
        ("TLS-10-11", "-?+++", Verdict.FAIL),
        ("TLS-10-11", "---++", Verdict.PASS),
        ("TLS-10-11", "-?-++", Verdict.NOT_TESTED),
        ("TLS-13", "----+", Verdict.PASS),
        ("TLS-13", "---+-", Verdict.FAIL),
        ("TLS-13", "---+?", Verdict.NOT_TESTED),
    ],
)
def test_versions(check: str, outcomes: str, verdict: Verdict) -> None:
    assert only(check, facts(tls=(tls(outcomes),))).verdict is verdict


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome.ACCEPTED, Verdict.FAIL),
        (Outcome.REFUSED, Verdict.PASS),
        (Outcome.UNKNOWN, Verdict.NOT_TESTED),
    ],
)
def test_sslv2_has_an_attempt_of_its_own(outcome: Outcome, verdict: Verdict) -> None:
    one = tls()
    asked = replace(one, attempts=(*one.attempts, TlsAttempt("SSLv2", outcome)))
    assert only("TLS-SSL2", facts(tls=(asked,))).verdict is verdict
    assert only("TLS-SSL2", facts(tls=(one,))).verdict is Verdict.NOT_TESTED


def test_old_tls_weighs_less_on_mail() -> None:
    assert only("TLS-10-11", facts(tls=(tls("-++++"),))).severity is Severity.HIGH
    assert only("TLS-10-11", facts(tls=(tls("-++++", number=993),))).severity is Severity.MEDIUM


def test_the_worst_address_of_a_name_decides() -> None:
    two = (tls(address="192.0.2.10"), tls("-++++", address="192.0.2.11"))
    finding = only("TLS-10-11", facts(tls=two))
    assert (finding.verdict, finding.objects) == (Verdict.FAIL, ("192.0.2.11",))


def test_an_unanswered_address_keeps_a_name_from_passing() -> None:
    two = (tls(address="192.0.2.10"), tls("?????", address="192.0.2.11"))
    assert only("TLS-13", facts(tls=two)).verdict is Verdict.NOT_TESTED
