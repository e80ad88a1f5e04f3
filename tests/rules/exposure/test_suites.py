"""TLS-*: families of suites, judged on the server's own answers."""

import pytest

from care_kit.model.facts.exposure import Outcome, SuiteAttempt, TlsFact
from care_kit.model.words.vocabulary import Verdict
from tests.rules.exposure.builders import LETTERS, facts, only, tls

FAIL, PASS, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.NOT_TESTED
MODERN = "----+"
BANNED = {"TLS-RC4-3DES": "RC4-3DES", "TLS-NULL-ANON-EXP": "NULL-ANON-EXPORT"}
WANTED = {"TLS-CBC": "AEAD", "TLS-PFS": "PFS"}


def service(*attempts: SuiteAttempt, outcomes: str = "---++") -> TlsFact:
    one = tls(outcomes)
    return TlsFact(one.host, one.address, one.port, one.attempts, suites=attempts)


def verdict(check: str, *attempts: SuiteAttempt, outcomes: str = "---++") -> Verdict:
    return only(check, facts(tls=(service(*attempts, outcomes=outcomes),))).verdict


@pytest.mark.parametrize("check", BANNED)
@pytest.mark.parametrize(("letter", "expected"), [("+", FAIL), ("-", PASS), ("?", NOT_TESTED)])
def test_banned_families(check: str, letter: str, expected: Verdict) -> None:
    assert verdict(check, SuiteAttempt(BANNED[check], LETTERS[letter])) is expected


@pytest.mark.parametrize("check", WANTED)
@pytest.mark.parametrize(("letter", "expected"), [("+", PASS), ("-", FAIL), ("?", NOT_TESTED)])
def test_wanted_families(check: str, letter: str, expected: Verdict) -> None:
    assert verdict(check, SuiteAttempt(WANTED[check], LETTERS[letter])) is expected


ALL = [*BANNED, *WANTED, "TLS-DH", "TLS-RENEG", "TLS-COMP"]


@pytest.mark.parametrize("check", ALL)
def test_a_family_never_asked_is_not_tested(check: str) -> None:
    assert verdict(check) is NOT_TESTED


@pytest.mark.parametrize("check", [*BANNED, *WANTED, "TLS-RENEG", "TLS-COMP"])
def test_tls_1_3_alone_passes(check: str) -> None:
    assert verdict(check, outcomes=MODERN) is PASS
    assert verdict(check, outcomes="---?+") is NOT_TESTED


@pytest.mark.parametrize(
    ("attempt", "expected"),
    [
        (SuiteAttempt("DHE", Outcome.ACCEPTED, dh_bits=1024), FAIL),
        (SuiteAttempt("DHE", Outcome.ACCEPTED, dh_bits=2048), PASS),
        (SuiteAttempt("DHE", Outcome.ACCEPTED), NOT_TESTED),
        (SuiteAttempt("DHE", Outcome.REFUSED), PASS),
    ],
)
def test_diffie_hellman_groups(attempt: SuiteAttempt, expected: Verdict) -> None:
    assert verdict("TLS-DH", attempt) is expected


@pytest.mark.parametrize(
    ("compression", "announced", "renegotiation", "compressed"),
    [(0, True, PASS, PASS), (1, True, PASS, FAIL), (0, False, FAIL, PASS)],
)
def test_what_an_answer_announces(
    compression: int, announced: bool, renegotiation: Verdict, compressed: Verdict
) -> None:
    one = SuiteAttempt("PFS", Outcome.ACCEPTED, "", compression, announced)
    assert verdict("TLS-RENEG", one) is renegotiation
    assert verdict("TLS-COMP", one) is compressed
