"""CISA's catalogue of exploited vulnerabilities: shipped with its date, updated by hand.

It is content: one compressed JSON file, in CISA's own format, in `checks/data/`. The shipped copy
ages like any other. The newest of the shipped one and the user's own is used.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from care_kit import resources
from care_kit.catalog import toml_file
from care_kit.catalog.outside import read_bounded
from care_kit.model.content.kev import Kev, KevEntry
from care_kit.model.formats import codec
from care_kit.model.words.errors import CareError, ContentError, InputError

WARN_AFTER_DAYS = 30
UNUSABLE_AFTER_DAYS = 90
MAX_BYTES = 20_000_000
_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_VERSION = re.compile(r"[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,4})?")
_FOLDER, _FILE = "data", "kev.json.gz"
_SOURCE = "Reprenez known_exploited_vulnerabilities.json sur le site de la CISA (cisa.gov/kev)."


@dataclass(frozen=True)
class _Row:
    """A vulnerability as CISA writes it; other keys, old or new, are ignored."""

    cveID: str
    vendorProject: str
    product: str
    vulnerabilityName: str
    dateAdded: date
    shortDescription: str
    requiredAction: str
    dueDate: date
    knownRansomwareCampaignUse: str = "Unknown"


@dataclass(frozen=True)
class _Document:
    catalogVersion: str
    dateReleased: datetime
    count: int
    vulnerabilities: tuple[_Row, ...]


def load_kev() -> Kev:
    """The newest edition at hand; ContentError when a file cannot be read."""
    editions = [_stored(resources.data("checks").joinpath(_FOLDER, _FILE), imported=False)]
    own = own_file()
    if own.is_file():
        editions.append(_stored(own, imported=True))
    return max(editions, key=lambda one: _rank(one.version))


def in_place() -> Kev:
    """The edition a newer one must not be older than: a damaged one of the user's counts for none.

    Without this, what is said to mend a damaged edition (importing it again) could not be done.
    """
    try:
        return load_kev()
    except ContentError:
        return _stored(resources.data("checks").joinpath(_FOLDER, _FILE), imported=False)


def own_file() -> Path:
    """Where the user's own edition is kept; the file may not exist."""
    return resources.overlay_path("checks") / _FOLDER / _FILE


def kev_age(released: date, today: date) -> int:
    """Age in days; negative when the edition comes from the future."""
    return (today - released).days


def kev_usable(released: date, today: date) -> bool:
    """False when rules must say "not tested" instead of relying on it: too old, or not yet out."""
    return -1 <= kev_age(released, today) <= UNUSABLE_AFTER_DAYS


def read_edition(path: Path) -> bytes:
    """The bytes of a file to import; InputError when absent or too large."""
    return read_bounded(path, MAX_BYTES, _SOURCE, " : ce n'est pas le catalogue KEV")


def admitted(raw: bytes, name: str, current: Kev, today: date) -> Kev:
    """The edition in these bytes; InputError when malformed, from the future, or older."""
    edition = _edition(raw, name, InputError, imported=True)
    newest = max(edition.date, _day(edition.version) or edition.date)
    if kev_age(newest, today) < -1:
        raise InputError(
            f"« {name} » se dit publié le {newest:%d/%m/%Y}, dans le futur.",
            "Vérifiez la date de ce poste, puis la provenance du fichier.",
        )
    if _rank(edition.version) < _rank(current.version):
        raise InputError(
            f"« {name} » ({edition.version}) est plus ancien que l'édition en place "
            f"({current.version}).",
            "Une édition plus ancienne n'est jamais reprise. " + _SOURCE,
        )
    return edition


def _stored(file: Traversable | Path, *, imported: bool) -> Kev:
    try:
        raw = codec.decompress(file.read_bytes(), MAX_BYTES)
    except (OSError, EOFError, ValueError) as cause:
        raise ContentError(
            f"Le catalogue KEV « {file} » ne peut pas être lu.",
            "Importez-le à nouveau avec « care data import », ou retirez ce fichier.",
        ) from cause
    return _edition(raw, str(file), ContentError, imported=imported)


def _edition(raw: bytes, name: str, error: type[CareError], *, imported: bool) -> Kev:
    document = toml_file.validate(_tables(raw, name, error), _Document, name, error)
    if document.count != len(document.vulnerabilities) or not document.count:
        raise error(
            f"« {name} » annonce {document.count} vulnérabilités et en contient "
            f"{len(document.vulnerabilities)} : il est incomplet.",
            _SOURCE,
        )
    if _day(document.catalogVersion) is None:
        raise error(f"« {name} » porte une version illisible du catalogue.", _SOURCE)
    wrong = next((one for one in document.vulnerabilities if not _CVE.fullmatch(one.cveID)), None)
    if wrong is not None:
        raise error(f"« {name} » contient un identifiant CVE mal formé.", _SOURCE)
    return Kev(
        version=document.catalogVersion,
        date=document.dateReleased.date(),
        count=document.count,
        entries=_by_product(document.vulnerabilities),
        imported=imported,
    )


def _tables(raw: bytes, name: str, error: type[CareError]) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as cause:
        raise error(f"« {name} » n'est pas un fichier JSON lisible.", _SOURCE) from cause
    if not isinstance(found, dict):
        raise error(f"« {name} » n'est pas le catalogue KEV.", _SOURCE)
    return found


def _by_product(rows: tuple[_Row, ...]) -> Mapping[tuple[str, str], tuple[KevEntry, ...]]:
    entries: dict[tuple[str, str], tuple[KevEntry, ...]] = {}
    for row in rows:
        key = (row.vendorProject.lower(), row.product.lower())
        entry = KevEntry(
            row.cveID,
            row.vendorProject,
            row.product,
            row.vulnerabilityName,
            row.dateAdded,
            row.knownRansomwareCampaignUse == "Known",
            row.shortDescription,
        )
        entries[key] = (*entries.get(key, ()), entry)
    return entries


def _rank(version: str) -> tuple[int, ...]:
    """`2025.08.25`, or `2025.08.25.1`, as numbers to compare."""
    return tuple(int(one) for one in version.split("."))


def _day(version: str) -> date | None:
    """The day a version is named after, None when it is not such a version."""
    if not _VERSION.fullmatch(version):
        return None
    try:
        return date(*_rank(version)[:3])
    except ValueError:
        return None
