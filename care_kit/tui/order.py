"""The order of the list, and what comes next in it."""

from collections.abc import Callable

from care_kit.assessment.situation import Situation
from care_kit.model.assessment import IndicatorResult
from care_kit.model.questionnaire import Domain, Indicator, Questionnaire

Entry = Domain | Indicator


def domain_of(questionnaire: Questionnaire, entry: Entry) -> Domain:
    """The domain itself, or the one of a question."""
    if isinstance(entry, Domain):
        return entry
    return next(one for one in questionnaire.domains if one.id == entry.domain)


def of_domain(questionnaire: Questionnaire, domain: Domain) -> list[Indicator]:
    """Questions of a domain, as the questionnaire orders them."""
    return [one for one in questionnaire.indicators if one.domain == domain.id]


def ordered(questionnaire: Questionnaire) -> list[Indicator]:
    """Every question, domain after domain."""
    return [one for domain in questionnaire.domains for one in of_domain(questionnaire, domain)]


def following(
    now: Situation, entry: Entry | None, wanted: Callable[[IndicatorResult], bool]
) -> Indicator | None:
    """The first question `wanted` after `entry`, from the top again, `entry` itself last."""
    everything = ordered(now.questionnaire)
    start = 0
    if isinstance(entry, Domain):
        start = next((at for at, one in enumerate(everything) if one.domain == entry.id), 0)
    elif entry is not None:
        start = next(at for at, one in enumerate(everything) if one.id == entry.id) + 1
    turned = everything[start:] + everything[:start]
    return next((one for one in turned if wanted(now.assessment.indicators[one.id])), None)
