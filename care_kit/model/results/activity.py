"""Shares of the combined activity, and head counts: what a group's arithmetic gives."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class ActivityCoverage:
    """Share of the combined activity, in percent, that the entities covered by an objective weigh.

    `covered` are FINESS numbers. The share is an interval as long as some shares are not known:
    `low` adds the known ones, `high` gives what is left to the covered ones whose share is not
    known. `to_add` is the fewest entities that would bring `low` to `required`; it is empty when
    nothing is missing, and when the known shares cannot tell.
    """

    required: int
    covered: tuple[str, ...]
    low: Decimal
    high: Decimal
    to_add: tuple[str, ...] = ()

    @property
    def reached(self) -> bool | None:
        """Whether the share asked for is reached; None when the known shares cannot tell."""
        if self.low >= self.required:
            return True
        return False if self.high < self.required else None


@dataclass(frozen=True)
class HeadcountTotal:
    """People of a legal entity: the sum over its sites in the first year that has a figure.

    `year` is None when no site has any figure: the total is then 0. `absent` are its sites without
    a figure that year, counted 0; `each_site` is what the total would be if every site fell back
    on a year of its own.
    """

    finess_ej: str
    year: int | None
    employees: int
    self_employed: int
    absent: tuple[str, ...]
    each_site: int

    @property
    def total(self) -> int:
        """Employees and self-employed together."""
        return self.employees + self.self_employed
