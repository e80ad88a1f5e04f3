"""Point about the certificates of the authorities that the forest trusts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory.decision import RULES, Outcome, failed, names, passed
from care_kit.rules.directory.view import View

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_EMPTY = b"\x00"  # what the directory writes where a certificate is compulsory and there is none
_WEAK_HASHES = ("md5", "sha1")
_EXPONENT = 65_537
# Keys of the ROCA flaw (CVE-2017-15361): modulo each prime they are powers of 65537.
_ROCA_PRIMES = (
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
)  # fmt: skip


@RULES.decides("vuln_certificates_vuln")
def weak_authorities(view: View, check: Check) -> Outcome:
    """Trusted authorities whose certificate is breakable (1), unreadable (2) or weak (3)."""
    view.required(
        f"CN=Public Key Services,CN=Services,{view.facts.configuration_dn}",
        "conteneur des autorités de certification",
    )
    worst: dict[int, list[DirectoryEntry]] = {}
    total = 0
    for holder, raw in _certificates(view):
        total += 1
        level = _weakness(raw, check)
        if level is not None:
            worst.setdefault(level, []).append(holder)
    guilty = [one for found in worst.values() for one in found]
    reason = f"Certificats d'autorité faibles : {len(guilty)} sur {total}."
    return failed(reason, names(guilty), min(worst)) if worst else passed(reason)


def _certificates(view: View) -> Iterator[tuple[DirectoryEntry, bytes]]:
    for holder in view.facts.entries:
        for raw in holder.values("cACertificate"):
            if raw != _EMPTY:
                yield holder, raw


def _weakness(raw: bytes, check: Check) -> int | None:
    """The lowest level that this certificate fails, None when it fails none."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        certificate = x509.load_der_x509_certificate(raw)
        return _key_weakness(certificate.public_key(), check) or _signature_weakness(certificate)
    except (ValueError, TypeError, x509.InvalidVersion, UnsupportedAlgorithm):
        return 2  # it cannot be vouched for


def _key_weakness(key: object, check: Check) -> int | None:
    from cryptography.hazmat.primitives.asymmetric import dsa, rsa

    if isinstance(key, dsa.DSAPublicKey):
        return 1
    if not isinstance(key, rsa.RSAPublicKey):
        return None
    if key.key_size < check.threshold("level_1_min_bits") or _is_roca(key.public_numbers().n):
        return 1
    weak = key.key_size < check.threshold("level_3_min_bits")
    return 3 if weak or key.public_numbers().e < _EXPONENT else None


def _signature_weakness(certificate: "Certificate") -> int | None:
    algorithm = certificate.signature_hash_algorithm
    return 3 if algorithm is not None and algorithm.name in _WEAK_HASHES else None


def _is_roca(modulus: int) -> bool:
    return all(modulus % prime in _powers(prime) for prime in _ROCA_PRIMES)


def _powers(prime: int) -> set[int]:
    return {pow(_EXPONENT, exponent, prime) for exponent in range(prime)}
