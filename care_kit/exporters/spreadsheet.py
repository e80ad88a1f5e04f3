"""`dossier.xlsx`: the dossier as a workbook, made to be filtered and never to be executed.

Every text is written as text, marked so that a spreadsheet program shows it as typed even when it
begins like a formula. The file is repacked as a plain container: same inputs, same bytes.
"""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING, Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from care_kit import __version__
from care_kit.exporters.material import Material
from care_kit.exporters.office import Undated, repacked
from care_kit.exporters.sheets import sheets
from care_kit.exporters.table import Sheet
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.words.french import cut
from care_kit.model.words.text import printable

Value: TypeAlias = str | int | float | Decimal | None
LONGEST_CELL = 32_000
_CUT_NOTE = " […] texte coupé, entier dans dossier.json"
_BOLD = Font(bold=True)
_HEADER_FILL = PatternFill("solid", fgColor="E3E9EE")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def workbook(material: Material, profile: ExportProfile) -> bytes:
    """Bytes of the workbook of a material (already redacted when the profile asks for it)."""
    title = f"Dossier de {material.state.establishment.name}"
    return book_of(sheets(material, profile), title, material.made_at)


def book_of(pages: Iterable[Sheet], title: str, made_at: datetime) -> bytes:
    """Bytes of a workbook of these sheets; rows go to disk as they come."""
    book = Workbook(write_only=True)
    for sheet in pages:
        _fill(book.create_sheet(sheet.title), sheet)
    properties = book.properties
    properties.title = printable(title)[:250]
    properties.creator = f"care-kit {__version__}"
    properties.language = "fr-FR"
    properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    return repacked(_saved(book))


def _fill(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    for rank, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(rank)].width = column.width
    last = f"{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.auto_filter.ref = f"A1:{last}"
    page.append([_heading(page, one.title) for one in sheet.columns])
    # A row is written when appended: one cell per column serves every row, styled once.
    texts, numbers = _cells(page, sheet, quoted=True), _cells(page, sheet, quoted=False)
    for row in sheet.rows:
        page.append([_holding(texts[at], numbers[at], value) for at, value in enumerate(row)])


def _heading(page: Worksheet, title: str) -> Cell:
    cell: Cell = WriteOnlyCell(page, title)
    cell.font = _BOLD
    cell.fill = _HEADER_FILL
    cell.alignment = _WRAPPED
    return cell


def _cells(page: Worksheet, sheet: Sheet, *, quoted: bool) -> list[Cell]:
    cells = [WriteOnlyCell(page) for _ in sheet.columns]
    for cell in cells:
        cell.alignment = _WRAPPED
        if quoted:
            cell.quotePrefix = True
    return cells


def _holding(text: Cell, number: Cell, value: Value) -> Cell:
    """A number stays a number; a text is a text, whatever its first character."""
    cell = text if isinstance(value, str) else number
    cell.value = _fitting(printable(value)) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = TYPE_STRING
    return cell


def _fitting(text: str) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    return cut(text, LONGEST_CELL - len(_CUT_NOTE)) + _CUT_NOTE


def _saved(book: Workbook) -> bytes:
    """The parts as openpyxl writes them; its own `save` would overwrite the modification date."""
    draft = io.BytesIO()
    with Undated(draft) as archive:
        ExcelWriter(book, archive).save()
    return draft.getvalue()
