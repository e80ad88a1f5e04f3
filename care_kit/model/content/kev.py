"""Vulnerabilities known to be exploited (CISA's KEV catalogue), by vendor and product."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from care_kit.model.content.strict import Strict
from care_kit.model.words.vocabulary import Provenance


@dataclass(frozen=True)
class KevEntry:
    """One vulnerability; `ransomware` is true only when CISA knows of such a campaign.

    `summary` is CISA's short description, in English: read to match products, never printed.
    """

    cve: str
    vendor: str
    product: str
    name: str
    added: date
    ransomware: bool
    summary: str = ""


@dataclass(frozen=True)
class KevProduct(Strict):
    """How the catalogue names a product we recognise; it gives no machine-readable identifier.

    An entry is about it when its vendor is one of `vendors`, one of `words` is in its product's
    name or summary, and that product is not `excluded`.
    """

    name: str
    vendors: tuple[str, ...]
    words: tuple[str, ...]
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True)
class KevProducts(Strict):
    """Every product we can look up in the catalogue."""

    provenance: Provenance
    source: str
    source_date: date
    products: tuple[KevProduct, ...]


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

    def about(self, product: KevProduct) -> tuple[KevEntry, ...]:
        """Entries about a product we recognise, latest first."""
        vendors = {one.lower() for one in product.vendors}
        words = [one.lower() for one in product.words]
        excluded = {one.lower() for one in product.excluded}
        found = [
            entry
            for (vendor, name), entries in self.entries.items()
            if vendor in vendors and name not in excluded
            for entry in entries
            if any(word in f"{name} {entry.summary}".lower() for word in words)
        ]
        return tuple(sorted(found, key=lambda one: (one.added, one.cve), reverse=True))
