"""A key made on the spot, so that the demonstration can sign: it proves nobody's identity."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

SHOW_KEY, SHOW_ROOT = "cle-pour-montrer.p12", "cle-pour-montrer.pem"
_DAYS = 7


def show_key(folder: Path) -> tuple[str, str]:
    """Write a key and its self-made certificate; its file and its passphrase.

    ImportError when the extra that signs is not installed.
    """
    import pyhanko  # noqa: F401

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Démonstration, sans valeur"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Camille Démonstration"),
        ]
    )
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=_DAYS))
        .add_extension(_usage(), critical=True)
        .sign(key, hashes.SHA256())
    )
    passphrase = secrets.token_urlsafe(16)
    protection = serialization.BestAvailableEncryption(passphrase.encode("ascii"))
    sealed = pkcs12.serialize_key_and_certificates(b"demo", key, certificate, None, protection)
    (folder / SHOW_KEY).write_bytes(sealed)
    (folder / SHOW_ROOT).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return SHOW_KEY, passphrase


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
