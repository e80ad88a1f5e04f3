"""Turns what ldap3, OpenSSL and the server say into one French sentence and a next step."""

import re
import ssl

from ldap3.core.exceptions import LDAPCommunicationError

from care_kit.model.words.errors import ProbeError
from care_kit.probes.directory.target import Target

# X509_V_ERR_* numbers of OpenSSL.
_NOT_YET_VALID, _EXPIRED = 9, 10
_WRONG_NAMES = (62, 64)

# "data XXX" of an Active Directory refusal: the Win32 error, in hexadecimal.
_REFUSALS = {
    "525": ("Le compte « {user} » n'existe pas dans cet annuaire.", "Vérifiez l'identifiant."),
    "52e": (
        "L'annuaire refuse le mot de passe ou le compte « {user} ».",
        "Vérifiez l'identifiant (compte@domaine) et ressaisissez le mot de passe.",
    ),
    "530": (
        "Le compte « {user} » n'est pas autorisé à se connecter à cette heure.",
        "Recommencez pendant ses heures autorisées ou choisissez un autre compte.",
    ),
    "531": (
        "Le compte « {user} » n'est pas autorisé à se connecter depuis ce poste.",
        "Lancez la lecture depuis un poste autorisé ou choisissez un autre compte.",
    ),
    "532": (
        "Le mot de passe du compte « {user} » a expiré.",
        "Changez-le sur un poste du domaine, puis recommencez.",
    ),
    "533": (
        "Le compte « {user} » est désactivé.",
        "Faites-le réactiver ou choisissez un autre compte.",
    ),
    "701": ("Le compte « {user} » a expiré.", "Prolongez-le ou choisissez un autre compte."),
    "773": (
        "Le compte « {user} » doit changer son mot de passe avant de se connecter.",
        "Changez-le sur un poste du domaine, puis recommencez.",
    ),
    "775": (
        "Le compte « {user} » est verrouillé.",
        "Faites-le déverrouiller, vérifiez le mot de passe, puis recommencez.",
    ),
}

# Why a search ended before its end: result codes of RFC 4511 by ldap3's name, then classes.
_CUTS = {
    "sizeLimitExceeded": "limite de taille du serveur",
    "timeLimitExceeded": "limite de durée du serveur",
    "adminLimitExceeded": "limite administrative du serveur",
    "insufficientAccessRights": "droits insuffisants",
    "busy": "serveur occupé",
    "unavailable": "serveur indisponible",
    "unwillingToPerform": "refus du serveur",
    "referral": "renvoi vers un autre annuaire, non suivi",
    "EndlessAnswerError": "réponse sans fin",
    "MalformedAnswerError": "réponse illisible",
}


def why_cut(cause: Exception) -> str:
    """Why a search was not read to its end, in a few words."""
    code = getattr(cause, "description", None)
    if code:
        return _CUTS.get(str(code), f"code de résultat LDAP {code}")
    if isinstance(cause, (LDAPCommunicationError, OSError)):
        return "délai de réponse dépassé" if "timed out" in str(cause) else "connexion coupée"
    name = type(cause).__name__
    return _CUTS.get(name, f"erreur {name}")


def bad_authorities(target: Target) -> ProbeError:
    """The file of certificate authorities is missing or is not PEM."""
    return ProbeError(
        f"Le fichier d'autorités de certification « {target.ca_file} » est absent ou illisible.",
        "Indiquez le certificat de l'autorité interne, au format PEM.",
    )


def unknown_name(target: Target) -> ProbeError:
    """The server's name does not resolve."""
    return ProbeError(
        f"Le nom « {target.server} » n'est pas connu du serveur DNS de ce poste.",
        "Vérifiez le nom du contrôleur de domaine ou indiquez son adresse IP.",
    )


def bad_certificate(target: Target, cause: ssl.SSLCertVerificationError) -> ProbeError:
    """OpenSSL refused the server's certificate."""
    where = f"Le certificat de {target.url}"
    if cause.verify_code in _WRONG_NAMES:
        name = target.certificate_name or target.server
        return ProbeError(
            f"{where} ne porte pas le nom « {name} ».",
            "Désignez le serveur par le nom inscrit dans son certificat, "
            "ou indiquez ce nom comme nom attendu.",
        )
    if cause.verify_code in (_NOT_YET_VALID, _EXPIRED):
        return ProbeError(
            f"{where} est hors de ses dates de validité.",
            "Vérifiez l'heure de ce poste, sinon faites renouveler le certificat.",
        )
    return ProbeError(
        f"{where} n'est signé par aucune autorité connue de ce poste.",
        "Indiquez le fichier PEM de l'autorité de certification interne.",
    )


def unreachable(target: Target, cause: Exception) -> ProbeError:
    """No TLS session could be opened."""
    text = str(cause)
    if "timed out" in text or "timeout" in text:
        return ProbeError(
            f"{target.url} ne répond pas dans le délai imparti.",
            "Vérifiez l'adresse, le port et les pare-feu entre ce poste et le contrôleur.",
        )
    if "ssl wrapping" in text or "wrap socket" in text or "startTLS" in text:
        return ProbeError(
            f"{target.url} répond, mais aucune session TLS ne peut y être ouverte.",
            "Vérifiez que ce port parle LDAPS (636) ou acceptez StartTLS (389), "
            "et qu'un certificat est installé sur le contrôleur.",
        )
    return ProbeError(
        f"{target.url} est injoignable : connexion refusée ou réseau coupé.",
        "Vérifiez l'adresse, le port et les pare-feu entre ce poste et le contrôleur.",
    )


def refused(target: Target, message: str) -> ProbeError:
    """The server refused the bind; `message` is its diagnostic text."""
    code = re.search(r"data ([0-9a-f]{3,8})\b", message)
    if "80090346" in message:
        return ProbeError(
            "L'annuaire exige un jeton de liaison au canal TLS pour ce compte.",
            "Utilisez un compte et une méthode de connexion que la stratégie LDAP autorise.",
        )
    if target.kerberos and code is None:
        name = target.certificate_name or target.server
        return ProbeError(
            f"L'annuaire refuse le ticket Kerberos présenté à « {name} ».",
            "Désignez le contrôleur par son nom complet, ou donnez ce nom avec --certificate-name.",
        )
    sentence, step = _REFUSALS.get(code.group(1) if code else "52e", _REFUSALS["52e"])
    return ProbeError(sentence.format(user=target.user), step)


def too_weak(target: Target) -> ProbeError:
    """strongerAuthRequired: the server wants signing or another protection."""
    return ProbeError(
        f"{target.url} exige une authentification plus forte que celle proposée.",
        "Utilisez LDAPS (port 636) plutôt que StartTLS, ou revoyez la stratégie LDAP du serveur.",
    )


def cut_short(target: Target) -> ProbeError:
    """The session ended before the first answer that nothing can be read without."""
    return ProbeError(
        f"{target.url} n'a pas communiqué la description de son annuaire.",
        "Vérifiez que ce serveur est un contrôleur de domaine Active Directory.",
    )
