"""MEL-SPF-SYNTAXE, MEL-DKIM, MEL-DKIM-CLE: read as receivers would."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from care_kit.model.facts.exposure import DnsFact
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.spf_terms import is_record, wrong
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


def test_records_that_include_each_other_never_end_for_a_receiver() -> None:
    assert included(txt("a.test", f"v=spf1 include:{DOMAIN} -all")) is FAIL
    assert included(txt("a.test", "v=spf1 include:a.test -all")) is FAIL


def test_an_include_met_twice_costs_twice() -> None:
    shared = txt("z.test", "v=spf1 " + "a:x.test " * 4 + "-all")
    both = [txt(f"{one}.test", "v=spf1 include:z.test -all") for one in ("x", "y")]
    twice = mail(txt(DOMAIN, "v=spf1 include:x.test include:y.test -all"), *both, shared)
    assert only("MEL-SPF-SYNTAXE", twice).verdict is FAIL


def test_more_than_ten_mail_servers_are_too_many_for_mx() -> None:
    servers = record(DOMAIN, "MX", *(f"10 mx{one}.test" for one in range(11)))
    found = mail(txt(DOMAIN, "v=spf1 mx -all"), servers)
    assert only("MEL-SPF-SYNTAXE", found).verdict is FAIL


READABLE = (
    *("all", "-all", "+A", "mx/24", "a//64", "a/24//64", "a:x.test/0", "mx:%{d}.x.test//128"),
    *("ip4:192.0.2.1", "ip4:192.0.2.0/0", "ip6:2001:db8::/32", "ip6:::ffff:192.0.2.1"),
    *("ip6:::/0", "exists:%{ir}.%{v}.x.test", "exists:%{l1r-}.x.test", "include:_spf.x.test."),
    *("ptr", "ptr:x.test", "redirect=%{d}.x.test", "exp=e.x.test", "futur=%{s}", "op="),
    *("exists:%%.x.test", "a:x-y.te-st"),
)
UNREADABLE = (
    *("all.", "-all:x.test", "all/8", "alll", "include", "include:", "include:x.test/24"),
    *("exists", "exists:", "exists:x.test/8", "a:", "a/", "a/33", "a//129", "a/024"),
    *("a:111.222.33.44", "a:x.test:8080", "a:test", "mx:", "mx/abc", "mx//", "ptr/0", "ptr:"),
    *("ip4", "ip4:", "ip4:1.2.3", "ip4:999.1.1.1", "ip4:192.0.2.1/33", "ip4:192.0.2.1/032"),
    *("ip4:192.0.2.1//32", "ip6:", "ip6:2001::db8::1", "ip6:2001:db8::/129"),
    *("ip6:2001:db8::/032", "ip6::1::", "redirect=", "redirect=x", "exp=", "a:%{z}.test"),
    *("a:%{d0}.test", "a:%{d", "a:%d.test", "include:%{c}.x.test", "exists:%{i}.x.test%", "=x"),
    *("1mod=x", "-mod=x", "a:x.test-", "a:x.-te"),
)


@pytest.mark.parametrize("term", READABLE)
def test_what_a_receiver_reads(term: str) -> None:
    assert wrong(f"v=spf1 {term}") == ""


@pytest.mark.parametrize("term", UNREADABLE)
def test_one_term_that_does_not_fit_spoils_the_record(term: str) -> None:
    assert wrong(f"v=spf1 ip4:192.0.2.1 {term} -all")


@pytest.mark.parametrize("name", ["redirect", "exp", "REDIRECT"])
def test_these_modifiers_are_given_once(name: str) -> None:
    assert "deux fois" in wrong(f"v=spf1 {name}=a.test {name.lower()}=b.test")
    assert wrong("v=spf1 autre=a autre=b") == ""


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("v=spf1", True), ("V=SPF1 -all", True), ("v=spf1  -all", True), (" v=spf1 -all", False),
        ("v=spf10 -all", False), ("v=spf1\t-all", False), ("v=spf1-all", False),
    ],
)  # fmt: skip
def test_which_text_is_an_spf_record(text: str, is_one: bool) -> None:
    assert is_record(text) is is_one


@pytest.mark.parametrize(
    ("record_", "verdict"),
    [
        ("v=spf1 ip4:0.0.0.0/0 -all", FAIL),
        ("v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all", FAIL),
        ("v=spf1 -ip4:0.0.0.0/0 -all", PASS),
        ("v=spf1 -all ip4:0.0.0.0/0", PASS),
        ("v=spf1 ip4:192.0.2.0/24 -all", PASS),
    ],
)
def test_all_the_others_are_refused_only_when_it_is_true(record_: str, verdict: Verdict) -> None:
    assert only("MEL-SPF-TOUT", mail(txt(DOMAIN, record_))).verdict is verdict


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
