"""From answers to money: activity, head counts, periods, spending, ceilings, actions."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from care_kit.model.words.vocabulary import PeriodKind


class SpendingKind(StrEnum):
    """What a line of spending rests on."""

    ESTIMATE = "estimate"
    QUOTE = "quote"
    INVOICE = "invoice"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {"estimate": "estimation", "quote": "devis", "invoice": "facture"}[self.value]


class ActionState(StrEnum):
    """How far an action is."""

    TO_DO = "to_do"
    DOING = "doing"
    DONE = "done"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {"to_do": "à faire", "doing": "en cours", "done": "fait"}[self.value]


@dataclass(frozen=True)
class ActivityShare:
    """Share of the combined activity (percent) of a legal entity or a site."""

    finess: str
    share: Decimal
    source: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Headcount:
    """People of a site in a year of the yearly hospital statistics (SAE)."""

    finess_eg: str
    year: int
    employees: int
    self_employed: int
    source: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Period:
    """First and last day, both included, of a period of a programme."""

    programme: str
    kind: PeriodKind
    starts: date
    ends: date
    source: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Spending:
    """A line of spending; `amount` in euros, tax included, `excluding_tax` None when not given.

    `entity` is the FINESS number of the legal entity that pays, empty for the one that carries the
    file; `evidence_id` the quote or the invoice it rests on.
    """

    id: str
    programme: str
    objective: str
    label: str
    amount: Decimal
    author: str
    at: datetime
    excluding_tax: Decimal | None = None
    vat_recoverable: bool = False
    kind: SpendingKind = SpendingKind.ESTIMATE
    number: str = ""
    supplier: str = ""
    dated: date | None = None
    entity: str = ""
    evidence_id: str = ""


@dataclass(frozen=True)
class Ceiling:
    """The ceiling notified for a programme, with where it was read.

    `entity` is the FINESS number it was notified to, empty for the whole establishment.
    """

    programme: str
    amount: Decimal
    source: str
    author: str
    at: datetime
    entity: str = ""


@dataclass(frozen=True)
class Action:
    """An action of the plan; `levels` are (indicator, level it should bring).

    `checks` are those whose failures it ends; `purchase` and `service` in euros, tax included;
    `person_days` of the establishment's own people; None as long as nobody costed them.
    """

    id: str
    title: str
    author: str
    at: datetime
    levels: tuple[tuple[str, int], ...] = ()
    checks: tuple[str, ...] = ()
    owner: str = ""
    due: date | None = None
    purchase: Decimal | None = None
    service: Decimal | None = None
    person_days: Decimal | None = None
    state: ActionState = ActionState.TO_DO

    @property
    def costed(self) -> bool:
        """True when somebody said what it costs, if only in days; nothing said is not free."""
        return any(one is not None for one in (self.purchase, self.service, self.person_days))
