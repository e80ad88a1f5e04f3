"""Signs in with the Kerberos ticket that the station already holds, always inside TLS.

The ticket stays in its cache: nothing of it reaches the dossier. The `gssapi` package is an extra.
"""

from importlib.util import find_spec
from typing import Any

from care_kit.model.words.errors import InputError, ProbeError
from care_kit.probes.directory.target import Target

_OFFSET = 2_529_638_912  # ERROR_TABLE_BASE_krb5 of MIT Kerberos, unsigned
_ANOTHER = "Prenez un nouveau ticket (« kinit compte@DOMAINE »), puis recommencez."
_NO_TICKET = ("Aucun ticket Kerberos n'est disponible sur ce poste.", _ANOTHER)
# Numbers of RFC 4120 section 7.5.9, then of MIT's own errors.
_REFUSALS = {
    7: (
        "Kerberos ne connaît pas de service LDAP au nom « {name} ».",
        "Désignez le contrôleur par son nom complet, ou donnez ce nom avec --certificate-name.",
    ),
    32: ("Le ticket Kerberos de ce poste a expiré.", _ANOTHER),
    37: (
        "L'heure de ce poste diffère trop de celle du contrôleur pour Kerberos.",
        "Réglez l'heure du poste, puis recommencez.",
    ),
    156: (
        "Aucun serveur Kerberos du domaine n'est joignable.",
        "Vérifiez le réseau et le fichier krb5.conf de ce poste.",
    ),
}


def account() -> str:
    """The account of the ticket at hand, `compte@DOMAINE`.

    InputError when the extra is not installed, ProbeError when there is no valid ticket.
    """
    if find_spec("gssapi") is None:
        raise InputError(
            "L'authentification Kerberos n'est pas installée sur ce poste.",
            "Installez-la (« pip install 'care-kit[kerberos]' »), ou donnez un compte avec --user.",
        )
    import gssapi

    try:
        return str(gssapi.Credentials(usage="initiate").name)
    except gssapi.exceptions.GSSError as cause:
        raise ProbeError(*_NO_TICKET) from cause


def settings(target: Target) -> dict[str, Any]:
    """What ldap3 needs: the ticket is asked for the name that the certificate must bear."""
    import ldap3

    return {
        "authentication": ldap3.SASL,
        "sasl_mechanism": ldap3.GSSAPI,
        "sasl_credentials": (target.certificate_name or target.server,),
    }


def bind(connection: Any, target: Target) -> None:
    """Bind, bound to the TLS channel; ProbeError when Kerberos itself refuses."""
    import gssapi

    try:
        connection.bind()
    except gssapi.exceptions.GSSError as cause:
        name = target.certificate_name or target.server
        known = _REFUSALS.get(cause.min_code % 2**32 - _OFFSET)
        sentence, step = known or ("Kerberos refuse l'authentification.", _ANOTHER)
        raise ProbeError(sentence.format(name=name), step) from cause
