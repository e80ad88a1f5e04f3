"""The exposure report as files: one self-contained HTML page, and the same as a tagged PDF."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from care_kit.exporters import typeset
from care_kit.exporters.exposure.build import build
from care_kit.exporters.exposure.content import ExposureReport
from care_kit.exporters.html import page
from care_kit.exporters.material import Material
from care_kit.exporters.names import safe
from care_kit.exporters.redaction import redact
from care_kit.exporters.report import Evolution, evolution
from care_kit.model.content.dated_tables import DatedTables
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.words.text import printable
from care_kit.station.writing import write_files

_PAGE, _TYPST = "exposition.html.j2", "exposition.typ"


def write_exposure_report(
    material: Material,
    profile: ExportProfile,
    tables: DatedTables,
    folder: Path,
    *,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the report; returns the HTML page then the PDF. InputError without a reading."""
    shown = redact(material) if profile.redacted else material
    report = build(shown, profile, tables)
    drawn = evolution(shown.progress.history)
    stem = f"exposition_{report.finess}_{safe(profile.id)}_{material.made_at:%Y%m%d}"
    paths = folder / f"{stem}.html", folder / f"{stem}.pdf"
    made = html(shown, profile, report, drawn), pdf(report, drawn, material.made_at)
    return write_files(dict(zip(paths, made, strict=True)), force=force)


def html(
    shown: Material, profile: ExportProfile, report: ExposureReport, drawn: tuple[Evolution, ...]
) -> bytes:
    """The page, in UTF-8."""
    return page(_PAGE, m=shown, profile=profile, r=report, evolutions=drawn)


def pdf(report: ExposureReport, drawn: tuple[Evolution, ...], made_at: datetime) -> bytes:
    """A tagged PDF; its texts hold no control character."""
    figures = [{"target": one.target, "svg": str(one.figure)} for one in drawn]
    data = {**asdict(report), "figures": figures}
    return typeset.pdf(_TYPST, {key: _clean(value) for key, value in data.items()}, made_at)


def _clean(value: object) -> object:
    """The same data, every text freed of control characters."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value
