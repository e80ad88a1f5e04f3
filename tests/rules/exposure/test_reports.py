"""MEL-*: reports, encrypted delivery, and domains without mail."""

import pytest

from care_kit.model.facts.exposure import DnsFact
from care_kit.model.words.vocabulary import Severity, Verdict
from tests.rules.exposure.builders import DOMAIN, facts, get, mail, only, record, silent, txt
from tests.rules.exposure.builders import unanswered as mute

FAIL, PASS, INFO, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.INFO, Verdict.NOT_TESTED
DMARC = f"_dmarc.{DOMAIN}"
MX = record(DOMAIN, "MX", f"10 mx.{DOMAIN}.")
NULL_MX, NO_MX = record(DOMAIN, "MX", "0 ."), record(DOMAIN, "MX")
POLICY = txt(f"_mta-sts.{DOMAIN}", "v=STSv1; id=1")


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ((txt(DMARC, f"v=DMARC1; p=none; rua=mailto:a@{DOMAIN}"),), PASS),
        ((txt(DMARC, "v=DMARC1; p=none"),), FAIL),
        ((txt(DMARC, "v=DMARC1; p=none; rua=https://x"),), FAIL),
        ((txt(DMARC),), NOT_TESTED),
        ((silent(DMARC),), NOT_TESTED),
    ],
)
def test_reports_have_a_receiver(answers: tuple[DnsFact, ...], verdict: Verdict) -> None:
    assert only("MEL-DMARC-RUA", mail(*answers)).verdict is verdict


@pytest.mark.parametrize(
    ("agreement", "verdict"),
    [(("v=DMARC1",), PASS), ((), FAIL), (None, NOT_TESTED)],
)
def test_an_outside_receiver_must_agree(
    agreement: tuple[str, ...] | None, verdict: Verdict
) -> None:
    name = f"{DOMAIN}._report._dmarc.rapports.test"
    answer = silent(name) if agreement is None else txt(name, *agreement)
    asked = txt(DMARC, "v=DMARC1; p=none; rua=mailto:a@rapports.test")
    assert only("MEL-DMARC-RUA", mail(asked, answer)).verdict is verdict


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ((MX, txt(f"_smtp._tls.{DOMAIN}", "v=TLSRPTv1; rua=mailto:a@b.fr")), PASS),
        ((MX, txt(f"_smtp._tls.{DOMAIN}")), FAIL),
        ((MX, silent(f"_smtp._tls.{DOMAIN}")), NOT_TESTED),
        ((NULL_MX, txt(f"_smtp._tls.{DOMAIN}")), INFO),
        ((mute(DOMAIN, "MX"), txt(f"_smtp._tls.{DOMAIN}")), NOT_TESTED),
    ],
)
def test_tls_reports(answers: tuple[DnsFact, ...], verdict: Verdict) -> None:
    assert only("MEL-TLSRPT", mail(*answers)).verdict is verdict


@pytest.mark.parametrize(
    ("text", "verdict", "severity"),
    [
        (f"version: STSv1\nmode: enforce\nmx: mx.{DOMAIN}", PASS, None),
        (f"version: STSv1\nmode: enforce\nmx: *.{DOMAIN}", PASS, None),
        (f"version: STSv1\nmode: testing\nmx: mx.{DOMAIN}", FAIL, Severity.INFO),
        ("version: STSv1\nmode: enforce\nmx: autre.test", FAIL, Severity.LOW),
        ("", FAIL, Severity.LOW),
    ],
)
def test_delivery_policy(text: str, verdict: Verdict, severity: Severity | None) -> None:
    page = get("/.well-known/mta-sts.txt", text=text, host=f"mta-sts.{DOMAIN}")
    seen = facts(domains=(DOMAIN,), dns=(MX, POLICY), http=(page,))
    finding = only("MEL-MTASTS", seen)
    assert (finding.verdict, finding.severity) == (verdict, severity)


def test_a_policy_that_was_not_read_is_not_tested_and_a_missing_record_fails() -> None:
    assert only("MEL-MTASTS", mail(MX, POLICY)).verdict is NOT_TESTED
    assert only("MEL-MTASTS", mail(MX, txt(f"_mta-sts.{DOMAIN}"))).verdict is FAIL
    assert only("MEL-MTASTS", mail(NULL_MX, txt(f"_mta-sts.{DOMAIN}"))).verdict is INFO


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ((NULL_MX, txt(DOMAIN, "v=spf1  -all"), txt(DMARC, "v=DMARC1; p=reject")), PASS),
        ((NO_MX, txt(DOMAIN, "v=spf1 -all"), txt(DMARC, "v=DMARC1; p=reject")), FAIL),
        ((NULL_MX, txt(DOMAIN, "v=spf1 mx -all"), txt(DMARC, "v=DMARC1; p=reject")), FAIL),
        ((NULL_MX, txt(DOMAIN, "v=spf1 -all"), txt(DMARC, "v=DMARC1; p=none")), FAIL),
        ((NULL_MX, txt(DOMAIN, "v=spf1 -all"), silent(DMARC)), NOT_TESTED),
        ((mute(DOMAIN, "MX"), txt(DOMAIN, "v=spf1 -all"), txt(DMARC)), NOT_TESTED),
        ((MX, txt(DOMAIN), txt(DMARC)), INFO),
    ],
)
def test_a_domain_without_mail_says_so(answers: tuple[DnsFact, ...], verdict: Verdict) -> None:
    assert only("MEL-NULL", mail(*answers)).verdict is verdict
