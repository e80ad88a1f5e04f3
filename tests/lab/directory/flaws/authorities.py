"""Flaws of certificate services."""

from care_kit.demo.samba.seed import pki
from care_kit.demo.samba.seed.forest_flaws import WEAK_AUTHORITY
from care_kit.demo.samba.seed.store import Store, Value
from tests.lab.directory.flaws.flaw import PKI, Flaw, may, permitted

_AUTHORITIES = f"CN=Certification Authorities,{PKI}"
_ADDED = f"CN=CHU-AC-ancienne,{_AUTHORITIES}"
_PUBLISHED = f"CN={pki.TEMPLATE},CN=Certificate Templates,{PKI}"
_OPEN, _UNPUBLISHED = (
    f"CN={name},CN=Certificate Templates,{PKI}" for name in ("CHU-Medecins", "CHU-Brouillon")
)
_EVERYTHING = "écriture de toutes les propriétés"


def _authority(level: int, certificate: bytes) -> Flaw:
    return Flaw(
        "vuln_certificates_vuln",
        level,
        (_ADDED,),
        lambda store: _trust(store, certificate),
    )


def _trust(store: Store, certificate: bytes) -> None:
    nothing = b"\x00"
    known: dict[str, Value] = {
        "objectClass": "certificationAuthority",
        "cACertificate": certificate,
        "authorityRevocationList": nothing,
        "certificateRevocationList": nothing,
    }
    store.add(_ADDED, known)


def _dsa(store: Store) -> None:
    """A self-signed authority with a DSA key, its key thrown away."""
    from cryptography.hazmat.primitives.asymmetric import dsa

    _trust(store, pki.self_signed("CHU-AC-ancienne", dsa.generate_private_key(key_size=1024)))


def _impersonation(store: Store) -> None:
    pki.add_template(store, "CHU-Medecins", chosen_subject=True, enrolled="DU")
    service = f"CN={pki.AUTHORITY},CN=Enrollment Services,{PKI}"
    store.append(service, {"certificateTemplates": ["CHU-Medecins"]})


def _draft(store: Store) -> None:
    pki.add_template(store, "CHU-Brouillon", chosen_subject=False, enrolled="DC")
    store.permit(_UNPUBLISHED, "(A;;WP;;;DU)")


FLAWS = (
    Flaw("vuln_certificates_vuln", 1, (_ADDED,), _dsa),
    _authority(2, b"not a certificate"),
    _authority(3, WEAK_AUTHORITY),
    Flaw(
        "vuln_adcs_template_auth_enroll_with_name",
        1,
        may("inscription", _OPEN, "Domain Users"),
        _impersonation,
    ),
    Flaw(
        "vuln_adcs_control",
        1,
        may("modification des permissions", _AUTHORITIES),
        permitted(_AUTHORITIES, "(A;;WD;;;{agent})"),
    ),
    Flaw(
        "vuln_adcs_template_control",
        1,
        may(_EVERYTHING, _PUBLISHED, "Domain Users"),
        permitted(_PUBLISHED, "(A;;WP;;;DU)"),
    ),
    Flaw(
        "vuln_adcs_template_control",
        2,
        may(_EVERYTHING, _UNPUBLISHED, "Domain Users"),
        _draft,
    ),
)
