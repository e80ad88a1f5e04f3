"""CRT-*: dates are judged at the moment of the reading, names and keys as shown."""

from datetime import timedelta

import pytest

from care_kit.model.facts.exposure import CertificateFact
from care_kit.model.words.vocabulary import Severity, Verdict
from tests.rules.exposure.builders import NOW, certificate, facts, only, tls


def verdict(
    check: str, shown: CertificateFact | None, **service: str
) -> tuple[Verdict, Severity | None]:
    finding = only(check, facts(tls=(tls(shown=shown, **service),)))  # type: ignore[arg-type]
    return finding.verdict, finding.severity


@pytest.mark.parametrize("check", ["CRT-EXP", "CRT-NOM", "CRT-CLE"])
def test_no_certificate_read_is_not_tested(check: str) -> None:
    assert verdict(check, None) == (Verdict.NOT_TESTED, None)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, (Verdict.FAIL, Severity.CRITICAL)),
        (7, (Verdict.FAIL, Severity.HIGH)),
        (21, (Verdict.FAIL, Severity.MEDIUM)),
        (22, (Verdict.PASS, None)),
    ],
)
def test_time_left(days: int, expected: tuple[Verdict, Severity | None]) -> None:
    shown = certificate(not_after=NOW + timedelta(days=days))
    assert verdict("CRT-EXP", shown) == expected


def test_a_certificate_of_tomorrow_fails() -> None:
    shown = certificate(not_before=NOW + timedelta(days=1))
    assert verdict("CRT-EXP", shown) == (Verdict.FAIL, Severity.HIGH)


@pytest.mark.parametrize(
    ("host", "names", "expected"),
    [
        ("www.chu.fr", ("www.chu.fr",), Verdict.PASS),
        ("WWW.chu.fr", ("www.CHU.fr",), Verdict.PASS),
        ("www.chu.fr", ("*.chu.fr",), Verdict.PASS),
        ("a.b.chu.fr", ("*.chu.fr",), Verdict.FAIL),
        ("chu.fr", ("*.chu.fr",), Verdict.FAIL),
        ("chu.fr", ("*.fr",), Verdict.FAIL),
        ("www.chu.fr", (), Verdict.FAIL),
        ("192.0.2.10", ("192.0.2.10",), Verdict.PASS),
        ("192.0.2.10", ("www.chu.fr",), Verdict.NOT_TESTED),
    ],
)
def test_names(host: str, names: tuple[str, ...], expected: Verdict) -> None:
    assert verdict("CRT-NOM", certificate(names=names), host=host)[0] is expected


@pytest.mark.parametrize(
    ("kind", "bits", "expected"),
    [
        ("RSA", 1023, (Verdict.FAIL, Severity.CRITICAL)),
        ("RSA", 1024, (Verdict.FAIL, Severity.HIGH)),
        ("RSA", 2048, (Verdict.INFO, None)),
        ("RSA", 3072, (Verdict.PASS, None)),
        ("EC", 192, (Verdict.FAIL, Severity.HIGH)),
        ("EC", 256, (Verdict.PASS, None)),
        ("Ed25519", 256, (Verdict.PASS, None)),
        ("illisible (UnsupportedAlgorithm)", 0, (Verdict.NOT_TESTED, None)),
    ],
)
def test_keys(kind: str, bits: int, expected: tuple[Verdict, Severity | None]) -> None:
    assert verdict("CRT-CLE", certificate(key_type=kind, key_bits=bits)) == expected
