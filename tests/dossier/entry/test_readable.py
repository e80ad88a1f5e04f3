"""A document that would not open on the examiner's desk is refused with one sentence."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care_kit.dossier.entry.pieces import read_document
from care_kit.dossier.entry.readable import JPEG, PDF, PNG, ZIP, fault
from care_kit.model.words.errors import InputError
from tests.dossier import papers

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The smallest JPEG: one grey pixel (JFIF, quantisation, frame, Huffman tables, scan).
TINY_JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "01" * 64 + "ffc0000b080001000101011100"
    "ffc40014000100000000000000000000000000000009ffc40014100100000000000000000000000000000000"
    "ffda0008010100003f00d2cf20ffd9"
)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (papers.pdf(), PDF),
        (papers.png(), PNG),
        (TINY_JPEG, JPEG),
        (papers.docx(), DOCX),
        (papers.xlsx(), XLSX),
        (papers.archive(a=b"x"), ZIP),
        (b"Bonjour", "text/plain"),
    ],
)
def test_a_sound_document_opens_and_a_cut_one_does_not(content: bytes, media_type: str) -> None:
    assert fault(content, media_type) == ""
    if media_type != "text/plain":
        assert "abîmée" in fault(content[: len(content) // 2], media_type)


@pytest.mark.parametrize(
    ("content", "media_type", "words"),
    [
        (papers.locked_pdf("secret"), PDF, "mot de passe"),
        (papers.locked_pdf("", "proprietaire"), PDF, "restrictions"),
        (papers.blank_pdf(0), PDF, "aucune page"),
        (papers.blank_pdf(3), PDF, "pages blanches"),
        (b"%PDF-1.7", PDF, "abîmée"),
        (b"%PDF-1.7\n" + b"1 0 obj << >> endobj\n" * 50, PDF, "abîmée"),
        (papers.png(0, 1), PNG, "dimension nulle"),
        (papers.png()[:-3], PNG, "abîmée"),
        (papers.png().replace(b"IDAT", b"IDAX"), PNG, "abîmée"),
        (TINY_JPEG[:-2], JPEG, "abîmée"),
        (papers.archive(word__autre=b"x"), DOCX, "abîmée"),
        (papers.archive(), ZIP, "vide"),
        (b" \n\t", "text/plain", "vide"),
    ],
)
def test_each_fault_is_named(content: bytes, media_type: str, words: str) -> None:
    assert words in fault(content, media_type)


def test_a_locked_archive_is_named() -> None:
    sound = bytearray(papers.archive(a=b"x"))
    sound[6] |= 1  # the flag of the local header, then of the directory at the end
    sound[sound.index(b"PK\x01\x02") + 8] |= 1
    assert "mot de passe" in fault(bytes(sound), ZIP)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_anywhere_never_escapes(data: st.DataObject) -> None:
    made, media_type = data.draw(
        st.sampled_from(
            [(papers.pdf(), PDF), (papers.png(), PNG), (TINY_JPEG, JPEG), (papers.docx(), DOCX)]
        )
    )
    damaged = bytearray(made)
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(fault(bytes(damaged), media_type), str)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF-1.7 demo", "est abîmée"),
        ("a.pdf", papers.locked_pdf("x"), "mot de passe"),
        ("a.png", papers.png()[:-3], "est abîmée"),
        ("a.docx", papers.archive(a=b"x"), "est abîmée"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sous mot de passe"),
        ("a.txt", b"   ", "est vide"),
    ],
)
def test_it_is_refused_on_the_way_in(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_document(tmp_path / name)
    assert words in refused.value.sentence
    assert name in refused.value.sentence
