"""A funding paper: one Word file to be edited, one PDF to be read, one workbook of its spending."""

from pathlib import Path

from care_kit.exporters.material import Material
from care_kit.exporters.names import safe
from care_kit.exporters.papers.annex import annex
from care_kit.exporters.papers.paper import paper
from care_kit.exporters.papers.pdf import pdf
from care_kit.exporters.papers.preparer import preparer
from care_kit.exporters.papers.word import word
from care_kit.exporters.redaction import redact
from care_kit.model.results.funding_file import Stage
from care_kit.model.words.errors import InputError
from care_kit.station.writing import write_files


def write_paper(
    material: Material, programme_id: str, stage: Stage, folder: Path, *, force: bool = False
) -> tuple[Path, ...]:
    """Write a paper of a programme; returns the Word file, the PDF, the workbook, then the
    preparer's sheet, which is not handed in.

    Earlier ones stay and the new ones take the next number, unless `force` replaces them.
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
    clean = redact(material)
    content = paper(clean, programme, stage)
    finess = material.state.establishment.lead.finess_ej
    stem = f"{stage.value}_{finess}_{safe(programme.id)}_{material.made_at:%Y%m%d}"
    made = {
        ".docx": word(content, material.made_at),
        ".pdf": pdf(content, material.made_at),
        ".xlsx": annex(clean, programme, stage),
        "_preparateur.pdf": pdf(preparer(clean, programme, content), material.made_at),
    }
    documents = {folder / f"{stem}{suffix}": document for suffix, document in made.items()}
    return write_files(documents, force=force)
