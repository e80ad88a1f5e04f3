"""One TOML file into one dataclass, with errors that name the file, the place and the mend."""

from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import tomli

from care_kit.model.formats.codec import adapter
from care_kit.model.words.errors import CareError, ContentError

if TYPE_CHECKING:
    from pydantic import ValidationError

T = TypeVar("T")
MAX_BYTES = 4_000_000

_MENDS = {
    "missing": "champ obligatoire absent : ajoutez-le",
    "unexpected_keyword_argument": "champ inconnu : corrigez son nom ou retirez-le",
    "enum": "valeur hors de la liste permise",
    "string_type": "un texte entre guillemets est attendu",
    "int_parsing": "un nombre entier est attendu",
    "int_type": "un nombre entier est attendu",
    "int_from_float": "un nombre entier est attendu",
    "float_type": "un nombre est attendu",
    "bool_parsing": "true ou false est attendu",
    "bool_type": "true ou false est attendu",
    "date_from_datetime_parsing": "une date AAAA-MM-JJ est attendue",
    "date_from_datetime_inexact": "une date AAAA-MM-JJ sans heure est attendue",
    "date_type": "une date AAAA-MM-JJ est attendue",
    "tuple_type": "une liste entre crochets est attendue",
    "dict_type": "une table est attendue",
    "dataclass_type": "une table est attendue",
}


def read(file: Traversable | Path, shape: type[T], error: type[CareError] = ContentError) -> T:
    """Parse and validate `file`; `error` is the class raised when it does not fit."""
    return validate(parse(file, error), shape, str(file), error)


def parse(file: Traversable | Path, error: type[CareError] = ContentError) -> dict[str, Any]:
    """The raw tables of a TOML file."""
    return loads(read_bytes(file, error), str(file), error)


def read_bytes(file: Traversable | Path, error: type[CareError] = ContentError) -> bytes:
    """The bytes of a file, at most one more than `loads` accepts."""
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as cause:
        raise error(
            f"Le fichier « {file} » ne peut pas être lu.",
            "Vérifiez son nom et vos droits de lecture.",
        ) from cause


def loads(raw: bytes, file: str, error: type[CareError] = ContentError) -> dict[str, Any]:
    """The raw tables of TOML bytes; `file` is the name shown in the sentence."""
    if len(raw) > MAX_BYTES:
        raise error(
            f"Le fichier « {file} » dépasse {MAX_BYTES // 1_000_000} Mo.",
            "Un fichier de contenu est petit : vérifiez que c'est le bon.",
        )
    try:
        return tomli.loads(raw.decode("utf-8-sig"))  # Notepad writes a byte order mark
    except UnicodeDecodeError as cause:
        raise error(
            f"Le fichier « {file} » n'est pas encodé en UTF-8 (octet {cause.start}).",
            "Enregistrez-le à nouveau en UTF-8 depuis votre éditeur.",
        ) from cause
    except tomli.TOMLDecodeError as cause:
        raise error(
            f"Le fichier « {file} » n'est pas un TOML valide "
            f"(ligne {cause.lineno}, colonne {cause.colno}).",
            "Corrigez la ligne indiquée.",
        ) from cause
    except ValueError as cause:  # a number of thousands of digits
        raise error(
            f"Le fichier « {file} » contient un nombre démesuré.",
            "Corrigez ce nombre : aucun champ n'en demande de si long.",
        ) from cause
    except RecursionError as cause:
        raise error(
            f"Le fichier « {file} » emboîte trop de tables ou de listes.",
            "Un fichier de contenu est simple : vérifiez que c'est le bon.",
        ) from cause


def validate(
    table: dict[str, Any], shape: type[T], where: str, error: type[CareError] = ContentError
) -> T:
    """Turn parsed tables into `shape`; the first fault is told with its path in the file."""
    from pydantic import ValidationError

    try:
        found: T = adapter(shape).validate_python(table)
        return found
    except ValidationError as cause:
        place, mend = next(_told(cause, table))
        raise error(f"Dans « {where} », à « {place} » : {mend}.", "Corrigez ce champ.") from cause


def misfits(table: dict[str, Any], shape: type[T]) -> list[tuple[str, str]]:
    """Every (place, mend) where parsed tables do not fit `shape`; none when they do."""
    from pydantic import ValidationError

    try:
        adapter(shape).validate_python(table)
    except ValidationError as cause:
        return list(_told(cause, table))
    return []


def _told(cause: "ValidationError", table: object) -> Iterator[tuple[str, str]]:
    for fault in cause.errors():
        mend = _MENDS.get(fault["type"], "valeur refusée")
        if fault["type"] == "enum":
            mend += f" ({fault['ctx']['expected'].replace(' or ', ', ')})"
        yield _place(fault["loc"], table), mend


def _place(location: Sequence[int | str], table: object) -> str:
    """Path such as `indicators[CK-GOV-01].levels`: list items are told by their id if any."""
    path = ""
    for step in location:
        if step == "[key]":  # pydantic's mark for "the key itself is at fault"
            continue
        table = _step(table, step)
        if isinstance(step, int):
            label = table.get("id", step) if isinstance(table, dict) else step
            path += f"[{label}]"
        else:
            path += f".{step}" if path else step
    return path or "racine"


def _step(table: object, step: int | str) -> object:
    if isinstance(table, dict):
        return table.get(step)
    if isinstance(table, list) and isinstance(step, int) and step < len(table):
        return table[step]
    return None
