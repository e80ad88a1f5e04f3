"""PDF and pictures: typst lays out data handed over as JSON, never pasted into markup."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from care_kit.exporters.html import broken, template

_ALONE = b"""#set page(width: auto, height: auto, margin: 4pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 17cm)"""
_PIXELS_PER_INCH = 200.0


def pdf(name: str, data: Mapping[str, object], made_at: datetime) -> bytes:
    """Bytes of a tagged PDF (PDF/UA-1), by the template `name`; fonts are those typst carries.

    ContentError when the template does not compile.
    """
    import typst

    source = template(name)
    if '"@' in source:
        raise broken(name, ValueError("il appelle un module de typst, à chercher sur internet"))
    try:
        with TemporaryDirectory(prefix="care-kit-") as empty:
            document = _compiled(source, data, made_at, Path(empty))
    except typst.TypstError as cause:
        raise broken(name, cause) from cause
    if not isinstance(document, bytes):
        raise TypeError("typst gave pages instead of one document")
    return document


def _compiled(
    source: str, data: Mapping[str, object], made_at: datetime, empty: Path
) -> bytes | list[bytes] | None:
    """The document; files and modules are looked for in an empty folder."""
    import typst

    compiler = typst.Compiler(
        root=empty,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        package_path=empty,
        package_cache_path=empty,
    )
    return compiler.compile(
        source.encode("utf-8"),
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(made_at.timestamp()),
    )


def picture(svg: str) -> bytes:
    """An SVG figure as PNG, for documents that take no other."""
    import typst

    drawn = typst.compile(
        _ALONE,
        format="png",
        ppi=_PIXELS_PER_INCH,
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
    )
    if not isinstance(drawn, bytes):
        raise TypeError("typst gave pages instead of one picture")
    return drawn
