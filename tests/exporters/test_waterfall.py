"""The cascade from spending to the amount asked: its steps add up, its words say the same."""

from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from care_kit.exporters.waterfall import Step, steps, told, waterfall
from tests.assessment.programme.test_funding import asked, ceiling, invoice

LINES = (
    invoice("1200", vat_recoverable=True, excluding_tax=Decimal(1000)),
    invoice("500", number=""),
    invoice("700", None),
    invoice("9000"),
)


def test_steps_go_from_spending_to_what_is_asked() -> None:
    """11 400 spent; 500 and 700 wait; 200 of tax comes back; 10 000 kept, 8 000 allowed."""
    found = steps(asked(*LINES, ceilings=(ceiling("8000"),)))

    assert [(one.label, one.amount) for one in found] == [
        ("Dépenses saisies", Decimal(11400)),
        ("À compléter", Decimal(-1200)),
        ("TVA récupérée", Decimal(-200)),
        ("Dépenses retenues", Decimal(10000)),
        ("Au-delà du plafond", Decimal(-2000)),
        ("Montant demandé", Decimal(8000)),
    ]


def test_an_unknown_ceiling_draws_no_amount_asked() -> None:
    assert steps(asked(*LINES))[-1] == Step("Dépenses retenues", Decimal(10000), total=True)


def test_the_words_say_what_the_bars_show() -> None:
    found = steps(asked(*LINES, ceilings=(ceiling("8000"),)))
    drawn = ElementTree.fromstring(str(waterfall(found, "Titre")))
    assert drawn.findtext("desc") == told(found)
    assert "Au-delà du plafond : −\u00a02\u202f000,00\u00a0€" in told(found)


@given(st.lists(st.decimals(0, 10**6, places=2), max_size=5), st.decimals(0, 10**6, places=2))
def test_each_total_is_what_the_steps_before_leave(spent: list[Decimal], bound: Decimal) -> None:
    lines = [invoice(str(one), number="" if rank % 2 else "F") for rank, one in enumerate(spent)]
    level = Decimal(0)
    for one in steps(asked(*lines, ceilings=(ceiling(str(bound)),))):
        level = one.amount if one.total and not level else level + (0 if one.total else one.amount)
        assert not one.total or one.amount == level
