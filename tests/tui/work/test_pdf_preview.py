"""A PDF read apart: what it says, and what a hostile one cannot do."""

from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from care_kit.demo import material
from care_kit.tui.work import pdf_preview
from care_kit.tui.work.pdf_preview import CHARACTERS, preview


def pdf(folder: Path) -> bytes:
    return material.document(folder, "a.pdf", "Politique", date(2026, 3, 31)).read_bytes()


def endless() -> bytes:
    """A page whose text takes minutes to read: the same word drawn millions of times."""
    drawn = b"BT /F1 12 Tf " + b"(mot) Tj " * 3_000_000 + b"ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
    )
    body = b"".join(b"%d 0 obj%s endobj\n" % (rank, one) for rank, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


def test_the_text_and_what_the_pdf_says_of_itself(tmp_path: Path) -> None:
    found = preview(pdf(tmp_path))
    assert (found.pages, found.title, found.why) == (1, "Politique", "")
    assert "fabriqué pour la démonstration" in " ".join(found.text.split())
    assert len(found.text) <= CHARACTERS


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_preview, "SECONDS", 1.0)
    begun = monotonic()
    assert preview(endless()).why == "sa lecture dépasse 1\u00a0s"
    assert monotonic() - begun < 5


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"\xff" * 5_000])
def test_a_broken_pdf_is_told(broken: bytes) -> None:
    assert preview(broken).why == "sa construction est anormale"


def test_a_huge_pdf_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf_preview, "MOST_BYTES", 10)
    assert preview(pdf(tmp_path)).why.startswith("il dépasse")
