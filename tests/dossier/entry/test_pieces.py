"""Sound documents enter whoever wrote them; what acts when opened does not."""

import os
import subprocess
import sys
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.active import active
from care_kit.dossier.entry.adding import add_evidence
from care_kit.dossier.entry.pieces import read_document
from care_kit.model.dossier.state import COLLECTION
from care_kit.model.words.errors import InputError
from tests.dossier.papers import pdf, png

RELATIONS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="{}"/></Relationships>'
)


def word() -> bytes:
    out, made = BytesIO(), Document()
    made.add_paragraph("Politique")
    made.save(out)
    return out.getvalue()


def book() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


def rezipped(content: bytes, rename: dict[str, str], **more: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w") as new:
        for one in old.namelist():
            if one not in more:
                new.writestr(rename.get(one, one), old.read(one))
        for name, data in more.items():
            new.writestr(name, data)
    return out.getvalue()


def javascript(key: str = "/JavaScript") -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    writer, out = PdfWriter(), BytesIO()
    writer.append(PdfReader(BytesIO(pdf())))
    action = DictionaryObject(
        {NameObject("/S"): NameObject(key), NameObject("/F"): TextStringObject("calc.exe")}
    )
    writer.root_object[NameObject("/OpenAction")] = action
    writer.write(out)
    return out.getvalue()


def written(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


SOUND = {
    "simple.pdf": pdf(),
    "marque.pdf": b"\xef\xbb\xbf" + pdf(),
    "prefixe.pdf": b"X-Header: scan 12\r\n\r\n" + pdf(),
    "photo.png": png(),
    "en-ligne.docx": rezipped(
        word(),
        {"word/document.xml": "word/document2.xml"},
        **{"_rels/.rels": RELATIONS.format("word/document2.xml").encode()},
    ),
    "absolu.docx": rezipped(
        word(), {}, **{"_rels/.rels": RELATIONS.format("/word/document.xml").encode()}
    ),
    "majuscules.docx": rezipped(
        word(), {"word/document.xml": "Word/Document.xml", "_rels/.rels": "_Rels/.Rels"}
    ),
    "majuscules.xlsx": rezipped(book(), {"xl/workbook.xml": "XL/Workbook.XML"}),
    "notes.txt": "Le test a montré <script>alert(1)</script> sur la page.".encode(),
    "extrait.csv": b"a;b\n1;2\n",
    "message.eml": b"From: a@b.fr\nSubject: PSSI\n\nBonjour",
}


@pytest.mark.parametrize("name", SOUND)
def test_sound_documents_enter(name: str, tmp_path: Path) -> None:
    document = read_document(written(tmp_path, name, SOUND[name]))
    assert document.name == name
    assert document.media_type != "application/zip"


ACTIVE = {
    **{
        f"a{suffix}": b"x = 1"
        for suffix in (
            ".vbs", ".js", ".hta", ".ps1", ".url", ".html", ".svg", ".docm", ".lnk", ".bat",
            ".JS", ".js ", ".pdf.exe", ".xlsm", ".mht", ".reg",
        )
    },
    "page.txt": b"<!DOCTYPE html><p>",
    "page": b"\xef\xbb\xbf  <!-- x --><html>",
    "dessin.xml": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "style.xml": b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><a/>',
    "page.pdf": b"<html><script>1</script>" + pdf(),
    "script.pdf": javascript(),
    "lance.pdf": javascript("/Launch"),
    "programme.pdf": b"MZ\x90\x00" + bytes(60),
    "raccourci.txt": b"[InternetShortcut]\r\nURL=http://x",
    "coquille.txt": b"#!/bin/sh\nrm -rf /",
    "macros.xlsx": rezipped(book(), {}, **{"xl/vbaProject.bin": b"x"}),
    "macros.docx": rezipped(word(), {}, **{"word/vbaProject.bin": b"x"}),
    "majuscule.docx": rezipped(word(), {}, **{"Word/VBAPROJECT.BIN": b"x"}),
    "feuille.xlsx": rezipped(book(), {}, **{"xl/macrosheets/sheet1.xml": b"x"}),
    "distant.docx": rezipped(
        word(), {},
        **{"word/_rels/settings.xml.rels": b'<R Type="x/attachedTemplate" TargetMode="External"/>'},
    ),
    "libre.odt": rezipped(word(), {}, **{"Basic/Standard/Module1.xml": b"x"}),
    "archive.zip": rezipped(word(), {"[Content_Types].xml": "lisez-moi.js"}),
    "riche.rtf": b"{\\rtf1{\\object\\objdata 0105}}",
}  # fmt: skip


@pytest.mark.parametrize("name", ACTIVE)
def test_what_acts_when_opened_does_not_enter(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="n'est pas jointe"):
        read_document(written(tmp_path, name, ACTIVE[name]))


def test_what_a_library_says_in_english_stays_unsaid(tmp_path: Path) -> None:
    file = written(tmp_path, "marque.pdf", SOUND["marque.pdf"])
    line = (
        "from pathlib import Path; from care_kit.dossier.entry.pieces import read_document; "
        f"read_document(Path({str(file)!r}))"
    )
    ended = subprocess.run([sys.executable, "-c", line], capture_output=True, check=True)
    assert ended.stderr == b""


@pytest.mark.parametrize("cut", [4, 30, 200])
def test_a_truncated_document_is_told_as_damaged_and_never_raises(cut: int, tmp_path: Path) -> None:
    for name in ("script.pdf", "macros.xlsx"):
        active(name, ACTIVE[name][:-cut])
    with pytest.raises(InputError, match="abîmée"):
        read_document(written(tmp_path, "a.docx", word()[:-cut]))


def test_a_name_that_is_not_utf_8_reads_as_windows_wrote_it(
    dossier: Dossier, tmp_path: Path
) -> None:
    name = os.fsdecode(b"Proc\xe8s-verbal.pdf")
    event = add_evidence(dossier, written(tmp_path, name, pdf()), ["CK-GOV-02"], None)
    assert event.name == event.title == "Procès-verbal.pdf"
    assert dossier.state.evidence[event.evidence_id].name == "Procès-verbal.pdf"


def test_a_name_as_long_as_the_system_allows(dossier: Dossier, tmp_path: Path) -> None:
    name = "é" * 120 + ".pdf"
    event = add_evidence(dossier, written(tmp_path, name, pdf()), ["CK-GOV-02"], None)
    assert event.name == name


def test_a_date_in_the_future_is_refused_beyond_a_day(dossier: Dossier, tmp_path: Path) -> None:
    file, today = written(tmp_path, "a.pdf", pdf()), date.today()
    add_evidence(dossier, file, ["CK-GOV-02"], today + timedelta(days=1))
    with pytest.raises(InputError, match="est dans le futur"):
        add_evidence(dossier, file, ["CK-GOV-02"], today + timedelta(days=2))


def zipped(**members: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.zip", zipped(**{"20260301083000_users.json": b"{}"})),
        ("c.zip", zipped(**{"sous\\20260301_OPENGRAPH.json": b"{}"})),
        ("c.json", b'{"data": [], "meta": {"methods": 0, "type": "computers", "count": 0}}'),
        ("ad_hc.xml", b'<?xml version="1.0"?>\n<HealthcheckData>\n</HealthcheckData>'),
    ],
)
def test_what_another_tool_collected_is_told_apart(
    name: str, content: bytes, tmp_path: Path, dossier: Dossier
) -> None:
    event = add_evidence(dossier, written(tmp_path, name, content), ["CK-ADM-01"], None)
    assert dossier.state.evidence[event.evidence_id].collection


@pytest.mark.parametrize("name", SOUND)
def test_a_document_is_no_collection(name: str, tmp_path: Path) -> None:
    assert read_document(written(tmp_path, name, SOUND[name])).media_type != COLLECTION
