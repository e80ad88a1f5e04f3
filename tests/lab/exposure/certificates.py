"""Certificates of the lab: a private authority, and what it or nobody signed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Authority:
    """A private certification authority."""

    name: x509.Name
    key: Key


def authority() -> Authority:
    return Authority(_name("AC du labo"), ec.generate_private_key(ec.SECP256R1()))


def write(
    folder: Path,
    label: str,
    host: str,
    signer: Authority,
    *,
    key: Key,
    ends: datetime = NOW + timedelta(days=300),
) -> tuple[Path, Path]:
    """(certificate, key) PEM files for `host`, signed by `signer`, valid until `ends`."""
    one = (
        x509.CertificateBuilder()
        .subject_name(_name(host))
        .issuer_name(signer.name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ends - timedelta(days=365))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(signer.key, hashes.SHA256())
    )
    certificate, private = folder / f"{label}.crt", folder / f"{label}.key"
    certificate.write_bytes(one.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, private


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
