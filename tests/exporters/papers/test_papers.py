"""The application: same content in Word and PDF, every gap visible, nothing invented."""

import io
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from care_kit.dossier.journal.events import CeilingNotified
from care_kit.exporters.papers.paper import paper
from care_kit.exporters.papers.write import write_paper
from care_kit.model.dossier.establishment import Establishment, LegalEntity
from care_kit.model.results.funding_file import Stage
from care_kit.model.words.errors import InputError, PackageError
from tests.exporters import sample

PROGRAMME = "fictif-d1"
BARE = Establishment("Clinique", "", "", (LegalEntity("Clinique", "990000010"),))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return write_paper(
        sample.sample(), PROGRAMME, Stage.APPLICATION, tmp_path_factory.mktemp("papiers")
    )


def word_text(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def gaps(path: Path) -> list[str]:
    """Highlighted runs of a Word file."""
    document = Document(str(path))
    paragraphs = [
        *document.paragraphs,
        *(
            paragraph
            for table in document.tables
            for row in table.rows
            for cell in row.cells
            for paragraph in cell.paragraphs
        ),
    ]
    return [
        run.text.replace("\u00a0", " ").strip()
        for paragraph in paragraphs
        for run in paragraph.runs
        if run.font.highlight_color is WD_COLOR_INDEX.YELLOW
    ]


def test_the_word_file_holds_the_establishment_and_the_objectives(
    written: tuple[Path, ...],
) -> None:
    text = word_text(written[0])
    for expected in ("990000010", "990000051", "Site d'Ombre-sur-Eau", "entité essentielle"):
        assert expected in text
    assert "F1.O1.A" in text
    assert "identifiant officiel non publié" in text


def test_every_unknown_is_highlighted(written: tuple[Path, ...]) -> None:
    assert set(gaps(written[0])) == {
        "à compléter : dépense",
        "à compléter : période d'éligibilité des dépenses",
        "à compléter : O2 — le seuil officiel n'est pas dans nos sources.",
        "à compléter (exigence officielle non connue)",
        "à compléter : pièce absente",
        "à compléter : plafond notifié par l'autorité",
        "à compléter : plafond inconnu",
        "à compléter : nom et qualité",
        "à compléter : lieu et date",
        "à compléter : signature",
    }


def test_a_bare_establishment_shows_more_gaps(tmp_path: Path) -> None:
    material = sample.sample()
    bare = replace(material, state=replace(material.state, establishment=BARE, spending=()))
    found = set(gaps(write_paper(bare, PROGRAMME, Stage.APPLICATION, tmp_path)[0]))
    assert {
        "à compléter",
        "à compléter : catégorie",
        "à compléter : région",
        "à compléter : dépense",
    } <= found


def test_amounts_are_exact_and_in_french(written: tuple[Path, ...]) -> None:
    text = word_text(written[0])
    assert "12\u202f000,50\u00a0€" in text
    assert "12\u202f850,51\u00a0€" in text


@pytest.mark.parametrize(
    ("ceiling", "amount"),
    [("20000", "12\u202f850,51\u00a0€"), ("12000", "12\u202f000,00\u00a0€")],
)
def test_spending_is_set_against_the_ceiling(tmp_path: Path, ceiling: str, amount: str) -> None:
    told = CeilingNotified(PROGRAMME, Decimal(ceiling), "Courrier fictif")
    material = sample.sample((*sample.EVENTS, told))
    totals = (
        paper(material, material.programmes[PROGRAMME], Stage.APPLICATION).sections[6].tables[-1]
    )
    assert totals.rows[-1] == ("Montant demandé", amount)


def test_the_word_file_is_french_with_repeated_headers_and_page_numbers(
    written: tuple[Path, ...],
) -> None:
    with zipfile.ZipFile(written[0]) as archive:
        parts = {name: archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()}
    assert 'w:lang w:val="fr-FR"' in parts["word/styles.xml"]
    assert parts["word/document.xml"].count("<w:tblHeader/>") == len(
        Document(str(written[0])).tables
    )
    footer = "".join(text for name, text in parts.items() if "footer" in name)
    assert 'w:instr="PAGE"' in footer and 'w:instr="NUMPAGES"' in footer
    header = "".join(text for name, text in parts.items() if "header" in name)
    assert "TLP:AMBER" in header and "GHT des Marais Imaginaires" in header


def test_the_application_names_no_account_and_no_host(written: tuple[Path, ...]) -> None:
    text = word_text(written[0])
    assert not [name for name in sample.NAMES if name in text]


def test_the_pdf_is_tagged_french_and_titled(written: tuple[Path, ...]) -> None:
    content = written[1].read_bytes()
    assert content.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in content
    assert b"/Lang(fr-FR)" in content
    assert b"pdfuaid" in content


def test_same_inputs_give_the_same_documents(written: tuple[Path, ...], tmp_path: Path) -> None:
    again = write_paper(sample.sample(), PROGRAMME, Stage.APPLICATION, tmp_path)
    assert [one.read_bytes() for one in again] == [one.read_bytes() for one in written]


def test_hostile_texts_stay_text_in_word(written: tuple[Path, ...]) -> None:
    assert sample.MARKUP in word_text(written[0])
    Document(io.BytesIO(written[0].read_bytes()))


def test_an_unknown_programme_is_told_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="n'existe pas") as told:
        write_paper(sample.sample(), "absent", Stage.APPLICATION, tmp_path)
    assert PROGRAMME in told.value.next_step


def test_a_missing_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="ne peut pas être écrit"):
        write_paper(sample.sample(), PROGRAMME, Stage.APPLICATION, tmp_path / "absent")


@pytest.mark.lab
def test_the_pdf_text_can_be_extracted_with_its_accents(written: tuple[Path, ...]) -> None:
    done = subprocess.run(
        ["pdftotext", "-layout", str(written[1]), "-"], capture_output=True, text=True, check=True
    )
    for expected in ("Hôpital de l'Étang Rêvé", "à compléter", "Page 1 sur", "<script>", "#strong"):
        assert expected in done.stdout
