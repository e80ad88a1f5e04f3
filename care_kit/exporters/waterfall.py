"""From what was spent to what is asked: one bar per step, readable in grey."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from care_kit.exporters.charts import figure, hatching, text_of
from care_kit.model.results.funding_file import FundingFile, LineState
from care_kit.model.words.french import cut, euros

_ROW, _LEFT, _WIDTH, _RIGHT = 30, 210, 400, 130
_STRONG, _LINE = "#3c5a73", "#1f3344"
_HATCHES = "retraits"
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Step:
    """An amount reached, or taken away (negative) from the one before; euros."""

    label: str
    amount: Decimal
    total: bool = False


def steps(file: FundingFile) -> tuple[Step, ...]:
    """The steps of a file; what is nil is left out, totals always stay."""
    spent = sum((one.spending.amount for one in file.lines), NOTHING)
    kept = [one for one in file.lines if one.state is LineState.KEPT]
    tax = sum((one.spending.amount - one.base for one in kept), NOTHING)
    taken = [
        ("Écarté", _amounts(file, LineState.REFUSED)),
        ("À compléter", _amounts(file, LineState.WAITING)),
        ("TVA récupérée", tax),
    ]
    found = [Step("Dépenses saisies", spent, total=True)]
    found += [Step(label, -amount) for label, amount in taken if amount]
    found.append(Step("Dépenses retenues", file.kept, total=True))
    if file.asked is not None:
        over = file.kept - file.asked
        found += [Step("Au-delà du plafond", -over)] if over else []
        found.append(Step("Montant demandé", file.asked, total=True))
    return tuple(found)


def told(found: Sequence[Step]) -> str:
    """The same steps as a French sentence."""
    return " ; ".join(f"{one.label} : {_signed(one.amount)}" for one in found) + "."


def waterfall(found: Sequence[Step], title: str) -> Markup:
    """Full bars for amounts reached, hatched ones for what is taken away."""
    highest = max((one.amount for one in found), default=NOTHING)
    level, marks = NOTHING, [hatching(_HATCHES)]
    for rank, one in enumerate(found):
        low, high = (NOTHING, one.amount) if one.total else (level + one.amount, level)
        level = one.amount if one.total else low
        marks.append(_bar(one, rank, _share(low, highest), _share(high, highest)))
    width = _LEFT + _WIDTH + _RIGHT
    return figure(width, _ROW * len(found) + 8, "cascade", title, told(found), marks)


def _amounts(file: FundingFile, state: LineState) -> Decimal:
    return sum((one.spending.amount for one in file.lines if one.state is state), NOTHING)


def _share(amount: Decimal, highest: Decimal) -> float:
    return float(amount / highest) if highest else 0.0


def _bar(one: Step, rank: int, low: float, high: float) -> str:
    top = _ROW * rank + 6
    fill = _STRONG if one.total else f"url(#{_HATCHES})"
    label = text_of(cut(one.label, 30))
    return (
        f'<text x="{_LEFT - 10}" y="{top + 14}" text-anchor="end">{label}</text>'
        f'<rect x="{_LEFT + _WIDTH * low:.1f}" y="{top}" width="{_WIDTH * (high - low):.1f}" '
        f'height="18" fill="{fill}" stroke="{_LINE}"/>'
        f'<text x="{_LEFT + _WIDTH + 10}" y="{top + 14}">{text_of(_signed(one.amount))}</text>'
    )


def _signed(amount: Decimal) -> str:
    return f"−\u00a0{euros(-amount)}" if amount < 0 else euros(amount)
