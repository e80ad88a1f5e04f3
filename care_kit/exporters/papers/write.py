"""A funding paper: one Word file to be edited, one PDF to be read, one workbook of its spending."""

from pathlib import Path

from care_kit.exporters.atomic import whole_file
from care_kit.exporters.material import Material
from care_kit.exporters.names import safe
from care_kit.exporters.papers.annex import annex
from care_kit.exporters.papers.paper import paper
from care_kit.exporters.papers.pdf import pdf
from care_kit.exporters.papers.word import word
from care_kit.exporters.redaction import redact
from care_kit.model.results.funding_file import Stage
from care_kit.model.words.errors import InputError


def write_paper(
    material: Material, programme_id: str, stage: Stage, folder: Path
) -> tuple[Path, ...]:
    """Write a paper of a programme; returns the Word file, the PDF, then the workbook.

    It leaves the hospital, so it is always made from the redacted material. InputError when the
    material does not hold that programme.
    """
    programme = material.programmes.get(programme_id)
    if programme is None:
        known = ", ".join(material.programmes) or "aucun"
        raise InputError(
            f"Le programme « {programme_id} » n'existe pas.",
            f"Choisissez parmi les programmes connus : {known}.",
        )
    clean = redact(material).material
    content = paper(clean, programme, stage)
    finess = material.state.establishment.lead.finess_ej
    stem = f"{stage.value}_{finess}_{safe(programme.id)}_{material.made_at:%Y%m%d}"
    made = {
        ".docx": word(content, material.made_at),
        ".pdf": pdf(content, material.made_at),
        ".xlsx": annex(clean, programme, stage),
    }
    paths = []
    for suffix, document in made.items():
        paths.append(folder / f"{stem}{suffix}")
        with whole_file(paths[-1]) as stream:
            stream.write(document)
    return tuple(paths)
