"""What a signature proves, in words: by whom, how far the chain is known, when."""

from collections.abc import Iterator, Mapping
from typing import Any

from care_kit.model.words.text import shown
from care_kit.review.signature.trust import Trust

_NO_ROOT = " (aucune racine donnée, --trust)"
_QUALIFIED = "0.4.0.1862.1.1"


def told(status: Any, trust: Trust) -> Iterator[str]:
    """Sentences about a sound signature, given pyHanko's status of it."""
    certificate = status.signing_cert
    yield (
        f"valide, par « {name(certificate)} » ; certificat émis par « {issuer(certificate)} », "
        f"valable du {certificate.not_valid_before:%d/%m/%Y} au "
        f"{certificate.not_valid_after:%d/%m/%Y}"
    )
    yield _chain(status, trust)
    yield _qualified(certificate)
    if trust.crls and status.trusted:
        yield f"révocation contrôlée ({', '.join(trust.lists())})"
    else:
        yield "révocation non contrôlée (aucune liste donnée, --crl)"
    yield _date(status, trust)


def stamp(status: Any, trust: Trust) -> str:
    """A third party's date, and how far that party is known."""
    known = (
        "dont la chaîne est vérifiée"
        if status.trusted
        else (
            "dont la chaîne n'est pas vérifiée"
            + ("" if trust.roots else " (aucune racine donnée, --trust)")
        )
    )
    return (
        f"date donnée par un tiers : {status.timestamp:%d/%m/%Y à %H:%M:%S} UTC, par "
        f"« {name(status.signing_cert)} », {known}"
    )


def name(certificate: Any) -> str:
    """Who a certificate names, safe to show."""
    return _told(certificate.subject.native)


def issuer(certificate: Any) -> str:
    """Who made a certificate, safe to show."""
    return _told(certificate.issuer.native)


def _told(found: Mapping[str, Any]) -> str:
    who = found.get("common_name") or found.get("organization_name") or "sans nom"
    house = found.get("organization_name", "")
    return shown(f"{who} ({house})" if house and house != who else str(who))


def _chain(status: Any, trust: Trust) -> str:
    if status.trusted:
        return "chaîne vérifiée jusqu'à une racine donnée"
    if not trust.roots:
        return f"chaîne non vérifiée{_NO_ROOT}"
    return "chaîne qui ne mène à aucune des racines données"


def _qualified(certificate: Any) -> str:
    for extension in certificate["tbs_certificate"]["extensions"]:
        if extension["extn_id"].dotted == "1.3.6.1.5.5.7.1.3" and _says_qualified(extension):
            return (
                "certificat qui se déclare qualifié : c'est sa propre parole, non contrôlée sur "
                "une liste de confiance"
            )
    return "certificat qui ne se déclare pas qualifié"


def _says_qualified(extension: Any) -> bool:
    from asn1crypto import core

    raw = core.ObjectIdentifier(_QUALIFIED).dump()
    return raw in bytes(extension["extn_value"].contents)


def _date(status: Any, trust: Trust) -> str:
    found = status.timestamp_validity
    if found is not None and found.valid and found.intact:
        return stamp(found, trust)
    if status.signer_reported_dt is None:
        return "sans date"
    return f"date du poste du signataire : {status.signer_reported_dt:%d/%m/%Y}, sans tiers"
