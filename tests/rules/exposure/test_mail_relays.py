"""What a mail relay accepts, gives away, and promises by DANE."""

from dataclasses import replace

import pytest

from care_kit.model.facts.exposure import DnsFact, ExposureFacts, TlsFact
from care_kit.model.words.vocabulary import Severity, Verdict
from tests.rules.exposure.builders import (
    ADDRESS,
    DOMAIN,
    OPEN,
    certificate,
    facts,
    only,
    port,
    ports,
    record,
    tls,
    unanswered,
)

FAIL, PASS, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.NOT_TESTED
RELAY = "mx.chu-exemple.test"
KEY = "ab" * 32
EHLO = "250-mx\n250-{}\n250 SIZE"


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("250 2.1.5 Ok", FAIL),
        ("251 will forward", FAIL),
        ("554 5.7.1 <x>: Relay access denied", PASS),
        ("454 4.7.1 <x>: Relay access denied", PASS),
        ("550 relaying not permitted", PASS),
        ("450 4.2.0 greylisted", NOT_TESTED),
        ("550 5.1.2 no such domain", NOT_TESTED),
        ("", NOT_TESTED),
    ],
)
def test_an_open_relay_is_one_that_said_yes(said: str, verdict: Verdict) -> None:
    finding = only("MEL-OUVERT", ports(port(25, OPEN, smtp_relay=said)))
    assert finding.verdict is verdict
    assert said or "open_relay" in finding.reason


@pytest.mark.parametrize(
    ("clear", "secret", "verdict"),
    [
        (EHLO.format("AUTH NTLM LOGIN"), "", FAIL),
        (EHLO.format("AUTH=LOGIN NTLM"), "", FAIL),
        (EHLO.format("STARTTLS"), EHLO.format("AUTH PLAIN NTLM"), FAIL),
        (EHLO.format("STARTTLS"), EHLO.format("AUTH PLAIN"), PASS),
        (EHLO.format("AUTH PLAIN"), "", PASS),
        (EHLO.format("STARTTLS"), "", NOT_TESTED),
        ("", "", NOT_TESTED),
    ],
)
def test_ntlm_is_looked_for_before_and_after_encryption(
    clear: str, secret: str, verdict: Verdict
) -> None:
    seen = ports(port(25, OPEN, smtp_ehlo=clear, smtp_ehlo_tls=secret))
    assert only("MEL-NTLM", seen).verdict is verdict


def dane(*tlsa: str, signed: bool | None = True, leaf: bool = True) -> ExposureFacts:
    """A domain with one relay, its TLSA records, its DS, and the leaf shown on port 25."""
    ds = unanswered(DOMAIN, "DS") if signed is None else record(DOMAIN, "DS", *["1"] * signed)
    answers: tuple[DnsFact, ...] = (
        record(DOMAIN, "MX", f"10 {RELAY}."),
        record(RELAY, "A", ADDRESS),
        record(f"_25._tcp.{RELAY}", "TLSA", *tlsa),
        ds,
    )
    shown: tuple[TlsFact, ...] = ()
    if leaf:
        shown = (tls(shown=certificate(spki_sha256=KEY), number=25, host=ADDRESS),)
    return facts(domains=(DOMAIN,), dns=answers, tls=shown)


@pytest.mark.parametrize(
    ("seen", "verdict"),
    [
        (dane(f"3 1 1 {KEY}"), PASS),
        (dane(f"3 1 1 {KEY.upper()}"), PASS),
        (dane("3 0 1 " + "0" * 64), PASS),
        (dane("3 1 1 " + "cd" * 32), FAIL),
        (dane("3 1 1 " + "cd" * 32, f"3 1 1 {KEY}"), PASS),
        (dane("2 1 1 " + "cd" * 32), NOT_TESTED),
        (dane("3 1 2 " + "cd" * 64), NOT_TESTED),
        (dane(f"3 1 1 {KEY}", leaf=False), NOT_TESTED),
        (dane(f"3 1 1 {KEY}", signed=False), FAIL),
        (dane(f"3 1 1 {KEY}", signed=None), NOT_TESTED),
    ],
)
def test_a_tlsa_record_must_be_signed_and_true(seen: ExposureFacts, verdict: Verdict) -> None:
    assert only("MEL-DANE", seen).verdict is verdict


def test_its_absence_is_only_an_information() -> None:
    finding = only("MEL-DANE", dane())
    assert (finding.verdict, finding.severity) == (FAIL, Severity.INFO)


def test_a_silent_dns_proves_no_absence() -> None:
    seen = dane()
    answers = [one for one in seen.dns if one.type != "TLSA"]
    assert only("MEL-DANE", replace(seen, dns=tuple(answers))).verdict is NOT_TESTED


def test_a_domain_without_mail_is_not_concerned() -> None:
    seen = facts(domains=(DOMAIN,), dns=(record(DOMAIN, "MX", "0 ."),))
    assert only("MEL-DANE", seen).verdict is Verdict.INFO
