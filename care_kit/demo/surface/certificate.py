"""The certificate the weak web server shows: long expired, otherwise ordinary."""

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

NOT_BEFORE = datetime(2023, 1, 1, tzinfo=UTC)
NOT_AFTER = datetime(2024, 1, 1, tzinfo=UTC)


def write_expired(host: str, folder: Path) -> Path:
    """A PEM file holding a new key and its expired self-signed certificate."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOT_BEFORE)
        .not_valid_after(NOT_AFTER)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "expired.pem"
    file.touch(mode=0o600)
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file
