"""What was typed, held in part, equivalent or aged is read in every document."""

import io
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from care_kit.dossier.journal import events
from care_kit.exporters.data import dossier_json
from care_kit.exporters.material import Material
from care_kit.exporters.redaction import redact
from care_kit.exporters.report import report
from care_kit.exporters.spreadsheet import workbook
from care_kit.model.results.assessment import Interval
from care_kit.model.words.french import NBSP
from care_kit.model.words.vocabulary import AnswerState
from tests.exporters import sample

SHOWN = {
    "CK-01": "niveau 2 (partiel ; 31/03/2025 ; vieilli, valait 4)",
    "CK-02": "niveau 2 (mesure équivalente justifiée ; 45/120)",
}


@pytest.fixture(scope="module")
def material() -> Material:
    partial, equivalent = AnswerState.PARTIAL, AnswerState.EQUIVALENT
    said = (
        *sample.EVENTS,
        events.AnswerGiven("essai", 3, "CK-01", partial, 4, "Site de Brume.", typed="31/03/2025"),
        events.AnswerGiven("essai", 3, "CK-02", equivalent, 2, "Autre filtre.", typed="45/120"),
    )
    made = sample.sample(said)
    found = dict(made.assessment.indicators)
    found["CK-01"] = replace(
        found["CK-01"],
        state=partial,
        declared=2,
        retained=Interval(0, 2),
        typed="31/03/2025",
        aged_from=4,
    )
    found["CK-02"] = replace(found["CK-02"], state=equivalent, typed="45/120")
    return replace(made, assessment=replace(made.assessment, indicators=found))


def test_the_report_says_it_beside_the_level_with_the_reason(material: Material) -> None:
    page = report(material, sample.COMPLETE).decode("utf-8").replace(NBSP, " ")
    for told in SHOWN.values():
        assert f"<strong>{told}</strong>" in page
    assert "Motif : Site de Brume." in page
    assert "Motif : Autre filtre." in page


def test_the_workbook_says_it_beside_the_level(material: Material) -> None:
    book = load_workbook(io.BytesIO(workbook(material, sample.COMPLETE)))
    rows = book["Réponses"].iter_rows(min_row=2, values_only=True)
    cells = {str(row[0]): [str(cell).replace(NBSP, " ") for cell in row] for row in rows}
    for name, told in SHOWN.items():
        assert told in cells[name]


def test_a_name_put_in_place_of_a_value_does_not_leave_the_hospital(material: Material) -> None:
    found = dict(material.assessment.indicators)
    found["CK-01"] = replace(found["CK-01"], typed=sample.ACCOUNTS[0])
    said = dict(material.state.answers)
    said["CK-01"] = replace(said["CK-01"], typed=sample.ACCOUNTS[0])
    named = replace(
        material,
        assessment=replace(material.assessment, indicators=found),
        state=replace(material.state, answers=said),
    )
    assert sample.ACCOUNTS[0] in dossier_json(named, sample.COMPLETE).decode("utf-8")
    redacted = dossier_json(redact(named), sample.REDACTED).decode("utf-8")
    assert sample.ACCOUNTS[0] not in redacted


def test_the_data_holds_what_was_typed_and_what_it_was_worth(material: Material) -> None:
    whole = json.loads(dossier_json(material, sample.COMPLETE))
    answer = whole["state"]["answers"]["CK-01"]
    assert (answer["state"], answer["level"], answer["typed"]) == ("partial", 4, "31/03/2025")
    found = whole["assessment"]["indicators"]["CK-01"]
    assert (found["declared"], found["aged_from"]) == (2, 4)
