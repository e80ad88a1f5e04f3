"""DNS-*: signatures, authorities, servers, and names that lead nowhere."""

from dataclasses import replace

import pytest

from care_kit.model.facts.exposure import DnsFact
from care_kit.model.words.vocabulary import Severity, Verdict
from tests.rules.exposure.builders import DOMAIN, judge, mail, only, record
from tests.rules.exposure.builders import unanswered as mute

FAIL, PASS, INFO, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.INFO, Verdict.NOT_TESTED
NS = record(DOMAIN, "NS", "ns1.a.test.", "ns2.b.test.")
HERE, NEAR, FAR = "203.0.113.1", "203.0.113.2", "198.51.100.1"


def verdict(check: str, *answers: DnsFact, domain: str = DOMAIN) -> Verdict:
    return only(check, mail(*answers, domain=domain)).verdict


@pytest.mark.parametrize(("check", "kind"), [("DNS-DNSSEC", "DS"), ("DNS-CAA", "CAA")])
def test_a_record_of_the_zone(check: str, kind: str) -> None:
    assert verdict(check, record(DOMAIN, kind, "x")) is PASS
    assert verdict(check, record(DOMAIN, kind)) is FAIL
    assert verdict(check, mute(DOMAIN, kind)) is NOT_TESTED
    assert verdict(check) is NOT_TESTED


@pytest.mark.parametrize(("check", "kind"), [("DNS-DNSSEC", "DS"), ("DNS-CAA", "CAA")])
def test_a_record_above_is_inherited(check: str, kind: str) -> None:
    below = f"portail.{DOMAIN}"
    empty = record(below, kind)
    assert verdict(check, empty, record(DOMAIN, kind, "x"), domain=below) is PASS
    assert verdict(check, empty, record(DOMAIN, kind), domain=below) is FAIL
    assert verdict(check, empty, mute(DOMAIN, kind), domain=below) is NOT_TESTED


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (record(f"care-kit-0123.{DOMAIN}", "A", HERE), FAIL),
        (record(f"care-kit-0123.{DOMAIN}", "A", absent=True), PASS),
        (mute(f"care-kit-0123.{DOMAIN}", "A"), NOT_TESTED),
        (record(f"care-kit-0123.autre.{DOMAIN}", "A", HERE), NOT_TESTED),
    ],
)
def test_wildcards(answer: DnsFact, expected: Verdict) -> None:
    assert verdict("DNS-JOKER", answer) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(HERE, FAR, PASS), (HERE, NEAR, FAIL), (HERE, "", NOT_TESTED)],
)
def test_name_servers_are_spread(first: str, second: str, expected: Verdict) -> None:
    other = record("ns2.b.test", "A", second) if second else mute("ns2.b.test", "A")
    assert verdict("DNS-NS", NS, record("ns1.a.test", "A", first), other) is expected


def test_one_name_server_is_not_enough() -> None:
    assert verdict("DNS-NS", record(DOMAIN, "NS", "ns1.a.test.")) is FAIL
    assert verdict("DNS-NS", record(DOMAIN, "NS")) is INFO
    assert verdict("DNS-NS", mute(DOMAIN, "NS")) is NOT_TESTED


@pytest.mark.parametrize(
    ("address", "expected"),
    [("10.1.2.3", FAIL), ("fd00::1", FAIL), ("100.64.0.1", FAIL), (HERE, PASS)],
)
def test_private_addresses(address: str, expected: Verdict) -> None:
    kind = "AAAA" if ":" in address else "A"
    assert verdict("DNS-PRIVE", record(f"intranet.{DOMAIN}", kind, address)) is expected


def test_private_addresses_of_others_or_seen_from_inside_are_not_judged() -> None:
    assert verdict("DNS-PRIVE", record("ailleurs.test", "A", "10.0.0.1")) is NOT_TESTED
    inside = replace(mail(record(DOMAIN, "A", "10.0.0.1")), view="interne")
    assert only("DNS-PRIVE", inside).verdict is NOT_TESTED
    assert verdict("DNS-PRIVE", record(DOMAIN, "A", HERE), mute(DOMAIN, "AAAA")) is NOT_TESTED


ALIAS = f"rdv.{DOMAIN}"


def dangling(target: str, *answers: DnsFact) -> tuple[Verdict, Severity | None]:
    finding = only("DNS-ORPHELIN", mail(record(ALIAS, "CNAME", f"{target}."), *answers))
    return finding.verdict, finding.severity


def test_an_alias_to_a_name_that_is_gone_fails() -> None:
    gone = record("x.hebergeur.test", "A", absent=True)
    assert dangling("x.hebergeur.test", gone) == (FAIL, Severity.MEDIUM)


def test_it_is_critical_when_anyone_can_take_that_name() -> None:
    azure = "rdv-chu.azurewebsites.net"
    assert dangling(azure, record(azure, "A", absent=True)) == (FAIL, Severity.CRITICAL)
    gone = record("x.libre.test", "A", absent=True)
    free = record("libre.test", "NS", absent=True)
    assert dangling("x.libre.test", gone, free) == (FAIL, Severity.CRITICAL)


def test_an_alias_that_works_passes_and_an_unanswered_one_is_not_tested() -> None:
    assert dangling("x.test", record("x.test", "A", HERE)) == (PASS, None)
    assert dangling("x.test", mute("x.test", "A")) == (NOT_TESTED, None)
    assert verdict("DNS-ORPHELIN", mute(ALIAS, "CNAME")) is NOT_TESTED
    assert verdict("DNS-ORPHELIN", record(ALIAS, "CNAME")) is PASS


def servers(*answers: DnsFact) -> tuple[Verdict, Severity | None]:
    known = (record(DOMAIN, "NS", "ns1.a.test."), record(DOMAIN, "MX", "10 mx.b.test."))
    (finding,) = judge("DNS-NSMX-ORPH", mail(*known, *answers))
    return finding.verdict, finding.severity


def test_dead_servers_are_critical_when_their_domain_is_free() -> None:
    alive, gone = record("ns1.a.test", "A", HERE), record("mx.b.test", "A", absent=True)
    assert servers(alive, gone) == (FAIL, Severity.MEDIUM)
    assert servers(alive, gone, record("b.test", "NS", absent=True)) == (FAIL, Severity.CRITICAL)
    assert servers(alive, record("mx.b.test", "A", FAR)) == (PASS, None)
    assert servers(alive, mute("mx.b.test", "A")) == (NOT_TESTED, None)
