from datetime import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import (
    CertificateIssuerPrivateKeyTypes,
)

from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.directory.authorities import _is_roca
from tests.rules.directory.domain import CONFIGURATION, Domain, Spoil, failure, spoiled

CHECK = "vuln_certificates_vuln"
HOLDER = "CN=AC,CN=Certification Authorities,CN=Public Key Services,CN=Services"


def authority(raw: bytes) -> Spoil:
    return lambda d: d.setting("AC", HOLDER, "certificationAuthority", cACertificate=raw)


def certificate(key: CertificateIssuerPrivateKeyTypes) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "AC")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime(2040, 1, 1))
    )
    return built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@pytest.mark.parametrize(
    ("raw", "level"),
    [
        (certificate(dsa.generate_private_key(1024)), 1),
        (b"0\x00", 2),
        (certificate(rsa.generate_private_key(65537, 1024)), 3),
        (certificate(rsa.generate_private_key(3, 2048)), 3),
    ],
    ids=["dsa", "unreadable", "rsa-1024", "exponent-3"],
)
def test_fails(raw: bytes, level: int) -> None:
    assert failure(CHECK, authority(raw)) == ((f"{HOLDER},{CONFIGURATION}",), level)


@pytest.mark.parametrize(
    "raw",
    [
        certificate(rsa.generate_private_key(65537, 2048)),
        certificate(ec.generate_private_key(ec.SECP256R1())),
        b"\x00",
    ],
    ids=["rsa-2048", "p-256", "no certificate"],
)
def test_passes(raw: bytes) -> None:
    assert spoiled(CHECK, authority(raw)).verdict is Verdict.PASS


def test_is_not_tested_when_the_container_was_not_read() -> None:
    def spoil(domain: Domain) -> None:
        domain.remove("pki")

    assert spoiled(CHECK, spoil).verdict is Verdict.NOT_TESTED


def test_roca_keys_are_told_from_ordinary_ones() -> None:
    # A modulus that is a power of 65537 modulo every prime has the flaw's fingerprint.
    assert _is_roca(pow(65537, 11))
    assert not _is_roca(rsa.generate_private_key(65537, 2048).public_key().public_numbers().n)
