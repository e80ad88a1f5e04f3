"""What the rules know of products on a given day: dated tables, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from care_kit.model.content.kev import Kev, KevProduct
from care_kit.model.content.strict import Strict
from care_kit.model.words.vocabulary import Provenance


@dataclass(frozen=True)
class SupportedProduct(Strict):
    """A product whose branch can be read in a header line (`Name: value`).

    `pattern` has one group, the branch; `ends` gives each branch's last day of security support
    as `maker` announced it. A branch that is not in it is not judged.
    """

    name: str
    maker: str
    pattern: str
    ends: Mapping[str, date]


@dataclass(frozen=True)
class SupportTable(Strict):
    """Ends of support, as known on `source_date`."""

    provenance: Provenance
    source: str
    source_date: date
    products: tuple[SupportedProduct, ...]


@dataclass(frozen=True)
class ExchangeFix(Strict):
    """The day Microsoft published the correction of these vulnerabilities."""

    released: date
    cves: tuple[str, ...]


@dataclass(frozen=True)
class ExchangeTable(Strict):
    """Exchange builds older than the last of the `fixes`, with the day they were published.

    A build published before a fix cannot hold it. Nothing is said of a build that is not here.
    """

    provenance: Provenance
    source: str
    source_date: date
    fixes: tuple[ExchangeFix, ...]
    builds: Mapping[str, date]

    def missing(self, build: str) -> tuple[str, ...]:
        """Vulnerabilities corrected only after this build, oldest correction first."""
        published = self.builds.get(build)
        if published is None:
            return ()
        return tuple(cve for fix in self.fixes if published < fix.released for cve in fix.cves)


@dataclass(frozen=True)
class DatedTables:
    """Every table, as of `today`; `products` are those we can look up in the KEV catalogue."""

    today: date
    kev: Kev
    products: Mapping[str, KevProduct]
    support: SupportTable
    exchange: ExchangeTable
