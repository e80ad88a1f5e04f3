"""A form of Démarche numérique filled beforehand: a link when it is short enough, else a file.

Never sent from here: the person opens the link, or runs the command after reading the file.
Limits and addresses: github.com/demarches-simplifiees, prefill_description.rb and the public API.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from care_kit.catalog import toml_file
from care_kit.exporters.counter.fields import Field
from care_kit.model.content.strict import Strict
from care_kit.model.words.errors import InputError

LONGEST_LINK = 2_000
_START = "/commencer/"
# What is read here ends in a link and in a command to paste: nothing that a shell would understand.
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?")
_PATH = re.compile(rf"{_START}[A-Za-z0-9._/-]{{1,200}}")
_CHAMP = re.compile(r"champ_[A-Za-z0-9+/=_-]{1,100}")


@dataclass(frozen=True)
class PrefillMap(Strict):
    """Which form, and which of its fields takes which of ours (`champs`: our key to theirs)."""

    lien: str
    champs: Mapping[str, str] = field(default_factory=dict)
    numero: int = 0


@dataclass(frozen=True)
class Prefill:
    """`link` is empty when it would be too long; `body` is the JSON to send instead.

    `address` receives the JSON, empty as long as the number of the form is not known; `left` are
    labels of the fields asked whose value is a gap.
    """

    link: str
    body: bytes
    address: str
    left: tuple[str, ...]


def read_map(path: Path) -> PrefillMap:
    """A map file; InputError when its link or a field id is not one of Démarche numérique."""
    read = toml_file.read(path, PrefillMap, InputError)
    try:
        parts = urlsplit(read.lien)
    except ValueError:
        parts = urlsplit("")
    known = _HOST.fullmatch(parts.netloc) and _PATH.fullmatch(parts.path)
    if parts.scheme != "https" or not known:
        raise InputError(
            f"« {read.lien} » n'est pas le lien d'une démarche.",
            f"Copiez celui du bouton « Commencer » : https://…{_START}nom-de-la-demarche.",
        )
    wrong = next((one for one in read.champs.values() if not _CHAMP.fullmatch(one)), None)
    if wrong is not None:
        raise InputError(
            f"« {wrong} » n'est pas l'identifiant d'un champ.",
            "Il commence par « champ_ » : la page « préremplir » de la démarche le donne.",
        )
    return read


def prefill(read: PrefillMap, fields: Iterable[Field]) -> Prefill:
    """The form filled with the fields that are known; InputError when a key of ours is not."""
    known = {one.key: one for one in fields}
    unknown = next((key for key in read.champs if key not in known), None)
    if unknown is not None:
        raise InputError(
            f"« {unknown} » n'est pas une clé de care-kit.",
            "« care counter copy » liste les clés.",
        )
    asked = [(known[key], champ) for key, champ in read.champs.items()]
    values = {champ: one.value for one, champ in asked if one.known}
    parts = urlsplit(read.lien)
    site = f"https://{parts.netloc}"
    link = f"{site}{parts.path}?{urlencode(values)}"
    address = f"{site}/api/public/v1/demarches/{read.numero}/dossiers" if read.numero else ""
    body = json.dumps(values, ensure_ascii=False, indent=2).encode("utf-8")
    left = tuple(one.label for one, _ in asked if not one.known)
    return Prefill(link if len(link) <= LONGEST_LINK else "", body, address, left)


def command(made: Prefill, file: Path) -> str:
    """The command that would send `file`: shown, never run."""
    header = '-H "Content-Type: application/json"'
    return f'curl -X POST {header} --data "@{file}" "{made.address}"'
