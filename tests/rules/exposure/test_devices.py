"""Services recognised by an answer of their own: DICOM, Elasticsearch, containers, relays."""

import pytest

from care_kit.model.facts.exposure import PortFact
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure import devices
from tests.rules.exposure.builders import (
    ADDRESS,
    CLOSED,
    FILTERED,
    OPEN,
    get,
    judge,
    only,
    port,
    ports,
)

FAIL, PASS, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.NOT_TESTED
GROUPS = {
    "EXP-DICOM": devices.DICOM,
    "EXP-ELASTIC": devices.ELASTIC,
    "EXP-DOCKER": devices.DOCKER,
    "MEL-STARTTLS": devices.RELAY,
}


def seen(check: str, one: PortFact, **known: object) -> Verdict:
    """The verdict on one port, the others of the service being closed."""
    others = (port(number, CLOSED) for number in GROUPS[check] if number != one.port)
    return only(check, ports(one, *others, **known)).verdict


@pytest.mark.parametrize("check", GROUPS)
def test_closed_passes_and_filtered_is_not_tested(check: str) -> None:
    number = min(GROUPS[check])
    assert seen(check, port(number, CLOSED)) is PASS
    assert seen(check, port(number, FILTERED)) is NOT_TESTED


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("accepted", FAIL), ("rejected result=1 source=1 why=7", FAIL), ("", NOT_TESTED)],
)
def test_a_dicom_node_fails_whatever_it_answers(said: str, verdict: Verdict) -> None:
    assert seen("EXP-DICOM", port(104, OPEN, dicom_associate=said)) is verdict


def test_a_node_that_takes_any_caller_is_told_apart() -> None:
    taken = judge("EXP-DICOM", ports(port(104, OPEN, dicom_associate="accepted")))
    refused = judge("EXP-DICOM", ports(port(104, OPEN, dicom_associate="rejected result=1")))
    assert any(one.reason.endswith("tout AET accepté.") for one in taken)
    assert not any("tout AET" in one.reason for one in refused)


def test_elasticsearch_without_a_password_is_told_apart() -> None:
    page = get(number=9200, tls=False)
    reasons = {one.reason for one in judge("EXP-ELASTIC", ports(port(9200, OPEN), http=(page,)))}
    assert "Elasticsearch répond sans mot de passe." in reasons
    assert seen("EXP-ELASTIC", port(9300, OPEN)) is FAIL


def test_containers_over_tls_fail_only_when_they_answer_without_a_certificate() -> None:
    answered = get(number=2376, status=404, host=ADDRESS)
    assert seen("EXP-DOCKER", port(2376, OPEN), http=(answered,)) is FAIL
    assert seen("EXP-DOCKER", port(2376, OPEN)) is NOT_TESTED
    assert seen("EXP-DOCKER", port(2375, OPEN)) is FAIL


@pytest.mark.parametrize(
    ("ehlo", "verdict"),
    [
        ("250-mx.test\n250-SIZE 1000\n250 STARTTLS", PASS),
        ("250-mx.test\n250-starttls\n250 HELP", PASS),
        ("250-mx.test\n250 HELP", FAIL),
        ("250-STARTTLS.mx.test\n250 HELP", FAIL),
        ("554 no", NOT_TESTED),
        ("", NOT_TESTED),
    ],
)
def test_relays(ehlo: str, verdict: Verdict) -> None:
    assert seen("MEL-STARTTLS", port(25, OPEN, smtp_ehlo=ehlo)) is verdict
