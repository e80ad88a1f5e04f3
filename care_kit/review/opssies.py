"""An OPSSIES v013 file (CaRE D1) from a provider, checked for its shape and for its meaning.

The official D1 schema requires almost no field and the official tool checks the syntax only: an
empty audit passes both. Every problem is told with its path in the file.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from care_kit.catalog.outside import read_bounded
from care_kit.model.formats.opssies import DATE_FORMAT, Document
from care_kit.model.words.text import printable
from care_kit.review.opssies_meaning import meaning

MAX_BYTES = 20_000_000
MAX_PROBLEMS = 200
_NAME = re.compile(r"[A-Z0-9]+-D1-(?P<moment>[0-9]{8}-[0-9]{6})\.json")
_WHOLE = "fichier"

_MENDS = {
    "missing": "champ obligatoire absent",
    "extra_forbidden": "champ inconnu du profil D1",
    "list_type": "une liste entre crochets est attendue, même pour un seul élément",
    "model_type": "un objet entre accolades est attendu",
    "int_type": "un nombre entier sans guillemets est attendu",
    "int_from_float": "un nombre entier est attendu",
    "string_type": "un texte entre guillemets est attendu",
    "bool_type": "true ou false est attendu",
}
_HINTS = {
    "scope": "le profil D1 attend la liste « scopes » (« scope » est l'ancien nom)",
    "score": "le profil D1 n'a pas de score : seul « level » est attendu",
    "functionalContexts": "en D1, les contextes se placent dans « scopes »",
    "technicalContexts": "en D1, les contextes se placent dans « scopes »",
    "stakeholderName": "le nom exact est « stakeholderNameTypes »",
    "_text": "le nom exact est « __text », avec deux traits bas",
    "text": "le nom exact est « __text », avec deux traits bas",
}


@dataclass(frozen=True)
class Fault:
    """One problem: where in the file, and one French sentence."""

    path: str
    sentence: str


def check_opssies(path: Path, now: datetime) -> tuple[Fault, ...]:
    """Every problem of the file, none when it is sound; InputError when it cannot be read.

    The meaning is checked only once the shape is right. `now` (aware) tells a date in the future.
    """
    faults = list(_named(path))
    try:
        raw = _read(path)
        document = Document.model_validate_json(raw)
    except _NotJsonError as broken:
        faults.append(Fault(_WHOLE, str(broken)))
    except ValidationError as cause:
        faults += [_shape(one) for one in cause.errors(include_url=False, include_input=False)]
    else:
        faults += [Fault(where, said) for where, said in meaning(document, now)]
    return tuple(faults[:MAX_PROBLEMS])


class _NotJsonError(Exception):
    """The text is not JSON; the message is a French sentence."""


def _named(path: Path) -> Iterator[Fault]:
    found = _NAME.fullmatch(path.name)
    if found is None:
        yield Fault(
            _WHOLE,
            f"Le nom « {printable(path.name)} » ne suit pas SOCIETE-D1-AAAAMMJJ-HHMMSS.json.",
        )
        return
    try:
        datetime.strptime(found["moment"], DATE_FORMAT)
    except ValueError:
        yield Fault(_WHOLE, f"Le nom du fichier porte une date impossible ({found['moment']}).")


def _read(path: Path) -> str:
    advice = "Un relevé OPSSIES est petit : vérifiez que c'est le bon fichier."
    raw = read_bounded(path, MAX_BYTES, advice)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise _NotJsonError(f"Le fichier n'est pas en UTF-8 (octet {cause.start}).") from cause
    if text.startswith("\ufeff"):
        raise _NotJsonError("Le fichier commence par une marque d'ordre (BOM), que JSON interdit.")
    _refuse_broken(text)
    return text


def _refuse_broken(text: str) -> None:
    try:
        json.loads(text, object_pairs_hook=_unique)
    except json.JSONDecodeError as cause:
        before = text[: cause.pos].rstrip()
        place = f"ligne {cause.lineno}, colonne {cause.colno}"
        if before.endswith(","):
            raise _NotJsonError(
                f"Virgule en trop avant une fermeture ({place}) : JSON ne la permet pas."
            ) from cause
        raise _NotJsonError(f"Le fichier n'est pas un JSON valide ({place}).") from cause
    except (ValueError, RecursionError) as cause:
        raise _NotJsonError("Le fichier n'est pas un JSON raisonnable.") from cause


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key written twice hides its first value from most readers."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _NotJsonError(f"La clé « {_shown(key)} » est écrite deux fois au même endroit.")
        found[key] = value
    return found


def _shape(error: Any) -> Fault:
    where: Sequence[int | str] = error["loc"]
    key = str(where[-1]) if where else ""
    mend = _MENDS.get(error["type"], "valeur refusée")
    if error["type"] == "extra_forbidden" and key in _HINTS:
        mend = _HINTS[key]
    return Fault(_place(where), f"{mend[0].upper()}{mend[1:]}.")


def _place(where: Sequence[int | str]) -> str:
    """`events.event[0].dates`, as the messages of the meaning write it."""
    path = ""
    for step in where:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += f".{_shown(step)}" if path else _shown(step)
    return path or _WHOLE


def _shown(key: str) -> str:
    clean = printable(key).replace("\n", " ")
    return clean if len(clean) <= 60 else clean[:60] + "…"
