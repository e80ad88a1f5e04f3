"""A paper as Word: styled, editable, its table headers repeated on every page."""

import io
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from care_kit.exporters.office import refuse_early_clock, repacked
from care_kit.exporters.papers.shape import Figure, Paper, Section, Table
from care_kit.exporters.typeset import picture
from care_kit.model.words.french import TO_COMPLETE

_INK = RGBColor(0x1F, 0x33, 0x44)
_PAGE_WIDTH, _MARGIN = Cm(21), Cm(2)
_SIZES = (
    ("Normal", 10.5),
    ("Title", 20),
    ("Subtitle", 13),
    ("Heading 1", 14),
    ("Heading 2", 11),
)
_USABLE = _PAGE_WIDTH - 2 * _MARGIN
_HEADER_FILL = "E3E9EE"
_WARNING_FILL = "FFF1B8"
_SMALL = 4


def word(paper: Paper, made_at: datetime) -> bytes:
    """Bytes of the .docx; `made_at` (UTC) is the date it bears."""
    refuse_early_clock()
    document = Document()
    _prepare(document, paper, made_at)
    document.add_heading(paper.title, 0)
    document.add_paragraph(paper.subtitle, style="Subtitle")
    document.add_paragraph(f"{paper.establishment}, le {paper.made_on}")
    if paper.warnings:
        _warned(document, paper.warnings)
    for section in paper.sections:
        _section(document, section)
    draft = io.BytesIO()
    document.save(draft)
    return repacked(draft.getvalue())


def _prepare(document: WordDocument, paper: Paper, made_at: datetime) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = _PAGE_WIDTH, Cm(29.7)
    page.left_margin = page.right_margin = _MARGIN
    _language(document)
    for name, size in _SIZES:
        _style(document, name, size)
    properties = document.core_properties
    properties.title = f"{paper.title} : {paper.subtitle}"[:250]
    properties.author = paper.establishment[:250]
    properties.language = "fr-FR"
    properties.comments = ""
    naive = made_at.astimezone(UTC).replace(tzinfo=None)
    properties.created = properties.modified = naive
    header = page.header.paragraphs[0]
    stops = document.styles["Header"].paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Emu(_USABLE), WD_TAB_ALIGNMENT.RIGHT)
    header.text = f"{paper.establishment}\t{paper.tlp}"
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("Page ")
    _field(footer, "PAGE")
    footer.add_run(" sur ")
    _field(footer, "NUMPAGES")


def _style(document: WordDocument, name: str, size: float) -> None:
    style = document.styles[name]
    style.font.name = "Arial"
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        if "Theme" in key:
            del fonts.attrib[key]
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), "Arial")
    if name != "Normal":
        style.font.color.rgb = _INK


def _language(document: WordDocument) -> None:
    """French everywhere, so that spelling is checked in French and screen readers speak it."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for tag in defaults.iter(qn("w:lang")):
        for kind in ("w:val", "w:eastAsia", "w:bidi"):
            tag.set(qn(kind), "fr-FR")


def _field(paragraph: Paragraph, code: str) -> None:
    """A field Word computes (page number, number of pages)."""
    field = _element("w:fldSimple", {"w:instr": code})
    run = _element("w:r", {})
    text = _element("w:t", {})
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _element(tag: str, attributes: dict[str, str]) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element


def _warned(document: WordDocument, warnings: tuple[str, ...]) -> None:
    """A frame above everything: what makes handing the paper in pointless."""
    grid = document.add_table(rows=1, cols=1, style="Table Grid")
    cell = grid.rows[0].cells[0]
    shade = {"w:val": "clear", "w:color": "auto", "w:fill": _WARNING_FILL}
    cell._tc.get_or_add_tcPr().append(_element("w:shd", shade))
    _write(cell.paragraphs[0], "Attention", bold=True)
    for one in warnings:
        _write(cell.add_paragraph(), one)


def _section(document: WordDocument, section: Section) -> None:
    document.add_heading(section.title, 1)
    for text in section.paragraphs:
        paragraph = document.add_paragraph()
        _write(paragraph, text)
        paragraph.paragraph_format.keep_with_next = section.whole
    for table in section.tables:
        _table(document, table)
    for shown in section.figures:
        _figure(document, shown)


def _figure(document: WordDocument, shown: Figure) -> None:
    """The picture, described for those who do not see it."""
    inserted = document.add_picture(io.BytesIO(picture(shown.svg)), width=Emu(_USABLE))
    inserted._inline.docPr.set("descr", shown.told)


def _table(document: WordDocument, table: Table) -> None:
    if table.title:
        document.add_heading(table.title, 2)
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    widths = [_USABLE * one // sum(table.widths) for one in table.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    heading = grid.rows[0]
    heading._tr.get_or_add_trPr().append(_element("w:tblHeader", {}))
    for cell, title in zip(heading.cells, table.columns, strict=True):
        _fill(cell, title, bold=True)
        shade = {"w:val": "clear", "w:color": "auto", "w:fill": _HEADER_FILL}
        cell._tc.get_or_add_tcPr().append(_element("w:shd", shade))
    for row in table.rows:
        added = grid.add_row()
        added._tr.get_or_add_trPr().append(_element("w:cantSplit", {}))
        cells = added.cells
        for cell, text in zip(cells, row, strict=True):
            _fill(cell, text)
        for cell in cells[len(cells) - table.numbers :]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for row_cells in grid.rows:
        for cell, width in zip(row_cells.cells, widths, strict=True):
            cell.width = width
    if len(table.rows) <= _SMALL:
        _kept_together(grid)


def _kept_together(grid: WordTable) -> None:
    """A small table does not break between two pages."""
    for row in grid.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _fill(cell: _Cell, text: str, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    _write(paragraph, text, bold)


def _write(paragraph: Paragraph, text: str, bold: bool = False) -> None:
    """One run per line; a line that is a gap is highlighted."""
    for rank, line in enumerate(text.split("\n")):
        run = paragraph.add_run()
        if rank:
            run.add_break()
        run.add_text(line)
        run.bold = bold
        if line.startswith(TO_COMPLETE):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
