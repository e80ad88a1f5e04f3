"""The three papers of the real programmes: complete, legible, inside their pages."""

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from openpyxl import load_workbook

from care_kit.assessment.standing.situation import situation
from care_kit.catalog.content import Content, load
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import CeilingNotified, PeriodNotified, SpendingRecorded
from care_kit.exporters.gather import material
from care_kit.exporters.material import Material
from care_kit.exporters.papers.essential import warnings
from care_kit.exporters.papers.paper import TITLES, paper
from care_kit.exporters.papers.preparer import preparer
from care_kit.exporters.papers.shape import Section
from care_kit.exporters.papers.write import write_paper
from care_kit.model.dossier.money import SpendingKind
from care_kit.model.results.assessment import Gravity
from care_kit.model.results.funding_file import Stage
from care_kit.model.words.vocabulary import PeriodKind

TODAY = date(2026, 11, 21)
PROGRAMMES = ("d1", "d2", "hospiconnect")
MARGIN = 50  # points; the page's own is 56.7
FOOTER = 70  # points from the bottom of the page
COMPLETABLE = (
    "nom et qualité", "lieu et date", "signature", "pièce absente", "date d'effet", "plafond",
    "montant demandé", "montant de la", "titulaire", "IBAN", "catégorie", "région", "période",
    "facture", "hors taxes", "aucune dépense", "aucune facture", "ce qui montre", "Phase",
    "Part de l'activité",
)  # fmt: skip


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(params=PROGRAMMES)
def programme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def ready(dossier: Dossier, content: Content, programme: str) -> Material:
    """A GHT that spent: an invoice kept, one out of the period, one whose tax comes back."""
    objective = content.programmes[programme].objectives[0].id
    period = (date(2026, 1, 1), date(2026, 6, 30))
    dossier.append(PeriodNotified(programme, PeriodKind.ELIGIBLE, *period, "Courrier fictif"))
    dossier.append(CeilingNotified(programme, Decimal(20_000), "Courrier fictif"))
    line = SpendingRecorded(
        "a", programme, objective, "Prestation d'intégration", Decimal("12000.50"),
        kind=SpendingKind.INVOICE, number="F-1", supplier="Société Fictive",
        dated=date(2026, 3, 2), evidence_id="piece",
    )  # fmt: skip
    dossier.append(line)
    dossier.append(replace(line, spending_id="b", number="F-2", dated=date(2025, 12, 31)))
    tax = {"vat_recoverable": True, "excluding_tax": Decimal("10000.42")}
    dossier.append(replace(line, spending_id="c", number="F-3", **tax))  # type: ignore[arg-type]
    return material(dossier, situation(dossier, content, TODAY), programme)


def pages_of(pdf: Path) -> list[ElementTree.Element]:
    """Every page of a PDF, holding its words with their boxes, in points."""
    boxes = pdf.with_suffix(".boxes.html")
    subprocess.run(["pdftotext", "-bbox", str(pdf), str(boxes)], check=True)
    root = ElementTree.parse(boxes).getroot()
    return [one for one in root.iter() if one.tag.endswith("page")]


def words_of(page: ElementTree.Element) -> list[ElementTree.Element]:
    return [one for one in page if one.tag.endswith("word")]


def said_on(page: ElementTree.Element) -> str:
    return " ".join(one.text or "" for one in words_of(page)).replace("’", "'")


def texts(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize("stage", Stage)
def test_no_table_is_empty_and_sections_are_numbered(
    ready: Material, programme: str, stage: Stage
) -> None:
    made = paper(ready, ready.programmes[programme], stage)

    marks = [one.title.split("\u00a0:")[0].split(".")[0] for one in made.sections]
    annexes = [one for one in marks if one.startswith("Annexe")]
    body = marks[: len(marks) - len(annexes)]
    assert body == [str(rank) for rank in range(1, len(body) + 1)]
    assert annexes == [f"Annexe {letter}" for letter in "ABCDE"[: len(annexes)]]
    assert made.sections[0].title == "1. L'essentiel"
    assert made.sections[len(body) - 1].title.endswith("Signature")
    for section in made.sections:
        assert section.paragraphs or section.tables, section.title
        for table in section.tables:
            assert table.rows, table.title
            assert all(len(row) == len(table.columns) == len(table.widths) for row in table.rows)


def test_a_payment_asks_for_what_the_rules_leave(ready: Material, tmp_path: Path) -> None:
    """12 000,50 kept whole, 10 000,42 without its tax: 22 000,92 €, bounded to 20 000 €."""
    (programme,) = ready.programmes
    word, _, annex, _ = write_paper(ready, programme, Stage.PAYMENT, tmp_path)

    said = texts(word)
    assert "Montant demandé\u00a0: 20\u202f000,00\u00a0€, pour 22" in said
    assert "2\u202f000,92\u00a0€ de dépenses retenues dépassent" in said
    assert "hors de la période d'éligibilité" in said

    pages = load_workbook(annex)
    assert pages.sheetnames == ["Dépenses", "Par objectif", "Par entité", "Justificatifs"]
    sums = {row[1]: row[2] for row in pages["Par objectif"].iter_rows(values_only=True)}
    assert (sums["Total retenu"], sums["Montant demandé"]) == (22000.92, 20000)


def test_word_and_pdf_carry_the_same_header_and_the_picture_is_described(
    ready: Material, tmp_path: Path
) -> None:
    (programme,) = ready.programmes
    word, pdf, *_ = write_paper(ready, programme, Stage.PAYMENT, tmp_path)

    document = Document(str(word))
    assert document.sections[0].header.paragraphs[0].text.endswith("TLP:AMBER")
    assert ready.state.establishment.name in document.sections[0].header.paragraphs[0].text
    (shape,) = document.inline_shapes
    assert "Montant demandé" in shape._inline.docPr.get("descr")
    assert pdf.read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.lab
@pytest.mark.parametrize("stage", Stage)
def test_every_word_of_the_pdf_stays_inside_its_page(
    ready: Material, tmp_path: Path, stage: Stage
) -> None:
    (programme,) = ready.programmes
    _, pdf, *_ = write_paper(ready, programme, stage, tmp_path)

    pages = pages_of(pdf)
    words = [word for page in pages for word in words_of(page)]
    width = float(pages[0].get("width", "0"))
    assert len(words) > 200
    for word in words:
        assert float(word.get("xMin", "0")) >= MARGIN, word.text
        assert float(word.get("xMax", "0")) <= width - MARGIN, word.text
    said = " ".join(word.text or "" for word in words)
    assert f"Page 1 sur {len(pages)}" in said
    assert TITLES[stage] in said.replace("’", "'")


def test_the_date_of_the_paper_is_the_one_it_was_made(ready: Material) -> None:
    dated = replace(ready, made_at=datetime(2026, 3, 31, tzinfo=UTC))
    (programme,) = dated.programmes
    assert paper(dated, dated.programmes[programme], Stage.DECLARATION).made_on == "31/03/2026"


@pytest.mark.lab
@pytest.mark.parametrize("stage", Stage)
def test_page_one_answers_and_no_page_is_left_half_empty(
    ready: Material, tmp_path: Path, stage: Stage
) -> None:
    """Where we stand, what we ask, what blocks, all on page one; the signature in one piece."""
    (programme,) = ready.programmes
    _, pdf, *_ = write_paper(ready, programme, stage, tmp_path)
    pages = pages_of(pdf)

    first = said_on(pages[0])
    blocking = sum(one.gravity is Gravity.BLOCKING for one in ready.remarks)
    assert blocking > 1
    for expected in ("20\u202f000,00", "Niveau", f"{blocking} remarques bloquantes", "Qui signe"):
        assert expected.replace("\u202f", " ") in first.replace("\u202f", " "), expected
    for page in pages[:-1]:
        height = float(page.get("height", "0"))
        body = [float(one.get("yMax", "0")) for one in words_of(page)]
        lowest = max(one for one in body if one < height - FOOTER)
        assert lowest > height / 3, said_on(page)[:80]
    signed = [said_on(one) for one in pages if "Lieu et date" in said_on(one)]
    assert len(signed) == 1
    assert "Signature" in signed[0] and "représentant légal atteste" in signed[0]


@pytest.mark.parametrize("stage", Stage)
def test_nothing_is_left_that_the_signatory_cannot_complete(
    ready: Material, programme: str, stage: Stage
) -> None:
    """What care-kit could not read goes to the preparer's sheet, never above a signature."""
    made = paper(ready, ready.programmes[programme], stage)
    sheet = preparer(ready, ready.programmes[programme], made)
    held = {
        line.removeprefix("à compléter").lstrip("\u00a0: ")
        for section in made.sections
        for text in (*section.paragraphs, *cells(section))
        for line in text.split("\n")
        if line.startswith("à compléter")
    }
    assert {one for one in held if not one.startswith(COMPLETABLE)} == set()
    listed = {row[1] for table in sheet.sections[0].tables for row in table.rows}
    assert listed == held
    unread = {row[0] for row in sheet.sections[-1].tables[0].rows}
    gaps = {one for one in ready.programmes[programme].objectives if one.gap}
    assert {one.official_id or one.id for one in gaps} <= unread


def cells(section: Section) -> list[str]:
    return [cell for one in section.tables for row in one.rows for cell in row]


@pytest.mark.parametrize(
    ("programme_id", "told"),
    [("d1", "Guichet clos depuis le 30/06/2026"), ("d3", "aucun guichet ne prend ce dossier")],
)
def test_a_closed_or_absent_call_is_written_above_everything(
    dossier: Dossier, content: Content, programme_id: str, told: str
) -> None:
    made = material(dossier, situation(dossier, content, TODAY), programme_id)
    found = paper(made, made.programmes[programme_id], Stage.APPLICATION).warnings
    assert told in found[0]
    assert "ne peut pas y être déposé" in found[0]


def test_an_open_call_with_nothing_blocking_has_no_warning_but_what_is_true(
    ready: Material,
) -> None:
    calm = replace(ready, remarks=())
    (programme,) = calm.programmes
    for one in warnings(calm, calm.programmes[programme]):
        assert "refusé" not in one
