"""What comes next in the list of questions."""

from collections.abc import Callable, Sequence

from care_kit.model.content.questionnaire import Domain, Indicator, Questionnaire
from care_kit.model.results.assessment import IndicatorResult
from care_kit.tui.views.view import View

Entry = Domain | Indicator


def domain_of(questionnaire: Questionnaire, entry: Entry) -> Domain:
    """The domain itself, or the one of a question."""
    if isinstance(entry, Domain):
        return entry
    return next(one for one in questionnaire.domains if one.id == entry.domain)


def following(
    view: View,
    asked: Sequence[Indicator],
    entry: Entry | None,
    wanted: Callable[[IndicatorResult], bool],
) -> Indicator | None:
    """The first of `asked` that is wanted after `entry`, from the top again, itself last."""
    start = 0
    if isinstance(entry, Domain):
        start = next((at for at, one in enumerate(asked) if one.domain == entry.id), 0)
    elif entry is not None:
        start = next((at for at, one in enumerate(asked) if one.id == entry.id), -1) + 1
    results = view.now.assessment.indicators
    turned = (*asked[start:], *asked[:start])
    return next((one for one in turned if wanted(results[one.id])), None)


def matching(asked: Sequence[Indicator], typed: str) -> list[Indicator]:
    """Questions whose id, title or text holds every word typed, ids first."""
    words = typed.casefold().split()
    found = [one for one in asked if all(word in _words(one) for word in words)]
    return sorted(found, key=lambda one: not (words and words[0] in one.id.casefold()))


def roles(asked: Sequence[Indicator]) -> list[str]:
    """Who is asked, each trade once: « RSSI et DSI » is both."""
    return sorted({role for one in asked for role in trades(one)}, key=str.casefold)


def trades(indicator: Indicator) -> list[str]:
    """The trades that ordinarily answer, as the questionnaire names them."""
    return [one.strip() for one in indicator.answered_by.replace(" et ", ",").split(",")]


def _words(one: Indicator) -> str:
    return f"{one.id} {one.title} {one.question}".casefold()
