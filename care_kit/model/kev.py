"""Vulnerabilities known to be exploited (CISA's KEV catalogue), by vendor and product."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class KevEntry:
    """One vulnerability; `ransomware` is true only when CISA knows of such a campaign."""

    cve: str
    vendor: str
    product: str
    name: str
    added: date
    ransomware: bool


@dataclass(frozen=True)
class Kev:
    """One edition of the catalogue. `entries` keys are (vendor, product) in lower case.

    `imported` is true when it comes from the user's folder rather than from the package.
    """

    version: str
    date: date
    count: int
    entries: Mapping[tuple[str, str], tuple[KevEntry, ...]]
    imported: bool = False

    def of(self, vendor: str, product: str) -> tuple[KevEntry, ...]:
        """Entries of a product, whatever the letter case."""
        return self.entries.get((vendor.lower(), product.lower()), ())
