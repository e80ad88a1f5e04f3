"""A made-up authority: a root, a signer's PKCS#12, a time-stamping unit, lists of revocation."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

PASSPHRASE = "phrase d'essai"
NOW = datetime.now(UTC)
_QC_STATEMENTS = bytes.fromhex("300a3008060604008e460101")
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "CH fictif"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


@dataclass
class Authority:
    """Everything in one folder; the root is `racine.pem`."""

    folder: Path
    key: Key
    root: x509.Certificate

    @classmethod
    def made(cls, folder: Path) -> "Authority":
        key = rsa.generate_private_key(65537, 2048)
        name = _name("Racine d'essai")
        root = (
            _builder(name, name, key.public_key())
            .add_extension(x509.BasicConstraints(True, None), critical=True)
            .add_extension(_usage(sign=True), critical=True)
            .sign(key, hashes.SHA256())
        )
        (folder / "racine.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
        return cls(folder, key, root)

    def signer(
        self,
        common: str = "Camille Signataire",
        *,
        curve: bool = False,
        days: int = 365,
        qualified: bool = False,
    ) -> Path:
        """A PKCS#12 of a signer; the certificate ends in `days`."""
        key: Key = (
            ec.generate_private_key(ec.SECP256R1())
            if curve
            else rsa.generate_private_key(65537, 2048)
        )
        builder = _builder(_name(common), self.root.subject, key.public_key(), days).add_extension(
            _usage(), critical=True
        )
        if qualified:
            statements = x509.UnrecognizedExtension(
                ObjectIdentifier("1.3.6.1.5.5.7.1.3"), _QC_STATEMENTS
            )
            builder = builder.add_extension(statements, critical=False)
        certificate = builder.sign(self.key, hashes.SHA256())
        path = self.folder / f"{common.replace(' ', '_')}.p12"
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"signature",
                key,
                certificate,
                [self.root],
                serialization.BestAvailableEncryption(PASSPHRASE.encode()),
            )
        )
        self._pem(path.stem, key, certificate)
        return path

    def revoked(self, signer: Path) -> Path:
        """A CRL that holds the certificate of a PKCS#12."""
        found = pkcs12.load_pkcs12(signer.read_bytes(), PASSPHRASE.encode()).cert
        assert found is not None
        one = (
            x509.RevokedCertificateBuilder()
            .serial_number(found.certificate.serial_number)
            .revocation_date(NOW - timedelta(hours=1))
            .build()
        )
        return self._crl("revoque.crl", one)

    def nothing_revoked(self) -> Path:
        """A CRL that holds nothing."""
        return self._crl("vide.crl")

    def stamped(self, query: Path) -> Path:
        """The answer of a time-stamping unit to a request, made by openssl."""
        self._unit()
        answer = query.with_name("reponse.tsr")
        self._openssl(
            "ts", "-reply", "-config", "tsa.cnf", "-section", "tsa",
            "-queryfile", str(query), "-out", str(answer),
        )  # fmt: skip
        return answer

    def _unit(self) -> None:
        if (self.folder / "unite.pem").exists():
            return
        key = rsa.generate_private_key(65537, 2048)
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        certificate = (
            _builder(_name("Horodateur d'essai"), self.root.subject, key.public_key())
            .add_extension(purpose, critical=True)
            .add_extension(_usage(), critical=True)
            .sign(self.key, hashes.SHA256())
        )
        self._pem("unite", key, certificate)
        (self.folder / "serie").write_text("01\n")
        (self.folder / "tsa.cnf").write_text(
            "[tsa]\nserial=serie\ncrypto_device=builtin\nsigner_cert=unite.pem\n"
            "signer_key=unite.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\n"
            "digests=sha256,sha512\nordering=no\ntsa_name=no\ness_cert_id_alg=sha256\n"
        )

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def _pem(self, name: str, key: Key, certificate: x509.Certificate) -> None:
        pem = serialization.Encoding.PEM
        (self.folder / f"{name}.pem").write_bytes(certificate.public_bytes(pem))
        plain = key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (self.folder / f"{name}.key").write_bytes(plain)

    def _crl(self, name: str, *revoked: x509.RevokedCertificate) -> Path:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(NOW - timedelta(hours=1))
            .next_update(NOW + timedelta(days=7))
        )
        for one in revoked:
            builder = builder.add_revoked_certificate(one)
        path = self.folder / name
        made = builder.sign(self.key, hashes.SHA256())
        path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        return path


def _builder(
    subject: x509.Name, issuer: x509.Name, key: object, days: int = 365
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)  # type: ignore[arg-type]
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(NOW + timedelta(days=days))
    )


def _usage(*, sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=not sign,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=sign,
        crl_sign=sign,
        encipher_only=False,
        decipher_only=False,
    )
