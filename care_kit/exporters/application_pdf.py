"""The application as PDF: typst lays out data handed over as JSON, never pasted into markup."""

import json
from dataclasses import asdict
from datetime import datetime

from care_kit.exporters.application_paper import Paper
from care_kit.exporters.html import broken, template

_TEMPLATE = "candidature.typ"


def pdf(paper: Paper, made_at: datetime) -> bytes:
    """Bytes of a tagged PDF (PDF/UA-1), in French; fonts are those typst carries."""
    import typst

    try:
        document = typst.compile(
            template(_TEMPLATE).encode("utf-8"),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(asdict(paper), ensure_ascii=False)},
            pdf_standards="ua-1",
            timestamp=int(made_at.timestamp()),
        )
    except typst.TypstError as cause:
        raise broken(_TEMPLATE, cause) from cause
    if not isinstance(document, bytes):
        raise TypeError("typst gave pages instead of one document")
    return document
