"""Real documents made on the spot: PDF, images, office files, and what may be wrong with them."""

import zlib
from io import BytesIO
from struct import pack
from zipfile import ZipFile


def pdf(text: str = "Politique de sécurité") -> bytes:
    import typst

    made = typst.compile(text.encode("utf-8"), format="pdf", ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def blank_pdf(pages: int) -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def locked_pdf(password: str, owner: str | None = None) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(), BytesIO()
    writer.append(PdfReader(BytesIO(pdf())))
    writer.encrypt(password, owner, algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def png(width: int = 1, height: int = 1) -> bytes:
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def docx() -> bytes:
    from docx import Document

    document, out = Document(), BytesIO()
    document.add_paragraph("Bonjour")
    document.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()
