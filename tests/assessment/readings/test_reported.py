"""Findings of a report received, set beside our own measure."""

from datetime import UTC, date, datetime

import pytest

from care_kit.assessment.readings.reported import reconcile
from care_kit.model.dossier.reported import ReportedFinding, ReportedStatus
from care_kit.model.words.vocabulary import Severity, Verdict
from tests.assessment.readings.samples import found

FIXED, PERSISTENT, UNSEEN = (
    ReportedStatus.FIXED,
    ReportedStatus.PERSISTENT,
    ReportedStatus.UNSEEN,
)


def reported(status: ReportedStatus, check: str = "EXP-RDP", name: str = "a") -> ReportedFinding:
    day = date(2026, 11, 1)
    at = datetime(2026, 11, 2, tzinfo=UTC)
    return ReportedFinding(
        name, "SILENE", day, "Bureau à distance", "R-1", Severity.HIGH, check, status, day, "A", at
    )


@pytest.mark.parametrize(
    ("status", "verdict", "said", "contradicted"),
    [
        (FIXED, Verdict.FAIL, "voit un échec", True),
        (FIXED, Verdict.PASS, "confirmée", False),
        (PERSISTENT, Verdict.FAIL, "aussi un échec", False),
        (PERSISTENT, Verdict.PASS, "ne voit pas d'échec", False),
        (UNSEEN, Verdict.FAIL, "Dit non visible", True),
        (UNSEEN, Verdict.PASS, "ne voit pas d'échec", False),
        (FIXED, Verdict.NOT_TESTED, "pas pu conclure", False),
        (FIXED, Verdict.ERROR, "pas pu conclure", False),
    ],
)
def test_the_status_said_is_set_beside_the_measure(
    status: ReportedStatus, verdict: Verdict, said: str, contradicted: bool
) -> None:
    (line,) = reconcile([reported(status)], [found(verdict)])
    assert said in line.sentence
    assert (line.measured, line.contradicted) == (verdict, contradicted)


def test_one_failing_target_is_enough_to_contradict() -> None:
    findings = [found(Verdict.PASS), found(Verdict.FAIL, port=3390)]
    assert reconcile([reported(FIXED)], findings)[0].contradicted


def test_a_correction_is_confirmed_only_when_every_target_was_tested() -> None:
    findings = [found(Verdict.PASS), found(Verdict.NOT_TESTED, port=3390)]
    assert reconcile([reported(FIXED)], findings)[0].measured is Verdict.NOT_TESTED


def test_without_a_check_nothing_is_concluded() -> None:
    (line,) = reconcile([reported(FIXED, check="")], [found(Verdict.FAIL)])
    assert (line.measured, line.contradicted) == (None, False)


def test_a_check_that_was_never_run_is_not_a_confirmation() -> None:
    (line,) = reconcile([reported(FIXED)], [])
    assert "n'a pas été mesuré" in line.sentence
