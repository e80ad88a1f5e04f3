"""The lab's own certificate authority and server certificate."""

import ipaddress
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from care_kit.demo.samba.seeds import HOST_NAME, REALM

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import CertificateBuilder

_AUTHORITY = "Autorité du laboratoire care-kit"
_LIFE = timedelta(days=30)


def write(folder: Path, address: str) -> Path:
    """Write `ca.pem`, `cert.pem` and `key.pem` (mode 600) in `folder`; the path of `ca.pem`.

    The certificate names the server and `address`; the authority's key is not kept.
    """
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    authority_key = ec.generate_private_key(ec.SECP256R1())
    server_key = ec.generate_private_key(ec.SECP256R1())
    unsigned = {
        "ca.pem": _unsigned(_AUTHORITY, authority_key, authority=True),
        "cert.pem": _named(_unsigned(HOST_NAME, server_key, authority=False), address),
    }
    pem = serialization.Encoding.PEM
    folder.mkdir(parents=True, exist_ok=True)
    for name, builder in unsigned.items():
        signed = builder.sign(authority_key, hashes.SHA256())
        (folder / name).write_bytes(signed.public_bytes(pem))
    plain = serialization.NoEncryption()
    secret = server_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    _write_secret(folder / "key.pem", secret)
    return folder / "ca.pem"


def _unsigned(
    subject: str, key: "EllipticCurvePrivateKey", *, authority: bool
) -> "CertificateBuilder":
    from cryptography import x509

    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(_AUTHORITY))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _LIFE)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )


def _named(builder: "CertificateBuilder", address: str) -> "CertificateBuilder":
    from cryptography import x509

    names = [
        x509.DNSName(HOST_NAME),
        x509.DNSName(REALM),
        x509.IPAddress(ipaddress.ip_address(address)),
    ]
    return builder.add_extension(x509.SubjectAlternativeName(names), critical=False)


def _write_secret(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
