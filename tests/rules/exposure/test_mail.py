"""MEL-*: records judged as receivers read them; silence is never an absence."""

import pytest

from care_kit.model.words.vocabulary import Severity, Verdict
from tests.rules.exposure.builders import DOMAIN, mail, only, silent, txt

DMARC = f"_dmarc.{DOMAIN}"
FAIL, PASS, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.NOT_TESTED


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (("v=spf1 -all",), PASS),
        (("V=SPF1 mx -all", "autre"), PASS),
        (("v=spf10 -all",), FAIL),
        (("spf1 -all",), FAIL),
        ((), FAIL),
    ],
)
def test_spf_presence(records: tuple[str, ...], verdict: Verdict) -> None:
    assert only("MEL-SPF-ABS", mail(txt(DOMAIN, *records))).verdict is verdict


@pytest.mark.parametrize("check", ["MEL-SPF-ABS", "MEL-SPF-TOUT", "MEL-DMARC-ABS", "MEL-DMARC-POL"])
def test_a_silent_dns_proves_nothing(check: str) -> None:
    assert only(check, mail(silent(DOMAIN), silent(DMARC))).verdict is NOT_TESTED


@pytest.mark.parametrize(
    ("spf", "verdict", "severity"),
    [
        ("v=spf1 mx -all", PASS, None),
        ("v=spf1 +all", FAIL, Severity.CRITICAL),
        ("v=spf1 all", FAIL, Severity.CRITICAL),
        ("v=spf1 ?all", FAIL, Severity.HIGH),
        ("v=spf1 mx", FAIL, Severity.HIGH),
        ("v=spf1 include:small.fr", FAIL, Severity.HIGH),
        ("v=spf1 redirect=autre.fr", NOT_TESTED, None),
        ("v=spf1 -all redirect=autre.fr", PASS, None),
        ("v=spf1 ~all", FAIL, Severity.LOW),
    ],
)
def test_how_spf_ends(spf: str, verdict: Verdict, severity: Severity | None) -> None:
    finding = only("MEL-SPF-TOUT", mail(txt(DOMAIN, spf), txt(DMARC)))
    assert (finding.verdict, finding.severity) == (verdict, severity)


def test_a_soft_end_is_enough_under_an_enforced_dmarc() -> None:
    soft = txt(DOMAIN, "v=spf1 ~all")
    enforced = mail(soft, txt(DMARC, "v=DMARC1; p=quarantine"))
    watched = mail(soft, txt(DMARC, "v=DMARC1; p=none"))
    assert only("MEL-SPF-TOUT", enforced).verdict is PASS
    assert only("MEL-SPF-TOUT", watched).severity is Severity.LOW
    assert only("MEL-SPF-TOUT", mail(soft, silent(DMARC))).verdict is NOT_TESTED


def test_two_spf_records_cannot_be_read() -> None:
    two = mail(txt(DOMAIN, "v=spf1 -all", "v=spf1 mx -all"))
    assert only("MEL-SPF-TOUT", two).verdict is NOT_TESTED


@pytest.mark.parametrize(
    ("dmarc", "verdict", "severity"),
    [
        ("v=DMARC1; p=reject", PASS, None),
        ("v=DMARC1;p=REJECT;sp=reject", PASS, None),
        ("v=DMARC1; p=quarantine", FAIL, Severity.LOW),
        ("v=DMARC1; p=none", FAIL, Severity.MEDIUM),
        ("v=DMARC1; rua=mailto:a@b.fr", FAIL, Severity.MEDIUM),
        ("v=DMARC1; p=reject; t=y", FAIL, Severity.MEDIUM),
        ("v=DMARC1; p=reject; sp=none", FAIL, Severity.MEDIUM),
        ("v=DMARC1; p=reject; np=quarantine", FAIL, Severity.MEDIUM),
    ],
)
def test_dmarc_strength(dmarc: str, verdict: Verdict, severity: Severity | None) -> None:
    finding = only("MEL-DMARC-POL", mail(txt(DMARC, dmarc)))
    assert (finding.verdict, finding.severity) == (verdict, severity)


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (("v=DMARC1; p=none",), PASS),
        ((), FAIL),
        (("v=spf1 -all",), FAIL),
        (("v=DMARC1; p=reject", "v=DMARC1; p=none"), FAIL),  # they cancel each other
    ],
)
def test_dmarc_presence(records: tuple[str, ...], verdict: Verdict) -> None:
    assert only("MEL-DMARC-ABS", mail(txt(DMARC, *records))).verdict is verdict


def test_a_subdomain_inherits_the_subdomain_policy() -> None:
    below = f"portail.{DOMAIN}"
    empty = txt(f"_dmarc.{below}")
    weak = mail(empty, txt(DMARC, "v=DMARC1; p=reject; sp=none"), domain=below)
    strong = mail(empty, txt(DMARC, "v=DMARC1; p=reject"), domain=below)
    assert only("MEL-DMARC-ABS", weak).verdict is PASS
    assert only("MEL-DMARC-POL", weak).severity is Severity.MEDIUM
    assert only("MEL-DMARC-POL", strong).verdict is PASS


def test_a_silent_parent_leaves_a_subdomain_unknown() -> None:
    below = f"portail.{DOMAIN}"
    seen = mail(txt(f"_dmarc.{below}"), silent(DMARC), domain=below)
    assert only("MEL-DMARC-ABS", seen).verdict is NOT_TESTED


def test_no_dmarc_leaves_its_policy_untested() -> None:
    assert only("MEL-DMARC-POL", mail(txt(DMARC))).verdict is NOT_TESTED
