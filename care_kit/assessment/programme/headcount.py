"""People a funding rests on, from the yearly hospital statistics (SAE).

Reading kept: the text speaks of the head count of a legal entity, "the sum over its sites, year
2024, else 2023, else 2022, else 0", so that the year is chosen once for each legal entity: the
first one for which at least one of its sites has a figure. A site without a figure that year then
counts 0, and is named; `HeadcountTotal.each_site` tells what the other reading (each site falls
back on its own) would give, so that nobody has to trust ours.
"""

from collections.abc import Mapping

from care_kit.model.dossier.establishment import Establishment, LegalEntity
from care_kit.model.dossier.money import Headcount
from care_kit.model.results.activity import HeadcountTotal

Counts = Mapping[tuple[str, int], Headcount]


def totals(
    establishment: Establishment, counts: Counts, years: tuple[int, ...]
) -> tuple[HeadcountTotal, ...]:
    """The total of each legal entity; `years` are the ones accepted, the preferred one first."""
    return tuple(_total(one, counts, years) for one in establishment.entities)


def _total(entity: LegalEntity, counts: Counts, years: tuple[int, ...]) -> HeadcountTotal:
    sites = tuple(site.finess_eg for site in entity.sites)
    year = next((year for year in years if any((site, year) in counts for site in sites)), None)
    kept = [counts[site, year] for site in sites if year is not None and (site, year) in counts]
    filled = {one.finess_eg for one in kept}
    return HeadcountTotal(
        finess_ej=entity.finess_ej,
        year=year,
        employees=sum(one.employees for one in kept),
        self_employed=sum(one.self_employed for one in kept),
        absent=tuple(site for site in sites if site not in filled),
        each_site=sum(_latest(site, counts, years) for site in sites),
    )


def _latest(site: str, counts: Counts, years: tuple[int, ...]) -> int:
    found = next((counts[site, year] for year in years if (site, year) in counts), None)
    return found.employees + found.self_employed if found else 0
