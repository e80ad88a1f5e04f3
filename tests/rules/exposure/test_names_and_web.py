"""DNS-AXFR, WEB-HTTP, WEB-HSTS."""

import pytest

from care_kit.model.facts.exposure import ExposureFacts, Outcome
from care_kit.model.words.vocabulary import Verdict
from tests.rules.exposure.builders import (
    CLOSED,
    FILTERED,
    HOST,
    OPEN,
    no_page,
    only,
    page,
    port,
    ports,
    transfers,
)

GIVEN, REFUSED, UNKNOWN = Outcome.ACCEPTED, Outcome.REFUSED, Outcome.UNKNOWN
FAIL, PASS, INFO, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.INFO, Verdict.NOT_TESTED


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ((GIVEN,), FAIL),
        ((REFUSED, GIVEN, UNKNOWN), FAIL),
        ((REFUSED, REFUSED), PASS),
        ((REFUSED, UNKNOWN), NOT_TESTED),
        ((), NOT_TESTED),
    ],
)
def test_transfers(outcomes: tuple[Outcome, ...], verdict: Verdict) -> None:
    assert only("DNS-AXFR", transfers(*outcomes)).verdict is verdict


def test_the_servers_that_give_the_zone_are_named() -> None:
    assert only("DNS-AXFR", transfers(REFUSED, GIVEN)).objects == ("ns2.test",)


@pytest.mark.parametrize(
    ("seen", "verdict"),
    [
        (page(200), FAIL),
        (page(301, Location=f"https://{HOST}/"), PASS),
        (page(301, location=f"HTTPS://{HOST.upper()}:443/x"), PASS),
        (page(302, Location="https://ailleurs.test/"), INFO),
        (page(302, Location=f"http://{HOST}/accueil"), FAIL),
        (page(302, Location="/accueil"), FAIL),
        (page(302, Location="https://[mal"), FAIL),
        (page(200, Location=f"https://{HOST}/"), FAIL),
        (page(404), INFO),
        (no_page(tls=False), NOT_TESTED),
        (ports(port(80, CLOSED)), PASS),
        (ports(port(80, FILTERED)), NOT_TESTED),
        (ports(port(80, OPEN)), NOT_TESTED),  # a fragile address: open, never asked
    ],
)
def test_clear_text(seen: ExposureFacts, verdict: Verdict) -> None:
    assert only("WEB-HTTP", seen).verdict is verdict


@pytest.mark.parametrize(
    ("header", "verdict"),
    [
        ("max-age=31536000; includeSubDomains", PASS),
        ('includeSubDomains; Max-Age="31536000"', PASS),
        ("max-age=15768000", INFO),
        ("max-age=15767999", FAIL),
        ("max-age=0", FAIL),
        ("max-age=beaucoup", FAIL),
        ("x-max-age=31536000", FAIL),
    ],
)
def test_hsts_duration(header: str, verdict: Verdict) -> None:
    seen = page(tls=True, Strict_Transport_Security=header)
    assert only("WEB-HSTS", seen).verdict is verdict


def test_hsts_missing_fails_and_unanswered_is_not_tested() -> None:
    assert only("WEB-HSTS", page(tls=True)).verdict is FAIL
    assert only("WEB-HSTS", no_page(tls=True)).verdict is NOT_TESTED


def test_hsts_means_nothing_for_a_bare_address() -> None:
    assert only("WEB-HSTS", page(tls=True, host="192.0.2.10")).verdict is NOT_TESTED
