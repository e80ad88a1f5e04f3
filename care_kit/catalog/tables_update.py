"""A newer dated table from a file (ends of support, Exchange builds): it may add, never erase."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from care_kit import resources
from care_kit.catalog import toml_file
from care_kit.catalog.dated_tables import EXCHANGE, SUPPORT, load_tables, sound_patterns
from care_kit.catalog.outside import read_bounded
from care_kit.model.content.dated_tables import ExchangeTable, SupportTable
from care_kit.model.words.errors import InputError

MAX_BYTES = 2_000_000
_MEND = "Partez du fichier livré avec care-kit, complétez-le, puis datez-le."


@dataclass(frozen=True)
class Update:
    """An admitted table: where it goes, its bytes, its day, and how many lines it adds."""

    target: Path
    raw: bytes
    source_date: date
    added: int


def admitted(path: Path, today: date) -> Update:
    """The table in a TOML file; InputError when malformed, older, future, or with a line lost."""
    raw = read_bounded(path, MAX_BYTES, _MEND, " : ce n'est pas une table de care-kit")
    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except ValueError as cause:
        raise InputError(f"« {path.name} » n'est pas un fichier TOML lisible.", _MEND) from cause
    current = load_tables(today)
    if "products" in table:
        support = toml_file.validate(table, SupportTable, path.name, InputError)
        sound_patterns(support)
        return _newer(path, SUPPORT, raw, _ends(support), support, _ends(current.support),
                      current.support, today)  # fmt: skip
    if "builds" in table:
        builds = toml_file.validate(table, ExchangeTable, path.name, InputError)
        return _newer(path, EXCHANGE, raw, set(builds.builds), builds, set(current.exchange.builds),
                      current.exchange, today)  # fmt: skip
    raise InputError(f"« {path.name} » n'est ni une table de support ni celle d'Exchange.", _MEND)


def _newer(
    path: Path,
    name: str,
    raw: bytes,
    found: set[str],
    table: SupportTable | ExchangeTable,
    known: set[str],
    current: SupportTable | ExchangeTable,
    today: date,
) -> Update:
    if table.source_date > today:
        raise InputError(
            f"« {path.name} » se dit du {table.source_date:%d/%m/%Y}, dans le futur.",
            "Vérifiez la date de ce poste, puis celle du fichier (source_date).",
        )
    if table.source_date < current.source_date:
        raise InputError(
            f"« {path.name} » ({table.source_date:%d/%m/%Y}) est plus ancien que la table en place "
            f"({current.source_date:%d/%m/%Y}).",
            "Une table plus ancienne n'est jamais reprise.",
        )
    if lost := sorted(known - found):
        raise InputError(
            f"« {path.name} » perd {len(lost)} des lignes en place, dont {lost[0]}.",
            "Une mise à jour ajoute : reprenez aussi les lignes déjà connues.",
        )
    target = resources.overlay_path("checks") / "data" / name
    return Update(target, raw, table.source_date, len(found - known))


def _ends(table: SupportTable) -> set[str]:
    return {f"{one.name} {branch}" for one in table.products for branch in one.ends}
