"""Readings found by what people type, and judged from the bytes kept in the dossier."""

import pytest

from care_kit.assessment.readings import readings
from care_kit.catalog.content import load
from care_kit.dossier.dossier import Dossier
from care_kit.model.dossier.state import ReadingRecord
from care_kit.model.facts.exposure import PortState
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import ProbeKind, Severity
from tests.assessment.builders import TODAY
from tests.assessment.readings.samples import START, store

RECORDS = tuple(
    ReadingRecord(name, ProbeKind.EXPOSURE, START, START, True, "", "")
    for name in ("aa11", "aa22", "bb33")
)


def test_a_short_unique_start_is_enough() -> None:
    assert readings.find(RECORDS, " BB ").id == "bb33"


@pytest.mark.parametrize(("typed", "said"), [("aa", "2 relevés"), ("zz", "Aucun"), ("", "Aucun")])
def test_an_ambiguous_or_unknown_start_is_refused(typed: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        readings.find(RECORDS, typed)


def test_two_readings_or_none() -> None:
    assert readings.find_two(RECORDS, "", "") is None
    with pytest.raises(InputError, match="manque"):
        readings.find_two(RECORDS, "aa1", "")
    with pytest.raises(InputError, match="deux fois"):
        readings.find_two(RECORDS, "bb", "bb3")


def test_the_history_counts_what_todays_rules_say(dossier: Dossier) -> None:
    store(dossier, 50, PortState.CLOSED)
    store(dossier, 0, PortState.OPEN)
    first, second = readings.exposure_history(dossier, load(), TODAY)
    assert first.ended < second.ended
    assert first.failures[Severity.CRITICAL] == 1
    assert second.failures[Severity.CRITICAL] == 0
    assert second.untested[Severity.CRITICAL] > 0, "most critical checks had nothing to look at"
