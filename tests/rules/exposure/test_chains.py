"""CRT-*: authority, signature, duration, publication, revocation and sharing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from care_kit.model.facts.exposure import CertificateFact, TlsFact, Trust, TrustFact
from care_kit.model.words.vocabulary import Verdict
from tests.rules.exposure.builders import certificate, facts, judge, only, tls

FAIL, PASS, INFO, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.INFO, Verdict.NOT_TESTED
PUBLIC = TrustFact(Trust.TRUSTED, "magasin du poste, daté du 01/11/2026", 2)
PRIVATE = TrustFact(Trust.PRIVATE_AUTHORITY, "magasin", 2)


def shown(trust: TrustFact | None = PUBLIC, **changes: object) -> TlsFact:
    return replace(tls(shown=certificate(**changes)), trust=trust)


def verdict(check: str, one: TlsFact) -> Verdict:
    return only(check, facts(tls=(one,))).verdict


@pytest.mark.parametrize(
    ("trust", "expected", "said"),
    [
        (Trust.TRUSTED, PASS, "magasin"),
        (Trust.SELF_SIGNED, FAIL, "auto-signé"),
        (Trust.MISSING_INTERMEDIATE, FAIL, "intermédiaire"),
        (Trust.PRIVATE_AUTHORITY, FAIL, "Autorité privée"),
        (Trust.OTHER, NOT_TESTED, "expired"),
        (Trust.UNKNOWN, NOT_TESTED, "vérifiée"),
    ],
)
def test_chains(trust: Trust, expected: Verdict, said: str) -> None:
    finding = only("CRT-CHAINE", facts(tls=(shown(TrustFact(trust, "magasin", 1, "expired")),)))
    assert finding.verdict is expected
    assert said in finding.reason


def test_a_chain_never_checked_is_not_tested() -> None:
    assert verdict("CRT-CHAINE", shown(None)) is NOT_TESTED


@pytest.mark.parametrize(
    ("hash_name", "key_type", "expected"),
    [
        ("sha256", "RSA", PASS),
        ("sha1", "RSA", FAIL),
        ("md5", "RSA", FAIL),
        ("", "RSA", NOT_TESTED),
        ("", "Ed25519", PASS),
    ],
)
def test_signatures(hash_name: str, key_type: str, expected: Verdict) -> None:
    assert verdict("CRT-SIG", shown(signature_hash=hash_name, key_type=key_type)) is expected


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (datetime(2026, 3, 14, tzinfo=UTC), 398, PASS),
        (datetime(2026, 3, 15, tzinfo=UTC), 200, PASS),
        (datetime(2026, 3, 15, tzinfo=UTC), 201, FAIL),
        (datetime(2027, 3, 15, tzinfo=UTC), 101, FAIL),
        (datetime(2029, 3, 15, tzinfo=UTC), 47, PASS),
        (datetime(2029, 3, 15, tzinfo=UTC), 48, FAIL),
    ],
)
def test_durations(start: datetime, days: int, expected: Verdict) -> None:
    one = shown(not_before=start, not_after=start + timedelta(days=days))
    assert verdict("CRT-DUREE", one) is expected


@pytest.mark.parametrize(("count", "expected"), [(-1, NOT_TESTED), (1, FAIL), (2, PASS)])
def test_publication(count: int, expected: Verdict) -> None:
    assert verdict("CRT-CT", shown(timestamps=count)) is expected


@pytest.mark.parametrize("check", ["CRT-DUREE", "CRT-CT"])
def test_rules_of_public_authorities_do_not_bind_the_others(check: str) -> None:
    assert verdict(check, shown(PRIVATE, timestamps=0)) is INFO
    assert verdict(check, shown(None, timestamps=0)) is NOT_TESTED


@pytest.mark.parametrize(("count", "expected"), [(-1, NOT_TESTED), (0, FAIL), (1, PASS)])
def test_revocation(count: int, expected: Verdict) -> None:
    assert verdict("CRT-REVOC", shown(revocation=count)) is expected


def hosts(count: int, names: tuple[str, ...]) -> set[Verdict]:
    one: CertificateFact = certificate(names=names)
    each = tuple(tls(shown=one, host=f"h{number}.chu.fr") for number in range(count))
    return {finding.verdict for finding in judge("CRT-JOKER", facts(tls=each))}


def test_a_wildcard_shared_too_widely_fails() -> None:
    assert hosts(5, ("*.chu.fr",)) == {PASS}
    assert hosts(6, ("*.chu.fr",)) == {FAIL}
    assert hosts(6, ("h1.chu.fr",)) == {PASS}


CERTIFICATES = ["CRT-SIG", "CRT-DUREE", "CRT-CT", "CRT-REVOC", "CRT-JOKER"]


@pytest.mark.parametrize("check", CERTIFICATES)
def test_no_certificate_read_is_not_tested(check: str) -> None:
    assert verdict(check, tls()) is NOT_TESTED
