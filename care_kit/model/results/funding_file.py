"""What a spending file says: lines kept or not and why, amounts asked, gaps left visible."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from care_kit.model.dossier.money import Ceiling, Period, Spending
from care_kit.model.words.french import TO_COMPLETE, euros


class Stage(StrEnum):
    """The three papers of a programme, in the order they are sent."""

    APPLICATION = "candidature"
    DECLARATION = "declaration"
    PAYMENT = "paiement"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "candidature": "candidature",
            "declaration": "déclaration d'atteinte des objectifs",
            "paiement": "demande de paiement",
        }[self.value]


class LineState(StrEnum):
    """What becomes of a line of spending."""

    KEPT = "kept"
    WAITING = "waiting"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {"kept": "retenue", "waiting": "à compléter", "refused": "écartée"}[self.value]


@dataclass(frozen=True)
class FundedLine:
    """A line judged; `base` is what counts in euros, zero unless kept; `reason` is French."""

    spending: Spending
    state: LineState
    base: Decimal
    reason: str = ""


@dataclass(frozen=True)
class EntityFunding:
    """What one legal entity spends and asks; None where a figure is not known."""

    finess: str
    name: str
    kept: Decimal
    ceiling: Ceiling | None
    asked: Decimal | None


@dataclass(frozen=True)
class FundingFile:
    """The money of one programme at one stage, in euros.

    `by_objective` holds the kept sum of each objective that has lines; `asked` is None as long as
    what bounds it is not known; `gaps` are French sentences.
    """

    programme: str
    stage: Stage
    lines: tuple[FundedLine, ...]
    by_objective: Mapping[str, Decimal]
    entities: tuple[EntityFunding, ...]
    kept: Decimal
    period: Period | None
    ceiling: Ceiling | None
    asked: Decimal | None
    gaps: tuple[str, ...]

    @property
    def totals(self) -> tuple[str, ...]:
        """Each entity when there are several or one has its own ceiling, then the whole."""
        own = any(one.ceiling for one in self.entities)
        told = self.entities if own or len(self.entities) > 1 else ()
        return (
            *(_of_entity(one, own) for one in told),
            f"Dépenses retenues : {euros(self.kept)}",
            f"Plafond notifié : {_known(self.ceiling.amount if self.ceiling else None)}",
            f"Montant demandé : {_known(self.asked)}",
        )


def _of_entity(one: EntityFunding, own: bool) -> str:
    bound = _known(one.ceiling.amount if one.ceiling else None)
    limits = f", plafond {bound}, demandé {_known(one.asked)}" if own else ""
    return f"{one.name} ({one.finess}) : retenu {euros(one.kept)}{limits}."


def _known(amount: Decimal | None) -> str:
    return TO_COMPLETE if amount is None else euros(amount)
