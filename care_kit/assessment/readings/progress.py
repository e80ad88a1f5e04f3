"""What the exposure readings of a dossier show together: counts, changes, level held or not."""

from collections.abc import Iterable, Iterator
from datetime import date

from care_kit.assessment.readings.comparison import compare
from care_kit.assessment.readings.level_held import best_pair, level_held, window_of
from care_kit.assessment.readings.readings import counts, judge_readable, of_probe
from care_kit.catalog.content import Content
from care_kit.catalog.level_held import load_threshold
from care_kit.dossier.kept import Kept
from care_kit.model.content.programme import Programme
from care_kit.model.results.comparison import Comparison, JudgedReading, ReadingCounts
from care_kit.model.results.level_held import ExposureProgress, HeldWindow
from care_kit.model.words.errors import ContentError, InputError
from care_kit.model.words.vocabulary import ProbeKind


def exposure_progress(dossier: Kept, content: Content, today: date) -> ExposureProgress:
    """Every exposure reading judged by the rules of that day.

    The window is that of a programme the dossier follows, else of any programme that has one.
    """
    records = of_probe(dossier.state.readings, ProbeKind.EXPOSURE)
    judged = judge_readable(dossier, content, records, today)
    history = tuple(counts(one, content.checks) for one in judged)
    followed = dossier.state.programmes
    programmes = sorted(content.programmes.values(), key=lambda one: one.id not in followed)
    return _held(ExposureProgress(history, tuple(_comparisons(judged))), programmes)


def _comparisons(judged: Iterable[JudgedReading]) -> Iterator[Comparison]:
    by_target: dict[str, list[JudgedReading]] = {}
    for one in judged:
        by_target.setdefault(one.statement.target, []).append(one)
    for readings in by_target.values():
        if len(readings) > 1:
            yield compare(readings[-2], readings[-1])


def _held(seen: ExposureProgress, programmes: Iterable[Programme]) -> ExposureProgress:
    window = _window(programmes)
    if window is None or not seen.history:
        return seen
    try:
        pair = best_pair(seen.history, window)
    except InputError as cause:
        return ExposureProgress(seen.history, seen.comparisons, unheld=cause.sentence)
    statement = level_held(pair, seen.history, window, load_threshold())
    return ExposureProgress(seen.history, seen.comparisons, statement)


def _window(programmes: Iterable[Programme]) -> HeldWindow | None:
    for programme in programmes:
        try:
            return window_of(programme)
        except ContentError:
            continue
    return None


def latest(history: Iterable[ReadingCounts]) -> tuple[ReadingCounts, ...]:
    """The last reading of each target, in the order targets were first read."""
    return tuple({one.target: one for one in history}.values())
