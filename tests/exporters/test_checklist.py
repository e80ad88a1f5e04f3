"""The sheet to tick, from a real dossier, in both forms."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from care_kit.assessment.standing.situation import Situation, situation
from care_kit.catalog.content import load
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_evidence
from care_kit.dossier.journal.events import ProgrammeFollowed
from care_kit.exporters.checklist import write_checklist
from care_kit.model.words.errors import InputError
from tests.dossier.papers import pdf

MADE_AT = datetime(2026, 3, 31, tzinfo=UTC)
DEPOSIT = date(2026, 3, 31)


@pytest.fixture
def now(dossier: Dossier, tmp_path: Path) -> Situation:
    dossier.append(ProgrammeFollowed("d2", True))
    path = tmp_path / "pssi <b>.pdf"
    path.write_bytes(pdf())
    add_evidence(dossier, path, ["D2.P1-PSSI"], date(2025, 9, 1), signed_by="La directrice")
    add_evidence(dossier, path, ["D2.O1.D-COMPTE-RENDU"], date(2025, 9, 1))
    return situation(dossier, load(), DEPOSIT)


def test_the_page_has_a_box_for_each_question_about_each_piece(now: Situation) -> None:
    text = write_checklist(now, MADE_AT, Path("liste.html")).decode("utf-8")
    assert "Pas prêt." in text
    row = text[text.index("D2.P1-PSSI · obligatoire") :].split("</tr>")[0]
    assert row.count("☑ oui") == 5
    row = text[text.index("D2.O1.D-COMPTE-RENDU · facultative") :].split("</tr>")[0]
    assert "☐ à compléter" in row, "the operational phase was not typed"
    row = text[text.index("D2.O2.A-POLITIQUE · obligatoire") :].split("</tr>")[0]
    assert "☒ non" in row
    assert "Pièce à joindre" in row
    assert "<b>" not in text


def test_the_pdf_opens_with_its_pages_numbered_and_the_establishment_on_top(now: Situation) -> None:
    reader = PdfReader(BytesIO(write_checklist(now, MADE_AT, Path("liste.PDF"))))
    first = reader.pages[0].extract_text()
    assert "GHT de démonstration" in first
    assert "TLP:AMBER" in first
    assert f"Page 1 sur {len(reader.pages)}" in first
    assert "Pas prêt." in first


def test_a_document_that_does_not_open_is_ticked_no(now: Situation) -> None:
    broken = dict.fromkeys(now.state.evidence, "est abîmée")
    text = write_checklist(replace(now, unreadable=broken), MADE_AT, Path("l.html")).decode("utf-8")
    row = text[text.index("D2.P1-PSSI · obligatoire") :].split("</tr>")[0]
    assert row.count("☒ non") == 1
    assert "est abîmée" in row


def test_another_kind_of_file_is_refused(now: Situation) -> None:
    with pytest.raises(InputError, match=r"liste\.odt"):
        write_checklist(now, MADE_AT, Path("liste.odt"))
