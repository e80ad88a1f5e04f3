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
    key: ec.EllipticCurvePrivateKey

    def write_root(self, file: Path) -> None:
        """Its own certificate, for a station that trusts it."""
        root = (
            x509.CertificateBuilder()
            .subject_name(self.name)
            .issuer_name(self.name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=1))
            .not_valid_after(NOW + timedelta(days=365))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self.key, hashes.SHA256())
        )
        file.write_bytes(root.public_bytes(serialization.Encoding.PEM))


def authority() -> Authority:
    return Authority(_name("AC du labo"), ec.generate_private_key(ec.SECP256R1()))


def published() -> tuple[x509.ExtensionType, ...]:
    """What a public authority adds: two proofs of publication, and where revocations are told."""
    proof = b"\x00" + bytes(32) + bytes(8) + b"\x00\x00" + b"\x04\x03\x00\x02\x30\x00"
    proofs = (len(proof).to_bytes(2) + proof) * 2
    raw = len(proofs).to_bytes(2) + proofs
    der = b"\x04" + (len(raw).to_bytes(1) if len(raw) < 128 else b"\x81" + bytes([len(raw)])) + raw
    where = x509.UniformResourceIdentifier("http://ac.test/liste.crl")
    return (
        x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"), der),
        x509.CRLDistributionPoints([x509.DistributionPoint([where], None, None, None)]),
    )


def write(
    folder: Path,
    label: str,
    host: str,
    signer: Authority,
    *,
    key: Key,
    ends: datetime = NOW + timedelta(days=300),
    days: int = 365,
    others: tuple[str, ...] = (),
    extensions: tuple[x509.ExtensionType, ...] = (),
) -> tuple[Path, Path]:
    """(certificate, key) PEM files for `host`, signed by `signer`, valid until `ends`."""
    names = [x509.DNSName(one) for one in (host, *others)]
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(host))
        .issuer_name(signer.name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ends - timedelta(days=days))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
    )
    for each in extensions:
        builder = builder.add_extension(each, critical=False)
    one = builder.sign(signer.key, hashes.SHA256())
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
