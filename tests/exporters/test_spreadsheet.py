"""The workbook shows hostile texts as typed, and never as formulas."""

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from care_kit.exporters.spreadsheet import workbook
from care_kit.model.results.assessment import Gravity, Remark
from tests.exporters import sample


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(workbook(sample.sample(), sample.COMPLETE)))


def test_sheets_come_in_reading_order(book: Workbook) -> None:
    assert book.sheetnames == [
        *("Synthèse", "Réponses", "Constats", "Actions annuaire", "Objets", "Autres outils"),
        *("Objectifs", "Preuves", "Relevés", "Remarques"),
    ]


def test_every_sheet_has_a_frozen_header_a_filter_and_widths(book: Workbook) -> None:
    for page in book.worksheets:
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref == page.dimensions
        assert page.column_dimensions["A"].width > 8
        assert page["A1"].font.bold


def test_no_cell_is_a_formula_and_texts_are_marked_as_texts(book: Workbook) -> None:
    texts = [
        cell
        for page in book.worksheets
        for row in page.iter_rows(min_row=2)
        for cell in row
        if isinstance(cell.value, str)
    ]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in texts)
    assert [cell for cell in texts if cell.value == sample.FORMULA]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A"])
def test_a_dangerous_first_sign_stays_text(start: str) -> None:
    remark = Remark(Gravity.WARNING, "s", start, "n")
    data = workbook(replace(sample.sample(), remarks=(remark,)), sample.COMPLETE)
    cell = load_workbook(io.BytesIO(data))["Remarques"]["C2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (start, "s", True)


def test_a_text_too_long_for_a_cell_says_that_it_was_cut() -> None:
    remark = Remark(Gravity.WARNING, "s", "x" * 40_000, "n")
    data = workbook(replace(sample.sample(), remarks=(remark,)), sample.COMPLETE)
    value = load_workbook(io.BytesIO(data))["Remarques"]["C2"].value
    assert isinstance(value, str)
    assert len(value) <= 32_767
    assert value.endswith("texte coupé, entier dans dossier.json")


def test_numbers_stay_numbers(book: Workbook) -> None:
    ports = [row[5].value for row in book["Constats"].iter_rows(min_row=2)]
    assert 443 in ports
    assert None in ports


def test_control_characters_are_gone(book: Workbook) -> None:
    values = [str(cell.value) for row in book["Réponses"].iter_rows() for cell in row]
    assert any(one.startswith("avant[31m") for one in values)
    assert not any("\x1b" in one or "\u202e" in one for one in values)
