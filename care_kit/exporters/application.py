"""Funding applications: one Word file to be edited, one PDF to be read, the same content."""

from pathlib import Path

from care_kit.exporters.application_paper import paper
from care_kit.exporters.application_pdf import pdf
from care_kit.exporters.application_word import word
from care_kit.exporters.atomic import whole_file
from care_kit.exporters.material import Material
from care_kit.exporters.names import safe
from care_kit.exporters.redaction import redact
from care_kit.model.errors import InputError


def write_application(material: Material, programme_id: str, folder: Path) -> tuple[Path, Path]:
    """Write the application to a programme; returns the Word file then the PDF.

    It leaves the hospital, so it is always made from the redacted material.
    """
    programme = material.programmes.get(programme_id)
    if programme is None:
        known = ", ".join(material.programmes) or "aucun"
        raise InputError(
            f"Le programme « {programme_id} » n'existe pas.",
            f"Choisissez parmi les programmes connus : {known}.",
        )
    content = paper(redact(material).material, programme)
    finess = material.state.establishment.lead.finess_ej
    stem = f"candidature_{finess}_{safe(programme.id)}_{material.made_at:%Y%m%d}"
    made = word(content, material.made_at), pdf(content, material.made_at)
    paths = folder / f"{stem}.docx", folder / f"{stem}.pdf"
    for path, document in zip(paths, made, strict=True):
        with whole_file(path) as stream:
            stream.write(document)
    return paths
