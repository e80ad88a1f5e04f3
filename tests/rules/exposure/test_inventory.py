"""How long the domains are ours, and the names nobody declared."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from care_kit.model.facts.exposure import DnsOutcome, ExposureFacts, Outcome, RegistrationFact
from care_kit.model.facts.scope import BACNET
from care_kit.model.words.vocabulary import Verdict
from tests.rules.exposure.builders import (
    ADDRESS,
    CLOSED,
    DOMAIN,
    HOST,
    TODAY,
    certificate,
    datagram,
    facts,
    only,
    port,
    ports,
    tls,
)

FAIL, PASS, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.NOT_TESTED
ANSWER = DnsOutcome.ANSWER


def registered(days: int) -> ExposureFacts:
    end = datetime(TODAY.year, TODAY.month, TODAY.day, 23, tzinfo=UTC) + timedelta(days=days)
    return facts(domains=(DOMAIN,), registrations=(RegistrationFact(DOMAIN, ANSWER, end),))


@pytest.mark.parametrize(
    ("days", "verdict"), [(-1, FAIL), (0, FAIL), (30, FAIL), (31, PASS), (400, PASS)]
)
def test_a_registration_about_to_end_fails(days: int, verdict: Verdict) -> None:
    assert only("DNS-DOM-EXP", registered(days)).verdict is verdict


@pytest.mark.parametrize("outcome", [DnsOutcome.UNKNOWN, DnsOutcome.NXDOMAIN, ANSWER])
def test_without_a_date_nothing_is_concluded(outcome: DnsOutcome) -> None:
    seen = facts(domains=(DOMAIN,), registrations=(RegistrationFact(DOMAIN, outcome),))
    assert only("DNS-DOM-EXP", seen).verdict is NOT_TESTED


def test_a_registry_nobody_asked_is_told() -> None:
    assert "rdap" in only("DNS-DOM-EXP", facts(domains=(DOMAIN,))).reason


def known(*certified: str) -> ExposureFacts:
    return facts(
        domains=(DOMAIN,),
        names={HOST: (ADDRESS,)},
        tls=(tls(shown=certificate(names=certified)),) if certified else (),
    )


def test_a_name_read_in_a_certificate_but_not_declared_fails() -> None:
    finding = only("DNS-INV", known(HOST, f"intranet.{DOMAIN}", f"*.{DOMAIN}", "autre.test"))
    assert (finding.verdict, finding.objects) == (FAIL, (f"intranet.{DOMAIN}",))


def test_names_all_declared_are_told_without_claiming_there_are_no_others() -> None:
    finding = only("DNS-INV", known(HOST.upper()))
    assert finding.verdict is Verdict.INFO
    assert "n'ont pas été consultés" in finding.reason


def test_nothing_read_is_not_tested() -> None:
    assert only("DNS-INV", known()).verdict is NOT_TESTED


def test_bacnet_is_asked_only_when_the_scope_says_so() -> None:
    silent = ports(port(80, CLOSED))
    assert BACNET in only("EXP-BACNET", silent).reason
    assert BACNET not in only("EXP-BACNET", replace(silent, optional=(BACNET,))).reason

    for outcome, verdict in (
        (Outcome.ACCEPTED, FAIL),
        (Outcome.REFUSED, PASS),
        (Outcome.UNKNOWN, NOT_TESTED),
    ):
        assert only("EXP-BACNET", datagram("bacnet", outcome, 47808)).verdict is verdict
