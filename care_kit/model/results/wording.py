"""Results as French readers read them."""

from care_kit.model.results.assessment import IndicatorResult, Interval
from care_kit.model.words.french import NBSP, cut, short
from care_kit.model.words.vocabulary import AnswerState

_SHOWN_TYPED = 40


def interval(bounds: Interval | None, missing: str = "sans objet") -> str:
    """« 2 » when exact, « 1 à 3 » otherwise, `missing` when there is none."""
    if bounds is None:
        return missing
    low, high = short(bounds.low), short(bounds.high)
    return low if low == high else f"{low}{NBSP}à{NBSP}{high}"


def answered(found: IndicatorResult) -> str:
    """What a person said, as of today: « niveau 1 (45/120) », « ne sais pas », « sans réponse »."""
    apart = "copies en conflit" if found.disputed else ""
    if found.state is None:
        return f"sans réponse ({apart})" if apart else "sans réponse"
    if found.declared is None and found.typed:
        return f"niveau non donné ({apart or cut(found.typed, _SHOWN_TYPED)})"
    if found.declared is None:
        return f"{found.state.label} ({apart})" if apart else found.state.label
    details = [
        found.state.label if found.state is not AnswerState.ANSWERED else "",
        cut(found.typed, _SHOWN_TYPED),
        f"vieilli, valait {found.aged_from}" if found.aged_from is not None else "",
        apart,
    ]
    told = f"{NBSP}; ".join(one for one in details if one)
    return f"niveau {found.declared}" + (f" ({told})" if told else "")
