"""Certificate services as their installation leaves them: no real authority stands behind."""

from typing import TYPE_CHECKING

from care_kit.demo.samba.seed.store import Store
from care_kit.demo.samba.seeds import HOST_NAME

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

TEMPLATE = "CHU-Poste"
AUTHORITY = "CHU-AC"
_CLIENT = "1.3.6.1.5.5.7.3.2"
ENROL = "0e10c968-78fb-11d2-90d4-00c04f79dc55"
_FULL = "RPWPCRCCDCLCLORCWOWDSDDTSW"
# What Windows gives: the forest's administrators, the system, and reading for everybody.
_PROTECTED = f"O:EAG:EAD:P(A;;{_FULL};;;EA)(A;;{_FULL};;;DA)(A;;{_FULL};;;SY)(A;;RPLCLORC;;;AU)"


def place(store: Store) -> str:
    """DN of the container of everything about certificates."""
    return f"CN=Public Key Services,CN=Services,{store.configuration}"


def fill(store: Store) -> None:
    """An authority accepted for logging on, and one template that machines may ask for."""
    certificate = _certificate()
    store.add(
        f"CN={AUTHORITY},CN=Enrollment Services,{place(store)}",
        {
            "objectClass": "pKIEnrollmentService",
            "dNSHostName": HOST_NAME,
            "certificateTemplates": [TEMPLATE],
            "cACertificate": certificate,
            "flags": "10",
        },
    )
    add_template(store, TEMPLATE, chosen_subject=False, enrolled="DC")
    store.add(
        f"CN=NTAuthCertificates,{place(store)}",
        {
            "objectClass": "certificationAuthority",
            "cACertificate": certificate,
            "authorityRevocationList": b"\x00",
            "certificateRevocationList": b"\x00",
        },
    )


def add_template(store: Store, name: str, *, chosen_subject: bool, enrolled: str) -> str:
    """A template by which `enrolled` (SDDL alias or SID) gets certificates that log on; its DN."""
    dn = f"CN={name},CN=Certificate Templates,{place(store)}"
    entry = f"(OA;;CR;{ENROL};;{enrolled})"
    store.add(
        dn,
        {
            "objectClass": "pKICertificateTemplate",
            "flags": "131642",
            "revision": "100",
            "pKIDefaultKeySpec": "1",
            "pKIMaxIssuingDepth": "0",
            "pKIExtendedKeyUsage": [_CLIENT],
            "msPKI-Certificate-Name-Flag": "1" if chosen_subject else "134217728",
            "msPKI-Enrollment-Flag": "0",
            "msPKI-RA-Signature": "0",
            "msPKI-Template-Schema-Version": "2",
            "nTSecurityDescriptor": store.packed(_PROTECTED + entry),
        },
    )
    return dn


def self_signed(name: str, key: "CertificateIssuerPrivateKeyTypes") -> bytes:
    """The certificate (DER) of an authority nobody else vouches for, valid for ten years."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=3650))
    )
    raw: bytes = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return raw


def _certificate() -> bytes:
    """An authority of three thousand and seventy-two bits, its key thrown away."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    return self_signed(AUTHORITY, rsa.generate_private_key(public_exponent=65_537, key_size=3072))
