"""One list of suites offered in two orders: what it proves, and what it leaves unproved."""

from dataclasses import replace

import pytest

from care_kit.model.facts.exposure import PreferenceFact
from care_kit.model.words.vocabulary import Verdict
from tests.rules.exposure.builders import facts, only, tls

FAIL, PASS, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.NOT_TESTED
GCM, CHACHA, CBC, TRIPLE_DES = 0xC02F, 0xCCA8, 0xC013, 0x000A


def judged(check: str, seen: PreferenceFact | None, outcomes: str = "---++") -> Verdict:
    return only(check, facts(tls=(replace(tls(outcomes), preference=seen),))).verdict


@pytest.mark.parametrize(
    ("first", "last", "verdict"),
    [
        (GCM, GCM, PASS),
        (GCM, CHACHA, PASS),
        (GCM, CBC, FAIL),
        (GCM, TRIPLE_DES, FAIL),
        (CBC, CBC, PASS),
        (GCM, 0, NOT_TESTED),
        (0, 0, NOT_TESTED),
    ],
)
def test_the_order_is_the_clients_when_the_choice_follows_it(
    first: int, last: int, verdict: Verdict
) -> None:
    assert judged("TLS-ORDRE", PreferenceFact(first, last)) is verdict


@pytest.mark.parametrize(
    ("announced", "verdict"), [(False, PASS), (True, NOT_TESTED), (None, NOT_TESTED)]
)
def test_heartbleed_is_never_exploited_hence_never_proved(
    announced: bool | None, verdict: Verdict
) -> None:
    assert judged("TLS-HEARTBLEED", PreferenceFact(GCM, GCM, announced)) is verdict


def test_an_announced_heartbeat_says_what_to_ask() -> None:
    seen = facts(tls=(replace(tls(), preference=PreferenceFact(heartbeat=True)),))
    assert "1.0.1g" in only("TLS-HEARTBLEED", seen).reason


@pytest.mark.parametrize("check", ["TLS-ORDRE", "TLS-HEARTBLEED"])
def test_a_server_of_tls_13_alone_has_neither(check: str) -> None:
    assert judged(check, None, "----+") is PASS


@pytest.mark.parametrize("check", ["TLS-ORDRE", "TLS-HEARTBLEED"])
def test_a_reading_without_this_question_is_not_tested(check: str) -> None:
    assert judged(check, None) is NOT_TESTED
