from datetime import UTC, date, datetime, timedelta

import pytest

from care_kit.assessment.programme.objectives import objectives, proofs, reading_gap
from care_kit.assessment.programme.pieces import gap
from care_kit.model.content.programme import Objective, Piece, Programme, ReadingRule
from care_kit.model.dossier.state import ReadingRecord
from care_kit.model.facts.reading import Statement
from care_kit.model.results.assessment import ObjectiveResult, ObjectiveState
from care_kit.model.words.vocabulary import ProbeKind, Provenance
from tests.assessment.builders import TODAY, state
from tests.assessment.builders import piece as document

RULE = ReadingRule(ProbeKind.EXPOSURE, count=2, min_days=45, max_days=60)
START = datetime(2026, 1, 1, tzinfo=UTC)


def reading(days: int, *, complete: bool = True) -> ReadingRecord:
    at = START + timedelta(days=days)
    return ReadingRecord(str(days), ProbeKind.EXPOSURE, at, at, complete, "", "")


@pytest.mark.parametrize(
    ("days", "accepted"), [(44, False), (45, True), (60, True), (61, False), (0, False)]
)
def test_the_window_is_inclusive(days: int, accepted: bool) -> None:
    gap = reading_gap(RULE, (reading(0), reading(days)))
    assert (gap == "") is accepted
    if not accepted:
        assert str(days) in gap


def test_one_reading_is_not_two() -> None:
    assert "1" in reading_gap(RULE, (reading(0),))


def test_an_incomplete_reading_proves_nothing() -> None:
    assert reading_gap(RULE, (reading(0), reading(50, complete=False))) != ""


def test_a_scan_made_in_between_takes_nothing_away() -> None:
    assert reading_gap(RULE, (reading(0), reading(30), reading(50))) == ""
    assert reading_gap(RULE, (reading(0), reading(30), reading(70))) != ""


def piece(
    not_before: date | None = None, validity_months: int = 0, *, mandatory: bool = True
) -> Piece:
    return Piece(
        "P", "Politique", mandatory, Provenance.PROPOSED, "test", not_before, validity_months
    )


@pytest.mark.parametrize(
    ("expected", "effective", "sentence"),
    [
        (piece(), TODAY, ""),
        (piece(), None, ""),
        (piece(date(2022, 7, 16)), date(2022, 7, 16), ""),
        (piece(date(2022, 7, 16)), date(2022, 7, 15), "à partir du 16/07/2022"),
        (piece(date(2022, 7, 16)), None, "à partir du 16/07/2022"),
        (piece(validity_months=12), date(2025, 11, 21), ""),
        (piece(validity_months=12), date(2025, 11, 20), "de moins de 12 mois"),
        (piece(), date(2027, 1, 1), "une date passée"),
        (piece(date(2022, 7, 16), mandatory=False), date(2020, 1, 1), "à partir du"),
    ],
)
def test_a_piece_is_judged_on_the_date_it_bears(
    expected: Piece, effective: date | None, sentence: str
) -> None:
    told = gap("p", expected, state({}, document(effective, "P")), TODAY)
    assert (sentence in told) if sentence else (told == "")


def test_one_acceptable_document_is_enough() -> None:
    both = (document(date(2020, 1, 1), "P"), document(TODAY, "P", name="b.pdf"))
    assert gap("p", piece(validity_months=12), state({}, *both), TODAY) == ""


def test_only_a_mandatory_piece_is_missed() -> None:
    assert "Pièce à joindre" in gap("p", piece(), state({}), TODAY)
    assert gap("p", piece(mandatory=False), state({}), TODAY) == ""


def programme(objective: Objective) -> Programme:
    return Programme("p", 1, "P", "T", "G", "N", Provenance.PROPOSED, "test", (objective,))


def reached(objective: Objective) -> ObjectiveResult:
    return objectives(programme(objective), state({}), {}, (), TODAY)["O"]


def test_an_objective_of_a_later_year_is_not_due() -> None:
    later = Objective("O", "T", "C", "W", Provenance.PROPOSED, "test", year=2028, pieces=(piece(),))
    assert reached(later).state is ObjectiveState.NOT_DUE


def test_what_cannot_be_shown_yet_is_never_called_shown() -> None:
    rate = Objective("O", "T", "C", "W", Provenance.PROPOSED, "test", least_rate=75)
    found = reached(rate)
    assert found.state is ObjectiveState.UNDETERMINED
    assert "au moins 75 %" in found.unknown[0]
    plain = Objective("O", "T", "C", "W", Provenance.PROPOSED, "test")
    assert reached(plain).state is ObjectiveState.SHOWN


@pytest.mark.parametrize(
    ("view", "replayed", "counts"),
    [("externe", False, True), ("", False, True), ("interne", False, False), ("", True, False)],
)
def test_a_replayed_or_inside_reading_proves_nothing(
    view: str, replayed: bool, counts: bool
) -> None:
    one = reading(0)
    said = Statement(
        one.probe, "t", "c", "", one.started, one.ended, "", True, view=view, replayed=replayed
    )
    assert proofs((one,), {one.id: said}) == ((one,) if counts else ())
