"""Money worked out by hand: period, recoverable tax, ceilings, entities of a GHT."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.assessment.programme.funding import funding
from care_kit.model.content.programme import Programme
from care_kit.model.dossier.establishment import LegalEntity
from care_kit.model.dossier.money import Ceiling, Period, Spending, SpendingKind
from care_kit.model.dossier.state import DossierState
from care_kit.model.results.assessment import ObjectiveResult, ObjectiveState
from care_kit.model.results.funding_file import FundingFile, LineState, Stage
from care_kit.model.words.vocabulary import PeriodKind, Provenance
from tests.assessment.builders import state as empty

AT = datetime(2026, 3, 1, tzinfo=UTC)
PROGRAMME = Programme("d1", 1, "D1", "Texte", "eCaRE", "", Provenance.PROPOSED, "essai", ())
REACHED = {"O1": ObjectiveResult("O1", ObjectiveState.SHOWN)}
LEAD, OTHER = "990000010", "990000036"


def invoice(amount: str, dated: date | None = date(2026, 3, 1), **more: object) -> Spending:
    line = Spending("i", "d1", "O1", "Audit", Decimal(amount), "A", AT)
    shown = replace(line, kind=SpendingKind.INVOICE, dated=dated, number="F-1", supplier="Tiers")
    return replace(replace(shown, evidence_id="piece"), **more)  # type: ignore[arg-type]


def ceiling(amount: str, entity: str = "") -> Ceiling:
    return Ceiling("d1", Decimal(amount), "Courrier de l'ARS", "A", AT, entity)


def dossier(*lines: Spending, ceilings: tuple[Ceiling, ...] = ()) -> DossierState:
    period = Period(
        "d1", PeriodKind.ELIGIBLE, date(2026, 1, 1), date(2026, 6, 30), "Courrier", "A", AT
    )
    return replace(empty({}), spending=lines, periods=(period,), ceilings=ceilings)


def asked(
    *lines: Spending, ceilings: tuple[Ceiling, ...] = (), stage: Stage = Stage.PAYMENT
) -> FundingFile:
    return funding(PROGRAMME, dossier(*lines, ceilings=ceilings), REACHED, stage)


def test_a_ceiling_lower_than_the_spending_bounds_what_is_asked() -> None:
    found = asked(invoice("12000.50"), invoice("8000"), ceilings=(ceiling("15000"),))

    assert (found.kept, found.asked) == (Decimal("20000.50"), Decimal(15000))
    assert found.gaps == (
        "5\u202f000,50\u00a0€ de dépenses retenues dépassent le plafond notifié.",
    )


def test_below_the_ceiling_the_spending_itself_is_asked() -> None:
    assert asked(invoice("9999.99"), ceilings=(ceiling("15000"),)).asked == Decimal("9999.99")


def test_without_a_notified_ceiling_nothing_is_computed() -> None:
    found = asked(invoice("9999.99"))

    assert found.asked is None
    assert found.gaps == ("Plafond notifié à compléter : le montant demandé n'est pas calculé.",)


def test_a_recoverable_tax_does_not_count() -> None:
    """1 200 € tax included, 1 000 € without: 1 000 € count when the tax comes back, else 1 200."""
    net = Decimal(1000)
    recovered = invoice("1200", vat_recoverable=True, excluding_tax=net)
    borne = invoice("1200", vat_recoverable=False, excluding_tax=net)

    assert asked(recovered).kept == net
    assert asked(borne).kept == Decimal(1200)


def test_a_recoverable_tax_without_the_net_amount_waits() -> None:
    line = asked(invoice("1200", vat_recoverable=True)).lines[0]

    assert (line.state, line.base) == (LineState.WAITING, Decimal(0))


@pytest.mark.parametrize(
    ("dated", "state"),
    [
        (date(2025, 12, 31), LineState.REFUSED),
        (date(2026, 1, 1), LineState.KEPT),
        (date(2026, 6, 30), LineState.KEPT),
        (date(2026, 7, 1), LineState.REFUSED),
        (None, LineState.WAITING),
    ],
)
def test_an_invoice_counts_from_the_first_to_the_last_day(
    dated: date | None, state: LineState
) -> None:
    assert asked(invoice("100", dated)).lines[0].state is state


def test_an_unknown_period_leaves_invoices_waiting() -> None:
    known = dossier(invoice("100"), ceilings=(ceiling("1000"),))
    found = funding(PROGRAMME, replace(known, periods=()), REACHED, Stage.PAYMENT)

    assert found.lines[0].reason == "La période d'éligibilité des dépenses est à compléter."
    assert found.asked == Decimal(0)


def test_a_payment_rests_on_complete_invoices_only() -> None:
    quote = replace(invoice("100"), kind=SpendingKind.QUOTE)
    bare = invoice("100", number="")
    unseen = invoice("100", evidence_id="")

    assert [one.state for one in asked(quote, bare, unseen).lines] == [
        LineState.REFUSED,
        LineState.WAITING,
        LineState.WAITING,
    ]
    assert asked(quote, bare, unseen, stage=Stage.APPLICATION).kept == Decimal(300)


def test_a_line_of_no_objective_or_of_one_not_concerned_does_not_count() -> None:
    loose = invoice("100", objective="")
    results = {"O1": ObjectiveResult("O1", ObjectiveState.NOT_CONCERNED)}

    assert asked(loose).lines[0].state is LineState.WAITING
    found = funding(PROGRAMME, dossier(invoice("100")), results, Stage.PAYMENT)
    assert found.lines[0].state is LineState.REFUSED


def test_each_entity_asks_within_its_own_ceiling_and_all_within_the_common_one() -> None:
    """Lead: 900 spent, 500 allowed. Other: 300 spent, 400 allowed. 500 + 300 = 800, or 700."""
    ght = replace(
        empty({}).establishment,
        entities=(LegalEntity("A", LEAD), LegalEntity("B", OTHER)),
        ght=True,
    )
    lines = (invoice("900"), invoice("300", entity=OTHER))
    own = (ceiling("500", LEAD), ceiling("400", OTHER))

    def total(*ceilings: Ceiling) -> Decimal | None:
        known = replace(dossier(*lines, ceilings=ceilings), establishment=ght)
        return funding(PROGRAMME, known, REACHED, Stage.PAYMENT).asked

    assert total(*own) == Decimal(800)
    assert total(*own, ceiling("700")) == Decimal(700)
    assert total(own[0]) is None  # B spends, nobody notified its ceiling


amounts = st.decimals(min_value=0, max_value=10**7, places=2)


@given(st.lists(amounts, max_size=6), amounts)
def test_never_more_than_the_ceiling_nor_than_the_spending(
    spent: list[Decimal], bound: Decimal
) -> None:
    found = asked(*(invoice(str(one)) for one in spent), ceilings=(ceiling(str(bound)),))

    assert found.asked == min(sum(spent, Decimal(0)), bound)
    assert sum(found.by_objective.values(), Decimal(0)) == found.kept
