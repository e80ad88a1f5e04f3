"""The SAE fallback: 2024, else 2023, else 2022, else 0, chosen once for each legal entity."""

from care_kit.assessment.programme.headcount import totals
from care_kit.model.dossier.money import Headcount
from care_kit.model.results.activity import HeadcountTotal
from tests.assessment.builders import AT
from tests.assessment.groups import A, B, C, D, hospital

YEARS = (2024, 2023, 2022)


def total(*figures: tuple[str, int, int, int]) -> HeadcountTotal:
    counts = {
        (site, year): Headcount(site, year, employees, others, "SAE", "A", AT)
        for site, year, employees, others in figures
    }
    (found,) = totals(hospital(B, C), counts, YEARS)
    return found


def test_the_sum_of_the_sites_in_the_preferred_year() -> None:
    found = total((B, 2024, 100, 20), (C, 2024, 30, 0), (B, 2023, 999, 0))
    assert (found.finess_ej, found.year, found.total) == (A, 2024, 150)
    assert (found.employees, found.self_employed, found.absent) == (130, 20, ())


def test_an_earlier_year_when_the_preferred_one_is_empty() -> None:
    assert total((B, 2023, 90, 10), (C, 2022, 50, 0)).year == 2023
    assert total((C, 2022, 50, 5)).total == 55


def test_nothing_at_all_is_zero_and_no_year() -> None:
    assert (total().year, total().total, total().absent) == (None, 0, (B, C))


def test_a_year_that_is_not_accepted_does_not_count() -> None:
    assert total((B, 2021, 500, 0)).total == 0


def test_a_figure_of_zero_is_a_figure() -> None:
    assert total((B, 2024, 0, 0), (B, 2023, 40, 0)).year == 2024


def test_a_site_left_out_is_named_with_what_the_other_reading_would_give() -> None:
    found = total((B, 2024, 100, 0), (C, 2023, 40, 5))
    assert (found.total, found.absent, found.each_site) == (100, (C,), 145)


def test_a_site_of_somebody_else_does_not_count() -> None:
    assert total((D, 2024, 100, 0)).total == 0
