"""The spending of a paper as a workbook: every line, sums by objective and entity, pieces."""

from care_kit.assessment.programme.funding import funding
from care_kit.exporters.material import Material
from care_kit.exporters.spreadsheet import book_of
from care_kit.exporters.table import Row, Sheet, columns
from care_kit.model.content.programme import Programme
from care_kit.model.results.funding_file import FundingFile, Stage
from care_kit.model.words.french import TO_COMPLETE, day


def annex(material: Material, programme: Programme, stage: Stage) -> bytes:
    """Bytes of the workbook, from a redacted material; amounts are numbers, in euros."""
    file = funding(programme, material.state, material.objectives[programme.id], stage)
    pages = (_lines(material, file), _sums(programme, file), _entities(file), _pieces(material))
    title = f"{stage.label.capitalize()} : annexe des dépenses"
    return book_of(pages, title, material.made_at)


def _lines(material: Material, file: FundingFile) -> Sheet:
    evidence = material.state.evidence
    rows: list[Row] = []
    for one in file.lines:
        said = one.spending
        piece = evidence.get(said.evidence_id)
        rows.append(
            (
                said.objective or TO_COMPLETE,
                said.label,
                said.kind.label,
                said.number,
                said.supplier,
                day(said.dated) if said.dated else TO_COMPLETE,
                said.entity or material.state.establishment.lead.finess_ej,
                said.excluding_tax if said.excluding_tax is not None else TO_COMPLETE,
                said.amount,
                "oui" if said.vat_recoverable else "non",
                one.state.label,
                one.base,
                one.reason,
                piece.name if piece else "",
            )
        )
    headings = columns(
        ("Objectif", 14), ("Libellé", 40), ("Nature", 12), ("Numéro", 14), ("Fournisseur", 24),
        ("Date", 12), ("Entité (FINESS)", 14), ("HT (€)", 12), ("TTC (€)", 12),
        ("TVA récupérée", 10), ("État", 14), ("Retenu (€)", 12), ("Motif", 40), ("Pièce", 24),
    )  # fmt: skip
    return Sheet("Dépenses", headings, tuple(rows))


def _sums(programme: Programme, file: FundingFile) -> Sheet:
    rows: list[Row] = [
        (one.official_id or one.id, one.title, file.by_objective[one.id])
        for one in programme.objectives
        if one.id in file.by_objective
    ]
    rows += [
        ("", "Total retenu", file.kept),
        ("", "Plafond notifié", file.ceiling.amount if file.ceiling else TO_COMPLETE),
        ("", "Montant demandé", file.asked if file.asked is not None else TO_COMPLETE),
    ]
    return Sheet(
        "Par objectif", columns(("Objectif", 14), ("Titre", 60), ("Euros", 14)), tuple(rows)
    )


def _entities(file: FundingFile) -> Sheet:
    rows: list[Row] = [
        (
            one.finess,
            one.name,
            one.kept,
            one.ceiling.amount if one.ceiling else TO_COMPLETE,
            one.asked if one.asked is not None else TO_COMPLETE,
        )
        for one in file.entities
    ]
    headings = columns(
        ("FINESS", 14), ("Entité", 50), ("Retenu (€)", 14), ("Plafond (€)", 14), ("Demandé (€)", 14)
    )
    return Sheet("Par entité", headings, tuple(rows))


def _pieces(material: Material) -> Sheet:
    lines = {one.evidence_id: one for one in material.state.spending if one.evidence_id}
    rows: list[Row] = [
        (piece.name, piece.title, day(piece.effective), lines[key].label, piece.sha512)
        for key, piece in material.state.evidence.items()
        if key in lines
    ]
    headings = columns(
        ("Fichier", 30), ("Titre", 40), ("Date", 12), ("Dépense", 40), ("SHA-512", 60)
    )
    return Sheet("Justificatifs", headings, tuple(rows))
