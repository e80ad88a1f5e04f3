"""What the exposure readings of a dossier show together."""

from datetime import date

from care_kit.assessment.readings.progress import exposure_progress, latest
from care_kit.catalog.content import load
from care_kit.dossier.dossier import Dossier
from care_kit.model.facts.exposure import PortState
from care_kit.model.results.comparison import Change
from care_kit.model.results.level_held import ExposureProgress, Held
from tests.assessment.readings.samples import counted, store

TODAY = date(2026, 11, 21)


def progress(dossier: Dossier) -> ExposureProgress:
    return exposure_progress(dossier, load(), TODAY)


def test_an_empty_dossier_shows_nothing(dossier: Dossier) -> None:
    assert progress(dossier) == ExposureProgress()


def test_one_reading_has_no_evolution_and_says_why(dossier: Dossier) -> None:
    store(dossier, 0, PortState.OPEN)
    seen = progress(dossier)
    assert (len(seen.history), seen.comparisons, seen.held) == (1, (), None)
    assert "deux relevés" in seen.unheld


def test_two_readings_are_compared_and_their_gap_judged(dossier: Dossier) -> None:
    store(dossier, 0, PortState.OPEN)
    store(dossier, 50, PortState.CLOSED)
    seen = progress(dossier)
    (comparison,) = seen.comparisons
    assert [one.check for one in comparison.of(Change.FIXED)] == ["EXP-RDP"]
    assert seen.held is not None
    assert (seen.held.verdict, seen.held.gap_days) == (Held.NOT_HELD, 50)


def test_only_the_last_two_readings_of_one_target_are_compared(dossier: Dossier) -> None:
    for day, state in ((0, PortState.CLOSED), (20, PortState.OPEN), (50, PortState.CLOSED)):
        store(dossier, day, state)
    store(dossier, 51, PortState.OPEN, target="autre.example")
    seen = progress(dossier)
    assert len(seen.history) == 4
    (comparison,) = seen.comparisons
    assert (comparison.after_ended - comparison.before_ended).days == 30


def test_a_gap_out_of_the_window_is_told(dossier: Dossier) -> None:
    for day in (0, 20):
        store(dossier, day, PortState.CLOSED)
    held = progress(dossier).held
    assert held is not None
    assert "20\u00a0jours" in held.reasons[0]


def test_the_latest_reading_of_each_target() -> None:
    first, second, other = counted(0), counted(50), counted(10, target="autre.example")
    assert latest((first, other, second)) == (second, other)
