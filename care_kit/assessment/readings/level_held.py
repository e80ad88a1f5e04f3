"""Whether two dated exposure readings show a level held, in the window a programme asks for.

The window is official (read from the programme); the threshold is a hypothesis of care-kit, since
the level required is not public. A reading from the inside proves nothing about the internet.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from care_kit.model.content.programme import Programme
from care_kit.model.results.comparison import ReadingCounts
from care_kit.model.results.level_held import Held, HeldThreshold, HeldWindow, LevelHeld
from care_kit.model.words.errors import ContentError, InputError
from care_kit.model.words.french import counted, day
from care_kit.model.words.vocabulary import ProbeKind, Severity

EXTERNAL = "externe"
EXPECTED = "d1"
"""The programme whose window is told when none is named."""


def window_of(programme: Programme) -> HeldWindow:
    """The gap asked between two exposure readings; ContentError when the programme has none."""
    for objective in programme.objectives:
        for rule in objective.readings:
            if rule.probe is ProbeKind.EXPOSURE and rule.max_days:
                name = objective.official_id or objective.id
                return HeldWindow(name, rule.min_days, rule.max_days, objective.source)
    raise ContentError(
        f"Le programme « {programme.title} » ne demande pas d'écart entre deux relevés "
        "d'exposition.",
        "Choisissez un autre programme avec --domain.",
    )


def refusal(reading: ReadingCounts) -> str:
    """Why this reading cannot support the statement, in French; empty when it can."""
    if reading.view != EXTERNAL:
        return (
            f"le relevé du {day(reading.ended.date())} est une vue "
            f"« {reading.view or 'non précisée'} » : il ne dit pas ce qu'internet voit"
        )
    if not reading.complete:
        return f"le relevé du {day(reading.ended.date())} est incomplet"
    if reading.replayed:
        return f"le relevé du {day(reading.ended.date())} est rejoué : il ne mesure pas le réel"
    return ""


def best_pair(
    history: Sequence[ReadingCounts], window: HeldWindow
) -> tuple[ReadingCounts, ReadingCounts]:
    """The latest pair of usable readings of one target in the window, else the last pair.

    InputError, with the reason each reading was left out, when no target has two of them.
    """
    usable = sorted((one for one in history if not refusal(one)), key=lambda one: one.ended)
    pairs = [pair for pair in combinations(usable, 2) if pair[0].target == pair[1].target]
    if not pairs:
        why = " ; ".join(filter(None, map(refusal, history)))
        raise InputError(
            "Il faut deux relevés d'exposition complets de la même cible, vus de l'extérieur ; "
            f"relevés utilisables dans le dossier : {len(usable)}" + (f" ({why})." if why else "."),
            "Lancez « care probe exposure » depuis un accès extérieur à l'établissement.",
        )
    inside = [pair for pair in pairs if _fits(_gap(*pair), window)]
    return max(inside or pairs, key=lambda pair: (pair[1].ended, pair[0].ended))


def level_held(
    pair: tuple[ReadingCounts, ReadingCounts],
    history: Iterable[ReadingCounts],
    window: HeldWindow,
    threshold: HeldThreshold,
) -> LevelHeld:
    """The statement for two readings; InputError when one of them cannot support it."""
    for one in pair:
        if why := refusal(one):
            raise InputError(
                f"Ce relevé ne peut pas servir : {why}.",
                "Choisissez deux relevés complets, vus de l'extérieur (« care readings list »).",
            )
    before, after = sorted(pair, key=lambda one: one.ended)
    between = tuple(
        one
        for one in history
        if before.ended < one.ended < after.ended
        and one.target in (before.target, after.target)
        and not refusal(one)
    )
    gap = _gap(before, after)
    reasons = (*_gap_reason(gap, window), *_excess((before, after), threshold))
    reserves = (
        *_other_target(before, after),
        *_excess(between, threshold),
        *_untested((before, after), threshold),
    )
    verdict = Held.NOT_HELD if reasons else Held.RESERVED if reserves else Held.HELD
    return LevelHeld(before, after, between, gap, window, threshold, verdict, reasons, reserves)


def _other_target(before: ReadingCounts, after: ReadingCounts) -> Iterator[str]:
    if before.target != after.target:
        yield "Les deux relevés n'ont pas la même cible."


def _gap(before: ReadingCounts, after: ReadingCounts) -> int:
    return (after.ended.date() - before.ended.date()).days


def _fits(gap: int, window: HeldWindow) -> bool:
    return window.min_days <= gap <= window.max_days


def _gap_reason(gap: int, window: HeldWindow) -> Iterator[str]:
    if not _fits(gap, window):
        yield (
            f"L'écart est de {counted(gap, 'jour')} : {window.objective} demande "
            f"de {window.min_days} à {window.max_days} jours."
        )


def _bounds(threshold: HeldThreshold) -> Iterator[tuple[Severity, int]]:
    yield Severity.CRITICAL, threshold.max_critical
    if threshold.max_high is not None:
        yield Severity.HIGH, threshold.max_high


def _excess(readings: Iterable[ReadingCounts], threshold: HeldThreshold) -> Iterator[str]:
    for one in readings:
        for severity, bound in _bounds(threshold):
            count = one.failures[severity]
            if count > bound:
                yield (
                    f"Relevé du {day(one.ended.date())} : {counted(count, 'échec')} de gravité "
                    f"{severity.label}, pour {counted(bound, 'toléré')}."
                )


def _untested(readings: Iterable[ReadingCounts], threshold: HeldThreshold) -> Iterator[str]:
    """What was not looked at could be above the threshold: never counted as sound."""
    for one in readings:
        for severity, _ in _bounds(threshold):
            if count := one.untested[severity]:
                untested = counted(count, "contrôle non testé", "contrôles non testés")
                yield (
                    f"Relevé du {day(one.ended.date())} : {untested} de gravité {severity.label}."
                )
