"""The exposure report as files: nothing fetched, nothing obeyed, the same texts in both."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from care_kit.exporters.exposure.files import write_exposure_report
from care_kit.exporters.material import Material
from care_kit.model.facts.finding import Finding
from care_kit.model.words.errors import ContentError
from care_kit.model.words.vocabulary import Severity, Verdict
from tests.exporters import sample
from tests.exporters.exposure.test_build import TABLES, material


def written(shown: Material, folder: Path, *, redacted: bool = True) -> tuple[str, bytes]:
    profile = sample.REDACTED if redacted else sample.COMPLETE
    page, paper = write_exposure_report(shown, profile, TABLES, folder)
    return page.read_text(encoding="utf-8"), paper.read_bytes()


def text_of(paper: bytes) -> str:
    pages = PdfReader(BytesIO(paper)).pages
    return "".join(page.extract_text() for page in pages).replace("\u200b", "")


def test_two_files_with_the_profile_and_the_day_in_their_names(tmp_path: Path) -> None:
    paths = write_exposure_report(material(), sample.REDACTED, TABLES, tmp_path)
    assert [one.name for one in paths] == [
        "exposition_990000010_examinateur_20261121.html",
        "exposition_990000010_examinateur_20261121.pdf",
    ]


def test_the_page_is_self_contained_and_its_links_lead_somewhere(tmp_path: Path) -> None:
    page, _ = written(material(), tmp_path)
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    anchors = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= anchors


def test_both_files_hold_the_same_report(tmp_path: Path) -> None:
    page, paper = written(material(), tmp_path, redacted=False)
    told = text_of(paper)
    for words in ("Pour la direction", "Plan d'actions", "F-02", "vpn.marais.example:443"):
        assert words in page
        assert words.replace("'", "’") in told.replace("'", "’")
    assert paper.startswith(b"%PDF-")


def test_the_redacted_files_name_no_machine(tmp_path: Path) -> None:
    page, paper = written(material(), tmp_path)
    for name in (*sample.HOSTS, sample.DOMAIN):
        assert name not in page
        assert name not in text_of(paper)


def test_hostile_texts_are_shown_and_never_obeyed(tmp_path: Path) -> None:
    hostile = tuple(
        Finding("tls_old", "x.test", Verdict.FAIL, one, rank, (one,), severity=Severity.HIGH)
        for rank, one in enumerate(sample.HOSTILE, 1)
    )
    page, paper = written(material(findings=hostile), tmp_path, redacted=False)
    assert "<script" not in page
    assert "\x1b" not in page
    assert "#strong[x]" in text_of(paper)


def test_a_broken_template_of_the_overlay_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "overlay" / "templates"
    own.mkdir(parents=True)
    (own / "exposition.typ").write_text("#let x = ", encoding="utf-8")
    monkeypatch.setenv("CARE_KIT_OVERLAY", str(tmp_path / "overlay"))
    with pytest.raises(ContentError, match=r"exposition\.typ"):
        written(material(), tmp_path)


def test_a_hundred_findings_still_make_a_document(tmp_path: Path) -> None:
    many = tuple(
        Finding("tls_old", f"{'x' * 60}{rank}.test", Verdict.FAIL, "TLS 1.0 est accepté.", 443)
        for rank in range(100)
    )
    shown = material(findings=tuple(replace(one, severity=Severity.LOW) for one in many))
    assert written(shown, tmp_path)[1].startswith(b"%PDF-")
