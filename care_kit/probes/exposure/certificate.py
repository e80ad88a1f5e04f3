"""A certificate's bytes into facts."""

import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID

from care_kit.model.facts.exposure import CertificateFact
from care_kit.probes.exposure.text import clean

MAX_NAMES = 500


def read(der: bytes) -> CertificateFact:
    """Facts of one leaf; ValueError when the bytes are not a readable certificate."""
    try:
        one = x509.load_der_x509_certificate(der)
        key_type, bits = _key(one)
        return CertificateFact(
            subject=clean(one.subject.rfc4514_string()),
            issuer=clean(one.issuer.rfc4514_string()),
            not_before=one.not_valid_before_utc,
            not_after=one.not_valid_after_utc,
            names=_names(one),
            key_type=key_type,
            key_bits=bits,
            signature_hash=_signature_hash(one),
            sha256=hashlib.sha256(der).hexdigest(),
            timestamps=_timestamps(one),
            revocation=_addresses(one, AuthorityInformationAccessOID.OCSP) + _lists(one),
            fetches_issuer=_addresses(one, AuthorityInformationAccessOID.CA_ISSUERS) > 0,
            spki_sha256=_public_key(one),
        )
    except Exception as cause:  # the library has as many faults as certificates have oddities
        raise ValueError(clean(str(cause)) or type(cause).__name__) from cause


def _public_key(one: x509.Certificate) -> str:
    """Hash of the SubjectPublicKeyInfo; empty when the library refuses the key."""
    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    try:
        return hashlib.sha256(one.public_key().public_bytes(*form)).hexdigest()
    except Exception:  # unsupported algorithm or curve, or a key refused as too weak
        return ""


def _key(one: x509.Certificate) -> tuple[str, int]:
    """Kind and size in bits; an unreadable kind of key is told with size 0, not hidden."""
    try:
        key = one.public_key()
    except Exception as cause:  # unsupported algorithm or curve, or a key refused as too weak
        return clean(f"illisible ({type(cause).__name__})"), 0
    if isinstance(key, rsa.RSAPublicKey):
        return "RSA", key.key_size
    if isinstance(key, dsa.DSAPublicKey):
        return "DSA", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "EC", key.curve.key_size
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "Ed25519", 256
    if isinstance(key, ed448.Ed448PublicKey):
        return "Ed448", 456
    return type(key).__name__, 0


def _names(one: x509.Certificate) -> tuple[str, ...]:
    try:
        extension = one.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return ()
    names = extension.value.get_values_for_type(x509.DNSName)
    addresses = extension.value.get_values_for_type(x509.IPAddress)
    return tuple(clean(str(name)) for name in [*names, *addresses][:MAX_NAMES])


def _signature_hash(one: x509.Certificate) -> str:
    try:
        algorithm = one.signature_hash_algorithm
    except Exception:  # an algorithm unknown to the library: the fact is simply absent
        return ""
    return algorithm.name if algorithm else ""


def _timestamps(one: x509.Certificate) -> int:
    kind = x509.PrecertificateSignedCertificateTimestamps
    try:
        return len(one.extensions.get_extension_for_class(kind).value)
    except x509.ExtensionNotFound:
        return 0


def _addresses(one: x509.Certificate, method: x509.ObjectIdentifier) -> int:
    """How many addresses of that kind the authority information gives."""
    try:
        found = one.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return 0
    return sum(each.access_method == method for each in found)


def _lists(one: x509.Certificate) -> int:
    """How many places publish a list of revoked certificates."""
    try:
        return len(one.extensions.get_extension_for_class(x509.CRLDistributionPoints).value)
    except x509.ExtensionNotFound:
        return 0
