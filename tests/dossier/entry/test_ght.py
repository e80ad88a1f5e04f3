"""Shares, head counts and periods as typed: one clear sentence for each mistake."""

from datetime import date
from decimal import Decimal

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry import ght
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import PeriodKind
from tests.assessment.groups import A, B, C, dossier_of, group, hospital

STATE = dossier_of(group(A, B), shares={A: "40"})


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("26", "26"),
        ("26,5 %", "26.5"),
        ("26.25%", "26.25"),
        ("60", "60"),
        ("0", "0"),
        ("60\u202f%", "60"),
    ],
)
def test_a_share_is_read_as_people_write_it(typed: str, share: str) -> None:
    assert ght.share(STATE, B, typed, "PMSI").share == Decimal(share)


@pytest.mark.parametrize(
    "typed", ["-4", "1e1", "101", "100,01", "vingt", "", "4 0", "26,", "nan", "26,12345"]
)
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="n'est pas une part d'activité"):
        ght.share(STATE, B, typed, "PMSI")


def test_shares_never_exceed_a_hundred_and_a_correction_does_not_count_twice() -> None:
    with pytest.raises(InputError, match="totaliseraient 100,1"):
        ght.share(STATE, B, "60,1", "PMSI")
    assert ght.share(STATE, A, "100", "PMSI").share == 100


@pytest.mark.parametrize(
    ("establishment", "number", "words"),
    [
        (group(A, B), C, "n'est ni une entité juridique ni un site"),
        (group(A, B), "990000011", "La clé du numéro"),
        (hospital(B, C), A, "ne se donne pas à ce niveau"),
        (hospital(B), B, "ne se partage pas"),
    ],
)
def test_a_share_belongs_to_an_entity_of_the_right_level(
    establishment: object, number: str, words: str
) -> None:
    with pytest.raises(InputError) as refused:
        ght.share(dossier_of(establishment), number, "10", "PMSI")  # type: ignore[arg-type]
    assert words in refused.value.sentence


def test_a_number_needs_its_source() -> None:
    with pytest.raises(InputError, match="La source est vide"):
        ght.share(STATE, B, "10", "  ")


@pytest.mark.parametrize(
    ("number", "year", "people", "words"),
    [
        (A, 2024, 10, "n'est pas un site"),
        (B, 24, 10, "n'est pas une année"),
        (B, 2024, -1, "Un effectif va de 0"),
        (B, 2024, 10**9, "Un effectif va de 0"),
    ],
)
def test_an_odd_head_count_is_refused(number: str, year: int, people: int, words: str) -> None:
    with pytest.raises(InputError) as refused:
        ght.headcount(dossier_of(hospital(B, C)), number, year, people, 0, "SAE")
    assert words in refused.value.sentence


def test_a_period_begins_before_it_ends() -> None:
    found = ght.period("d2", "operational", date(2025, 7, 16), date(2027, 1, 15), "JO")
    assert found.kind is PeriodKind.OPERATIONAL
    with pytest.raises(InputError, match="avant son début"):
        ght.period("d2", "operational", date(2027, 1, 15), date(2025, 7, 16), "JO")
    with pytest.raises(InputError, match="n'est pas une période connue"):
        ght.period("d2", "vacances", date(2025, 1, 1), date(2025, 1, 2), "JO")


def test_the_last_word_stands_and_survives_a_reopening(dossier: Dossier) -> None:
    for share in ("40", "26,50"):
        dossier.append(ght.share(dossier.state, A, share, "PMSI"))
    site = dossier.state.establishment.lead.sites[0].finess_eg
    dossier.append(ght.headcount(dossier.state, site, 2024, 100, 20, "SAE"))
    assert dossier.state.shares[A].share == Decimal("26.50")
    assert dossier.state.headcounts[site, 2024].employees == 100
