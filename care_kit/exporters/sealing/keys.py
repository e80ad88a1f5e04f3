"""The key that signs: a PKCS#12 file, or a token reached through its PKCS#11 library."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from care_kit.model.words.errors import InputError
from care_kit.model.words.text import shown

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

_INSTALL = "Installez l'extra : pip install 'care-kit[sign]'."


def require() -> None:
    """InputError when the extra that signs is not installed; its logs stay quiet."""
    try:
        import pyhanko  # noqa: F401
    except ImportError as cause:
        raise InputError(
            "La signature demande un composant absent de ce poste.", _INSTALL
        ) from cause
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def from_file(path: Path, passphrase: str) -> "Signer":
    """The signer of a PKCS#12 file; InputError when it does not open."""
    require()
    from pyhanko.sign.signers import SimpleSigner

    if not path.is_file():
        raise InputError(f"Le certificat « {path} » n'existe pas.", "Vérifiez le chemin du .p12.")
    try:
        load = cast(Callable[..., Any], SimpleSigner.load_pkcs12)  # untyped there
        signer = load(str(path), passphrase=passphrase.encode("utf-8"))
    except (ValueError, OSError):
        signer = None
    if signer is None:
        raise InputError(
            f"« {path.name} » ne s'ouvre pas : phrase de passe fausse, ou ce n'est pas un PKCS#12.",
            "Vérifiez la phrase de passe, puis le fichier.",
        )
    return usable(signer)


@contextmanager
def from_token(library: Path, token: str, label: str, pin: str) -> Iterator["Signer"]:
    """The signer of a token, within the block; InputError when it cannot be reached."""
    require()
    try:
        import pkcs11
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as cause:
        raise InputError(
            "Les cartes et clés USB demandent un composant absent.", _INSTALL
        ) from cause
    if not library.is_file():
        raise InputError(
            f"La bibliothèque PKCS#11 « {library} » n'existe pas.",
            "Donnez celle du fabricant de la carte ou de la clé.",
        )
    try:
        session = open_pkcs11_session(
            str(library), token_criteria=TokenCriteria(label=token), user_pin=pin
        )
    except pkcs11.exceptions.PinIncorrect as cause:
        raise InputError(
            "Le code du porteur est faux.", "Attention : après quelques essais le jeton se bloque."
        ) from cause
    except pkcs11.exceptions.PinLocked as cause:
        raise InputError("Le jeton est bloqué.", "Faites-le débloquer par son émetteur.") from cause
    except (pkcs11.exceptions.PKCS11Error, OSError, RuntimeError) as cause:
        raise InputError(
            f"Le jeton « {shown(token)} » n'est pas là.", "Branchez-le, et vérifiez son nom."
        ) from cause
    with session:
        signer = PKCS11Signer(session, cert_label=label, key_label=label)
        try:
            found = signer.signing_cert
        except (pkcs11.exceptions.PKCS11Error, LookupError, ValueError):
            found = None
        if found is None:
            raise InputError(
                f"Le jeton ne porte pas de certificat « {shown(label)} ».",
                "Vérifiez son étiquette avec l'outil du fabricant.",
            )
        yield usable(signer)


def usable(signer: "Signer") -> "Signer":
    """The signer, once its certificate is known to be in its time; InputError else."""
    certificate = signer.signing_cert
    if certificate is None:
        raise InputError("Cette clé ne porte pas de certificat.", "Joignez-le au PKCS#12.")
    now = datetime.now(UTC)
    if certificate.not_valid_after < now:
        raise InputError(
            f"Le certificat a expiré le {certificate.not_valid_after:%d/%m/%Y}.",
            "Faites-le renouveler par son émetteur.",
        )
    if certificate.not_valid_before > now:
        raise InputError(
            f"Le certificat n'est valable qu'à partir du {certificate.not_valid_before:%d/%m/%Y}.",
            "Vérifiez l'horloge de ce poste, puis le certificat.",
        )
    return signer
