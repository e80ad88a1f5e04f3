"""Who a package is encrypted to: a file of public keys, each with its source and dates."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from care_kit.catalog import toml_file
from care_kit.model.content.strict import Strict
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import Provenance

_GROUP = 4
_DIGITS = 24


class Role(StrEnum):
    """An examiner opens what was sent; the hospital keeps the means to open it too."""

    EXAMINER = "examiner"
    HOSPITAL = "hospital"


@dataclass(frozen=True)
class Recipient(Strict):
    """A public key (`age1…`), whose, since when and until when, and where it was read."""

    id: str
    name: str
    role: Role
    key: str
    valid_from: date
    valid_until: date
    provenance: Provenance
    source: str

    @property
    def fingerprint(self) -> str:
        """Digits to read over the phone: they stand for the key."""
        digits = hashlib.sha256(self.key.encode("ascii", "replace")).hexdigest()[:_DIGITS]
        return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


@dataclass(frozen=True)
class Recipients(Strict):
    """The whole file."""

    recipients: tuple[Recipient, ...]


def read(path: Path) -> tuple[Recipient, ...]:
    """The recipients of a file; InputError when it does not fit."""
    return toml_file.read(path, Recipients, InputError).recipients


def chosen(
    known: tuple[Recipient, ...], ids: tuple[str, ...], today: date
) -> tuple[Recipient, ...]:
    """Those asked for (all without any), in their time; one examiner and the hospital at least."""
    strangers = [one for one in ids if one not in {each.id for each in known}]
    if strangers:
        names = ", ".join(sorted(one.id for one in known)) or "aucun"
        raise InputError(
            f"Le destinataire « {strangers[0]} » n'est pas dans ce fichier.", f"Connus : {names}."
        )
    kept = tuple(one for one in known if not ids or one.id in ids or one.role is Role.HOSPITAL)
    for one in kept:
        if not one.valid_from <= today <= one.valid_until:
            raise InputError(
                f"La clé de « {one.name} » vaut du {one.valid_from:%d/%m/%Y} au "
                f"{one.valid_until:%d/%m/%Y}.",
                "Demandez-lui sa clé actuelle, et faites-lui lire son empreinte par téléphone.",
            )
    if {one.role for one in kept} != set(Role):
        raise InputError(
            "Il faut une clé d'examinateur et une clé de l'établissement.",
            "Sans la sienne, il ne rouvrirait pas son envoi : « care review key new ».",
        )
    return kept
