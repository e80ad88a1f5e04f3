"""Encryption to recipients (age), in streams: what does not open whole leaves nothing behind."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from care_kit.exporters.sealing.recipients import Recipient
from care_kit.model.words.errors import InputError, PackageError
from care_kit.station.writing import whole_file, write_file

_LARGEST_KEY = 100_000
_PRIVATE = "AGE-SECRET-KEY-"


def _age() -> Any:
    try:
        import pyrage
    except ImportError as cause:
        raise InputError(
            "Le chiffrement demande un composant absent ici.",
            "Installez l'extra : pip install 'care-kit[secret]'.",
        ) from cause
    return pyrage


def encrypted(source: Path, target: Path, recipients: Sequence[Recipient]) -> Path:
    """Write `source` encrypted to every recipient."""
    age = _age()
    keys = []
    for one in recipients:
        try:
            keys.append(age.x25519.Recipient.from_str(one.key))
        except age.RecipientError as cause:
            raise InputError(
                f"La clé de « {one.name} » n'est pas une clé age.", "Reprenez-la à sa source."
            ) from cause
    _through(source, target, lambda inside, outside: age.encrypt_io(inside, outside, keys))
    return target


def decrypted(source: Path, target: Path, identity: Path, passphrase: str) -> Path:
    """Write `source` in clear; PackageError when it was cut, altered, or is not for this key."""
    age = _age()
    key = _opened(age, identity, passphrase)

    def work(inside: BinaryIO, outside: BinaryIO) -> None:
        try:
            age.decrypt_io(inside, outside, [key])
        except age.DecryptError as cause:
            raise PackageError(
                f"« {source.name} » n'est pas chiffré pour cette clé, ou son début est abîmé.",
                "Vérifiez la clé ; demandez un nouvel envoi si c'est bien la vôtre.",
            ) from cause
        except OSError as cause:
            if cause.errno is not None:
                raise
            raise PackageError(
                f"« {source.name} » a été coupé ou modifié : rien n'est écrit.",
                "Demandez un nouvel envoi à l'expéditeur.",
            ) from cause

    _through(source, target, work)
    return target


def new_identity(target: Path, passphrase: str) -> str:
    """Write a new private key under a passphrase; its public key."""
    age = _age()
    if len(passphrase) < 12:
        raise InputError(
            "La phrase de passe est trop courte.", "Donnez douze caractères au moins, ou plus."
        )
    identity = age.x25519.Identity.generate()
    if target.exists():
        raise InputError(f"« {target} » existe déjà.", "Choisissez un autre nom.")
    write_file(target, age.passphrase.encrypt(str(identity).encode("ascii"), passphrase))
    return str(identity.to_public())


def _opened(age: Any, path: Path, passphrase: str) -> Any:
    """The identity of a key file, under its passphrase."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_KEY:
            raise OSError("not a key file")
        raw = age.passphrase.decrypt(path.read_bytes(), passphrase)
        lines = [one for one in raw.decode("ascii").splitlines() if one.startswith(_PRIVATE)]
        return age.x25519.Identity.from_str(lines[0])
    except OSError as cause:
        raise InputError(f"La clé « {path} » n'est pas lisible.", "Vérifiez son chemin.") from cause
    except (age.DecryptError, age.IdentityError, UnicodeDecodeError, IndexError) as cause:
        raise InputError(
            f"« {path.name} » ne s'ouvre pas : phrase de passe fausse, ou ce n'est pas une clé.",
            "Vérifiez la phrase de passe, puis le fichier.",
        ) from cause


def _through(source: Path, target: Path, work: Callable[[BinaryIO, BinaryIO], None]) -> None:
    if target.exists():
        raise InputError(f"« {target} » existe déjà.", "Choisissez un autre nom ou déplacez-le.")
    try:
        inside = source.open("rb")
    except OSError as cause:
        raise InputError(f"« {source} » ne peut pas être lu.", "Vérifiez son chemin.") from cause
    with inside, whole_file(target) as outside:
        work(inside, outside.stream)
