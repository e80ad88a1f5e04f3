"""`dossier.xlsx`: the dossier as a workbook, made to be filtered and never to be executed.

Every text is written as text, marked so that a spreadsheet program shows it as typed even when it
begins like a formula. The file is repacked as a plain container: same inputs, same bytes.
"""

import io
import zipfile
from datetime import UTC
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from care_kit.exporters.material import Material
from care_kit.exporters.office import repacked
from care_kit.exporters.sheets import Sheet, sheets
from care_kit.model.export_profile import ExportProfile
from care_kit.model.french import cut
from care_kit.model.text import printable

Value: TypeAlias = str | int | float | None
LONGEST_CELL = 32_000
_CUT_NOTE = " […] texte coupé, entier dans dossier.json"
_BOLD = Font(bold=True)
_HEADER_FILL = PatternFill("solid", fgColor="E3E9EE")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def workbook(material: Material, profile: ExportProfile) -> bytes:
    """Bytes of the workbook of a material (already redacted when the profile asks for it)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets(material, profile):
        _fill(book.create_sheet(sheet.title), sheet)
    properties = book.properties
    properties.title = f"Dossier de {printable(material.state.establishment.name)}"[:250]
    properties.creator = f"care-kit {material.version}"
    properties.language = "fr-FR"
    made_at = material.made_at.astimezone(UTC).replace(tzinfo=None)
    properties.created = properties.modified = made_at
    return repacked(_saved(book))


def _fill(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    for rank, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(rank)].width = column.width
        heading = page.cell(1, rank, column.title)
        heading.font = _BOLD
        heading.fill = _HEADER_FILL
        heading.alignment = _WRAPPED
    for line, row in enumerate(sheet.rows, 2):
        for rank, value in enumerate(row, 1):
            _write(page, line, rank, value)
    page.auto_filter.ref = page.dimensions


def _write(page: Worksheet, line: int, rank: int, value: Value) -> None:
    """A number stays a number; a text is a text, whatever its first character."""
    if isinstance(value, str):
        cell = page.cell(line, rank, _fitting(printable(value)))
        cell.data_type = TYPE_STRING
        cell.quotePrefix = True
    else:
        cell = page.cell(line, rank, value)
    cell.alignment = _WRAPPED


def _fitting(text: str) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    return cut(text, LONGEST_CELL - len(_CUT_NOTE)) + _CUT_NOTE


def _saved(book: Workbook) -> bytes:
    """The parts as openpyxl writes them; its own `save` would overwrite the modification date."""
    draft = io.BytesIO()
    with zipfile.ZipFile(draft, "w") as archive:
        ExcelWriter(book, archive).save()
    return draft.getvalue()
