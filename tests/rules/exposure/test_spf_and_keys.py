"""MEL-SPF-SYNTAXE, MEL-DKIM, MEL-DKIM-CLE: read as receivers would."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from care_kit.model.facts.exposure import DnsFact
from care_kit.model.words.vocabulary import Severity, Verdict
from tests.rules.exposure.builders import DOMAIN, facts, mail, only, record, silent, txt

FAIL, PASS, INFO, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.INFO, Verdict.NOT_TESTED


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (("v=spf1 mx a ip4:192.0.2.0/24 ip6:2001:db8::/32 -all",), PASS),
        (("v=spf1 " + "mx " * 10 + "-all",), PASS),
        (("v=spf1 " + "mx " * 11 + "-all",), FAIL),
        (("v=spf1 ipv4:192.0.2.1 -all",), FAIL),
        (("v=spf1 include: -all",), FAIL),
        (("v=spf1 -all", "v=spf1 mx -all"), FAIL),
        (("v=spf1 include:%{d}.test -all",), NOT_TESTED),
        ((), NOT_TESTED),
    ],
)
def test_one_record(records: tuple[str, ...], verdict: Verdict) -> None:
    assert only("MEL-SPF-SYNTAXE", mail(txt(DOMAIN, *records))).verdict is verdict


def included(*answers: DnsFact) -> Verdict:
    return only(
        "MEL-SPF-SYNTAXE", mail(txt(DOMAIN, "v=spf1 include:a.test -all"), *answers)
    ).verdict


def test_includes_are_counted_like_a_receiver_does() -> None:
    assert included(txt("a.test", "v=spf1 mx -all")) is PASS
    assert included(txt("a.test", "v=spf1 " + "a:x.test " * 9 + "-all")) is PASS
    assert included(txt("a.test", "v=spf1 " + "a:x.test " * 10 + "-all")) is FAIL


def test_a_dead_include_fails_and_a_silent_one_is_not_tested() -> None:
    assert included(record("a.test", "TXT", absent=True)) is FAIL
    assert included(txt("a.test", "autre chose")) is FAIL
    assert included(silent("a.test")) is NOT_TESTED
    assert included() is NOT_TESTED


def test_records_that_include_each_other_end() -> None:
    assert included(txt("a.test", f"v=spf1 include:{DOMAIN} include:a.test -all")) is PASS


def test_a_redirect_is_followed_unless_all_is_said() -> None:
    dead = record("b.test", "TXT", absent=True)
    followed = mail(txt(DOMAIN, "v=spf1 redirect=b.test"), dead)
    ignored = mail(txt(DOMAIN, "v=spf1 -all redirect=b.test"), dead)
    assert only("MEL-SPF-SYNTAXE", followed).verdict is FAIL
    assert only("MEL-SPF-SYNTAXE", ignored).verdict is PASS


def published(bits: int) -> str:
    key = rsa.generate_private_key(65_537, bits).public_key()
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"


def dkim(
    check: str, *answers: DnsFact, selectors: tuple[str, ...] = ("s1",)
) -> tuple[Verdict, Severity | None]:
    finding = only(check, facts(domains=(DOMAIN,), dns=answers, selectors=selectors))
    return finding.verdict, finding.severity


KEY = f"s1._domainkey.{DOMAIN}"


def test_a_key_under_a_declared_selector_passes_and_its_absence_fails() -> None:
    assert dkim("MEL-DKIM", txt(KEY, "v=DKIM1; p=MII")) == (PASS, None)
    assert dkim("MEL-DKIM", txt(KEY, "v=DKIM1; p=")) == (FAIL, Severity.INFO)
    assert dkim("MEL-DKIM", txt(KEY)) == (FAIL, Severity.INFO)
    assert dkim("MEL-DKIM", silent(KEY)) == (NOT_TESTED, None)


def test_without_a_selector_nothing_is_proved() -> None:
    nothing = record(f"_domainkey.{DOMAIN}", "TXT", absent=True)
    for answers in ((nothing,), ()):
        assert dkim("MEL-DKIM", *answers, selectors=()) == (NOT_TESTED, None)
        assert dkim("MEL-DKIM-CLE", *answers, selectors=()) == (NOT_TESTED, None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (published(2048), (PASS, None)),
        (published(1024), (FAIL, Severity.MEDIUM)),
        ("v=DKIM1; k=ed25519; p=abcd", (PASS, None)),
        ("v=DKIM1; p=", (INFO, None)),
        ("v=DKIM1; p=%%%", (NOT_TESTED, None)),
        ("v=DKIM1; p=AAAA", (NOT_TESTED, None)),
    ],
)
def test_key_sizes(value: str, expected: tuple[Verdict, Severity | None]) -> None:
    assert dkim("MEL-DKIM-CLE", txt(KEY, value)) == expected


def test_a_key_below_1024_bits_is_graver() -> None:
    """The library makes no such key any more: this one is 512 bits, made once with openssl."""
    short = (
        "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKetTtn8+CCEEloDOYExWzm8Z/n0tELh"
        "6QSbnc+mck8TNOtbn+VbaUfkgOthcz0tDPpdlVj0kZiAXIdFdi/8xCcCAwEAAQ=="
    )
    assert dkim("MEL-DKIM-CLE", txt(KEY, f"p={short}")) == (FAIL, Severity.HIGH)


def test_the_worst_key_decides() -> None:
    answers = (txt(KEY, published(2048)), txt(f"s2._domainkey.{DOMAIN}", published(1024)))
    assert dkim("MEL-DKIM-CLE", *answers, selectors=("s1", "s2")) == (FAIL, Severity.MEDIUM)
